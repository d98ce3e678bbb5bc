"""Writes to the catalog: keyword-only, atomic, returning the object.

Import batches create through these; editors change through these. Indexing is scheduled by
signals of the search room, never here.
"""

from .articles import add_version, create_article, publish
from .captures import discard_capture, keep_capture
from .errors import CatalogError, ChangedMeanwhile
from .history import claim, record_revision, role_of
from .outlets import find_outlet, free_slug, propose_outlet
from .takedowns import remove, withdraw

__all__ = [
    "CatalogError",
    "ChangedMeanwhile",
    "add_version",
    "claim",
    "create_article",
    "discard_capture",
    "find_outlet",
    "free_slug",
    "keep_capture",
    "propose_outlet",
    "publish",
    "record_revision",
    "remove",
    "role_of",
    "withdraw",
]
