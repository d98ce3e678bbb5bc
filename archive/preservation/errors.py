"""Why an archive cannot be written out or taken in."""


class PreservationError(Exception):
    """The archive was not written or not taken in; the sentence says why, and nothing was changed."""


class DamagedBag(PreservationError):
    """The bag is not as it was written; the sentence names the file."""
