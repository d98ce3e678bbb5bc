"""Summaries above a body: paragraphs that only tell again what the body begins with or holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.ingest.extract.lines import is_open
from archive.ingest.extract.page import Line
from archive.ingest.extract.surroundings import plain_marks
from archive.text.script import HAN

_LABEL = r"^(?:本文摘要|文章摘要|摘要|导读|核心提示|内容提要|内容摘要|导语|提要)"
_ALONE = re.compile(_LABEL + "$")
SUMMARY = re.compile(_LABEL + r"\s?[::]\s*")
#: So many Han characters tell a paragraph again.
SAME = 12
#: A description that a system cut off has so many characters; so large a part of its threes of characters are the paragraph's.
CUT, MOSTLY = 60, 0.9


def told_again(line: Line, rest: Sequence[Line]) -> bool:
    """A summary that only repeats how the first paragraph begins, or that paragraph cut short."""
    text = line.simplified.strip()
    if (
        len(text) >= 30
        and is_open(text)
        and any(len(o.text) > len(text) and o.simplified.strip().startswith(text.rstrip(".…")) for o in rest[:4])
    ):
        return True
    if len(text) >= CUT and is_open(text) and _mostly_in(text, rest):
        return True
    if text.endswith(("…", "...")) and _holds_the_start(text, rest):
        return True
    match = SUMMARY.match(plain_marks(line.simplified))
    if match is None:
        return False
    start = _han(line.simplified[match.end() :])[:SAME]
    following = [_han(other.simplified) for other in rest[:8] if other.kind != "blank"]
    told = _han(line.simplified[match.end() :])
    if any(len(other) > SAME and 0 <= told.find(other[:SAME]) <= SAME for other in following[:2]):
        return True  # 摘要:某网某日讯…, and the paragraph without the name of the house
    return len(start) >= 8 and any("".join(following[i:]).startswith(start) for i in range(min(6, len(following))))


def _mostly_in(text: str, rest: Sequence[Line]) -> bool:
    """A description cut off in its sentence, of words that the next paragraph has too, but for a few."""
    words = _han(text)
    threes = {words[i : i + 3] for i in range(len(words) - 2)}
    following = next((other for other in rest if other.kind != "blank"), None)
    paragraph = _han(following.simplified) if following is not None and following.kind == "body" else ""
    if words in paragraph:
        return False  # told word for word: a paragraph that ran together with a caption may hold the first one
    return len(paragraph) > len(words) and sum(three in paragraph for three in threes) >= MOSTLY * len(threes)


def _holds_the_start(text: str, rest: Sequence[Line]) -> bool:
    """A search engine's description: labels, then the first paragraph, broken off with an ellipsis inside it."""
    words = _han(text)
    for other in rest[:12]:
        paragraph = _han(other.simplified)
        place = words.find(paragraph[:SAME])
        if len(paragraph) > SAME and place > 0 and paragraph.startswith(words[place:]):
            return True
    return False


def summed_up(lines: Sequence[Line], position: int) -> bool:
    """A paragraph under the word 导读 that ends in words of the body."""
    above = next((line for line in reversed(lines[:position]) if line.kind != "blank"), None)
    if above is None or not _ALONE.match(plain_marks(above.simplified).strip()):
        return False
    end = _han(lines[position].simplified)[-SAME:]
    return len(end) == SAME and any(end in _han(line.simplified) for line in lines[position + 1 :])


def _han(text: str) -> str:
    return "".join(HAN.findall(text))
