"""Writes to the catalog: keyword-only, atomic, returning the object.

Import batches create through these; editors change through these. Indexing is scheduled by
signals of the search room, never here.
"""

from ..errors import CatalogError, ChangedMeanwhile
from ..outlets import find_outlet, free_slug, propose_outlet
from .articles import add_version, create_article, open_outlet, publish, set_access
from .captures import discard_capture, keep_capture
from .corrections import accept, correct
from .erasure import erase, erase_bytes
from .history import claim, record_revision, record_sighting, role_of
from .takedowns import remove, withdraw

__all__ = [
    "CatalogError",
    "ChangedMeanwhile",
    "accept",
    "add_version",
    "claim",
    "correct",
    "create_article",
    "discard_capture",
    "erase",
    "erase_bytes",
    "find_outlet",
    "free_slug",
    "keep_capture",
    "open_outlet",
    "propose_outlet",
    "publish",
    "record_revision",
    "record_sighting",
    "remove",
    "role_of",
    "set_access",
    "withdraw",
]
