"""The fields of a piece that are derived from its text, under the names that evidence gives them.

Each can be read from a version, said in words, read back from words that an editor typed, and written.
Corrections, the review queue and the proposals of newer rules all go through these.
"""

from django.utils.translation import gettext as _

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

#: Of evidence that no field here is written from.
_OTHERS = {"body": "正文", "places": "另涉及", "outlet_region": "媒体所在地", "captions": "图片说明", "script": "文字"}


def field_label(name: str) -> str:
    """What a field of evidence is called; its own name where it has no other."""
    field = FIELDS.get(name)
    return str(field.label) if field else _(_OTHERS[name]) if name in _OTHERS else name


__all__ = ["FIELDS", "Field", "FieldError", "date_fields", "field_label", "place_value"]
