"""The quantities of a draft as the preview and the dry run show them: read anew from its body, kept in no row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.catalog.quantities import is_kept
from archive.text.quantities import quantities, sentence_around


def quantities_of(draft: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each quantity of a draft's JSON: bounds, unit, noun, places in the body, and `text`, its sentence as printed.

    They are those that an import would keep as catalog.Quantity.
    """
    simplified = draft.get("body_simplified") or ""
    printed = draft.get("body") or ""
    text = printed if len(printed) == len(simplified) else simplified
    for one in quantities(simplified):
        if not is_kept(one):
            continue
        first, last = sentence_around(text, one.start, one.end)
        yield {
            "low": one.low,
            "high": one.high,
            "approximate": one.approximate,
            "unit": one.unit,
            "noun": one.noun,
            "start": one.start,
            "end": one.end,
            "text": text[first:last],
        }
