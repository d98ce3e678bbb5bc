"""Writes that the catalog refuses."""


class CatalogError(Exception):
    """A write that the rules of the catalog refuse; the sentence says why."""


class FieldError(CatalogError):
    """What was typed is no value of the field; the sentence says what would be."""


class ChangedMeanwhile(CatalogError):
    """Somebody else changed the record after it was shown; nothing was written."""
