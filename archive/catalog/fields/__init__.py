"""The fields of a piece that are derived from its text, under the names that evidence gives them.

Each can be read from a version, said in words, read back from words that an editor typed, and written.
Corrections, the review queue and the proposals of newer rules all go through these.
"""

from ..edtf import date_fields
from ..errors import FieldError
from .base import Field
from .lists import AUTHORS, EDITORS, TOPICS
from .outlets import OUTLET, PUBLISHER
from .places import ABOUT, place_value
from .plain import DATELINE, ORIGINAL_SOURCE, PAGE_LABEL, PUBLISHED, SOURCE_LINE, TITLE

FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        TITLE, PUBLISHED, ABOUT, OUTLET, PUBLISHER, ORIGINAL_SOURCE, AUTHORS, EDITORS, TOPICS,
        SOURCE_LINE, PAGE_LABEL, DATELINE,
    )
}  # fmt: skip

__all__ = ["FIELDS", "Field", "FieldError", "date_fields", "place_value"]
