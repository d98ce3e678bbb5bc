"""Which of the lines above a body is its headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.ingest.extract.page import Line
from archive.ingest.extract.surroundings import plain_marks
from archive.text.script import HAN

#: Headlines run from 5 to 60 characters; nearly all of the labelled pages' from 8 to 40.
SHORTEST, LONGEST = 5, 66
_LABELLED = re.compile(r"^(?:原?标题|题目)\s?[::]\s?(?P<title>\S.{3,60})$")
_BRACKETED = re.compile(r"^\s*【(?P<title>[^【】]{8,40})】")
_SITE_TAIL = re.compile(r"\s*(?:[-_|–—]+\s*[^-_|–—]{2,20})+$")


def choose_title(candidates: Sequence[Line], body: str, *, beside_meta: set[int], markup: str = "") -> Line | None:
    """Return the most likely headline among short lines above the body; None when none is one.

    A headline shares its words with its body; it stands next to the source line; the markup's title
    begins with it. `beside_meta`: starts of lines that touch a meta line. All texts simplified.
    """
    best: tuple[float, int] | None = None
    chosen: Line | None = None
    grams = {body[i : i + 2] for i in range(len(body) - 1)}
    for position, line in enumerate(candidates):
        text = HAN.findall(line.simplified)
        length = len(line.text)
        if not SHORTEST <= length <= LONGEST or len(text) < 4:
            continue
        pairs = ["".join(text[i : i + 2]) for i in range(len(text) - 1)]
        shared = sum(pair in grams for pair in pairs) / max(1, len(pairs))
        score = 2 * shared + 0.5 * (8 <= length <= 42) + 0.4 * (line.start in beside_meta)
        if markup and plain_marks(line.simplified).strip() in plain_marks(markup):
            score += 1.5
        if line.simplified.endswith(("。", ",", "、")):
            score -= 0.8
        if score < 0.85:
            continue
        rank = (score, -position)
        if best is None or rank > best:
            best, chosen = rank, line
    return chosen


def labelled_title(lines: Sequence[Line]) -> Line | None:
    """A line 标题: X, as aggregators print above or below the body; the Line is X itself."""
    for line in lines:
        match = _LABELLED.match(plain_marks(line.simplified))
        if match:
            a, b = match.span("title")
            return Line("title", line.text[a:b], line.simplified[a:b], line.start + a, line.start + b)
    return None


def bracketed_title(line: Line) -> Line | None:
    """A headline in 【】 at the head of the first paragraph; it stays part of the body."""
    match = _BRACKETED.match(line.simplified)
    if match is None:
        return None
    a, b = match.span("title")
    return Line("title", line.text[a:b], line.simplified[a:b], line.start + a, line.start + b)


def without_site(title: str) -> str:
    """The title tag of a page without the names of section and site behind it."""
    return _SITE_TAIL.sub("", title).strip()
