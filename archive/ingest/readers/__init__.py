"""Readers: from a file as received to its pieces, one module per format; no database, nothing written.

`read(received)` recognises the format by content and yields a Source for each piece and a Skipped
for each that cannot be one. A file that must not be read at all raises a Refused.
"""

from .columns import FIELDS, Column, mapping_of
from .detect import Format, detect
from .folders import received_from, walk
from .reading import preview_columns, read
from .refusals import MissingColumn, NoArticle, Refused
from .sources import Given, Received, Source

__all__ = [
    "FIELDS",
    "Column",
    "Format",
    "Given",
    "MissingColumn",
    "NoArticle",
    "Received",
    "Refused",
    "Source",
    "detect",
    "mapping_of",
    "preview_columns",
    "read",
    "received_from",
    "walk",
]
