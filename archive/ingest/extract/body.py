"""Where the body of a page of one story is: its first sentence, its end, and what stands in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.ingest.extract.openings import BROKEN, REPEATED, SHORT_PARAGRAPH, TEXT, first_paragraph
from archive.ingest.extract.page import Line
from archive.ingest.extract.summaries import summed_up, told_again
from archive.ingest.extract.surroundings import plain_marks
from archive.ingest.extract.tails import EDITED, cut_headlines, cut_tail

#: Body enough for a disclaimer or teaser to open the footer.
ENOUGH = 120
_OPENS_FOOTER = frozenset({"disclaimer", "teaser"})


@dataclass(slots=True)
class Zones:
    """The lines of the body; of the others, by start, why they were set aside (second-copy, footer, tail)."""

    body: list[Line] = field(default_factory=list)
    aside: dict[int, str] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)


def find_body(lines: Sequence[Line], *, markup: bool = False) -> Zones:
    """Return the body of a page of one story and what was set aside; a page without prose has no body.

    `markup`: the kinds come from HTML, whose judgement of what is body goes before the rules for plain text.
    """
    zones = Zones()
    seen: set[str] = set()
    footer = edited = False
    amount = 0
    first = first_paragraph(lines, markup)
    vouched = max((i for i, line in enumerate(lines) if markup and _is_vouched(line)), default=-1)
    for position, line in enumerate(lines):
        if line.kind == "blank":
            continue
        edited = edited or (
            line.kind == "meta" and amount >= BROKEN and EDITED.search(plain_marks(line.simplified)) is not None
        )
        enough = BROKEN if edited else ENOUGH
        if line.kind == "furniture" and line.furniture in _OPENS_FOOTER and amount >= enough and position > vouched:
            footer = True
        key = "".join(line.simplified.split())
        repeated = key in seen and len(key) >= REPEATED
        seen.add(key)
        if repeated:
            zones.aside[line.start] = "second-copy"
            if line.kind in TEXT and "second-copy-dropped" not in zones.flags:
                zones.flags.append("second-copy-dropped")
        elif line.kind not in TEXT:
            continue
        elif footer:
            zones.aside[line.start] = "footer"
        elif first is not None and position >= first:
            if told_again(line, lines[position + 1 :]) or summed_up(lines, position):
                zones.aside[line.start] = "summary"
                continue
            zones.body.append(line)
            amount += len(line.text)
    if not markup:
        cut_headlines(zones.body, zones.aside, lines)
        cut_tail(zones.body, zones.aside, next((line for line in reversed(lines) if line.kind != "blank"), None))
    return zones


def _is_vouched(line: Line) -> bool:
    """Prose that the markup holds for body."""
    return line.kind in TEXT and len(line.text) >= SHORT_PARAGRAPH and "。" in line.simplified
