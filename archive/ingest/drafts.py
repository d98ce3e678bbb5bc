"""A draft back from its JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from .records import (
    ArticleDraft,
    Author,
    Block,
    EvidenceFound,
    Passage,
    PlaceFound,
    Published,
    RepairMade,
)


def draft_from_json(data: dict[str, Any]) -> ArticleDraft:
    """The draft whose `as_json` gave `data`. TypeError or KeyError when it did not."""
    known = {one.name for one in fields(ArticleDraft)}
    values = {key: value for key, value in data.items() if key in known}
    for name, kind in _LISTS.items():
        values[name] = [kind(**item) for item in values.get(name) or []]
    values["places"] = [_place(item) for item in values.get("places") or []]
    values["about"] = _place(values["about"]) if values.get("about") else None
    values["published"] = Published(**values["published"])
    values["span"] = tuple(values["span"]) if values.get("span") else None
    return ArticleDraft(**values)


#: The parts of a draft that hold text of the piece.
_TEXT = ("body", "body_simplified", "blocks", "captions", "furniture", "repairs")


def without_text(data: dict[str, Any] | None) -> dict[str, Any] | None:
    """The JSON of a draft without the text: what a row keeps once its article holds it (or nothing does)."""
    return {key: value for key, value in data.items() if key not in _TEXT} if data else data


_LISTS: dict[str, Any] = {
    "blocks": Block,
    "captions": Passage,
    "furniture": Passage,
    "authors": Author,
    "repairs": RepairMade,
    "evidence": EvidenceFound,
}


def _place(item: dict[str, Any]) -> PlaceFound:
    return PlaceFound(**{**item, "names": tuple(item["names"])})
