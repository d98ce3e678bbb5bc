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


def told_again(line: Line, rest: Sequence[Line]) -> bool:
    """A summary that only repeats how the first paragraph begins, or that paragraph cut short."""
    text = line.simplified.strip()
    if (
        len(text) >= 30
        and is_open(text)
        and any(len(o.text) > len(text) and o.simplified.strip().startswith(text.rstrip(".…")) for o in rest[:4])
    ):
        return True
    if text.endswith(("…", "...")) and _holds_the_start(text, rest):
        return True
    match = SUMMARY.match(plain_marks(line.simplified))
    if match is None:
        return False
    start = _han(line.simplified[match.end() :])[:SAME]
    following = [_han(other.simplified) for other in rest[:8] if other.kind != "blank"]
    return len(start) >= 8 and any("".join(following[i:]).startswith(start) for i in range(min(6, len(following))))


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
