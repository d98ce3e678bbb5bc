"""What was repaired: where each change stands in the text that readers see, and how it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from archive.catalog.models import Mask, Repair, RepairState, TextLayer, Version
from archive.catalog.reading import kept


@dataclass(frozen=True, slots=True)
class Placed:
    """An applied repair at [start, end) of the repaired layer."""

    repair: Repair
    start: int
    end: int

    @property
    def before(self) -> str:
        return visible(self.repair.before)

    @property
    def after(self) -> str:
        return visible(self.repair.after)


def visible(text: str) -> str:
    """`text` for a table: nothing as ∅, mere white space by its code points."""
    if not text:
        return "∅"
    return text if text.strip() else " ".join(f"U+{ord(char):04X}" for char in text)


def touches_text(placed: Sequence[Placed], version: Version) -> bool:
    """Whether any repair stands within the paragraphs that the page shows."""
    return any(within(placed, block.get("start", -1), block.get("end", -1)) for block in version.blocks)


def placed_repairs(version: Version) -> list[Placed]:
    """The applied repairs of the layer that `version` was read from, in order, but those that are covered; two queries at most."""
    placed: list[Placed] = []
    shift = 0
    for repair in kept("repairs", _applied, version.capture_id):
        start = repair.start + shift
        placed.append(Placed(repair, start, start + len(repair.after)))
        shift += len(repair.after) - len(repair.before)
    covered = _covered(version) if placed else []
    return [one for one in placed if not any(one.start < end and one.end > start for start, end in covered)]


def _applied(capture: Any) -> QuerySet[Repair]:
    """Of the latest repaired layer (the largest key) only, whether it has any or not."""
    latest = TextLayer.objects.filter(kind=TextLayer.Kind.REPAIRED, capture_id=capture).order_by("-pk").values("pk")[:1]
    return Repair.objects.filter(layer=Subquery(latest), state=RepairState.APPLIED).order_by("start", "pk")


def _covered(version: Version) -> list[tuple[int, int]]:
    """Stretches of the repaired layer that an editor covered in the body: how they were is not shown either."""
    masks = version.masks.filter(part="body", state=Mask.State.APPLIED).values_list("start", "end")
    stretches = []
    for first, last in masks:
        place = 0
        for block in version.blocks:
            length, start, end = len(block["text"]), block.get("start", -1), block.get("end", -1)
            if first < place + length and last > place:
                whole = end - start != length
                stretches.append((start, end) if whole else (start + max(first - place, 0), start + last - place))
            place += length + 2
    return stretches


def within(placed: Sequence[Placed], start: int, end: int) -> list[Placed]:
    """Those that touch [start, end) of the repaired layer."""
    return [one for one in placed if (one.start < end and one.end > start) or start <= one.start == one.end <= end]


def of_version(placed: Sequence[Placed], version: Version) -> list[Placed]:
    """Those within the piece, where the piece is a part of its capture."""
    if version.span_start is None or version.span_end is None:
        return list(placed)
    return within(placed, version.span_start, version.span_end)


def drawn(text: str, start: int, end: int, placed: Sequence[Placed]) -> SafeString | None:
    """A block with its repairs in it as <del> and <ins>; None when it is not one stretch of the layer."""
    if start < 0 or end - start != len(text):
        return None
    pieces: list[str] = []
    place = start
    for one in within(placed, start, end):
        if one.start < place:
            continue
        pieces.append(format_html("{}", text[place - start : one.start - start]))
        shown = text[one.start - start : min(one.end, end) - start]
        title = one.repair.rule
        if one.repair.before:
            pieces.append(format_html('<del title="{}">{}</del>', title, one.repair.before))
        if shown:
            pieces.append(format_html('<ins title="{}">{}</ins>', title, shown))
        place = min(one.end, end)
    pieces.append(format_html("{}", text[place - start :]))
    return mark_safe("".join(pieces))  # noqa: S308  every piece comes from format_html
