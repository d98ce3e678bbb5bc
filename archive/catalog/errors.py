"""Writes that the catalog refuses."""


class CatalogError(Exception):
    """A write that the rules of the catalog refuse; the sentence says why."""


class ChangedMeanwhile(CatalogError):
    """Somebody else changed the record after it was shown; nothing was written."""
