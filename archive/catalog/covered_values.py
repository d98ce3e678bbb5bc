"""What is covered, in the values of fields: passages of text, and codes and dates that are alike by chance."""

from __future__ import annotations

from typing import Any

from archive.text.covering import LEAST, Secret, covered
from archive.text.personal_data import find_personal_data

#: Fields that hold codes, dates, numbers of pages and words of a list: no passages, so no pieces of what is covered.
#: (The first six digits of an identity number are the code of its county.)
NO_PASSAGES = frozenset(
    {
        "published", "about", "places", "topics", "page_label", "script", "outlet_region", "source_url", "captured_at",
        "status", "access",
    }
)  # fmt: skip


def covered_value(value: Any, secrets: list[Secret], *, field: str = "") -> Any:
    """A value of `field` (text, or lists and tables of it) with what is to be covered covered."""
    if isinstance(value, str):
        return covered(value, secrets, pieces=field not in NO_PASSAGES)
    if isinstance(value, dict):
        return {key: covered_value(one, secrets, field=_field(key, value, field)) for key, one in value.items()}
    return [covered_value(one, secrets, field=field) for one in value] if isinstance(value, list) else value


def _field(key: str, table: dict[str, Any], field: str) -> str:
    """The field that the entry `key` of a table is a value of: in a piece of evidence the one it names, for its value."""
    if field in NO_PASSAGES:
        return field
    return str(table.get("field") or key) if key == "value" else key


def tells_by_itself(text: str) -> bool:
    """Whether covered characters are more than a few digits: words of an address, or a whole number."""
    words = len(text) >= LEAST and any(char.isalpha() for char in text)
    return words or bool(find_personal_data(text))
