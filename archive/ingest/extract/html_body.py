"""Which lines of an HTML page are its body: where two extractors agree, widened over the prose beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.text.script import HAN

#: Prose outside what the extractors hold is the body when there is so many times more of it.
FAR_MORE = 3
_ENDS = ("。", "”", "！", "？", "」", "）", "：", "；")


@dataclass(slots=True)
class HtmlLine:
    text: str
    tag: str  # of the nearest block element
    linked: int  # characters of the text that are links
    reading: str  # the text with its bytes read right, where the page as a whole was read wrong
    body: bool = False


def key_of(text: str) -> str:
    """A line without blanks and cell bars: extractors set these as they like."""
    return re.sub(r"[\s\u3000\u00a0|]+", "", text)


def is_prose(line: HtmlLine) -> bool:
    """A line as long as a sentence, with marks and few links."""
    text = line.reading
    return len(text) >= 25 and line.linked < 0.4 * len(line.text) and any(mark in text for mark in "。，；！？,;!?")


def mark_body(lines: list[HtmlLine], judgements: list[set[str]]) -> None:
    """Mark the lines of the body: those both hold, those one holds among them, prose at their edges."""
    keys = [key_of(line.reading) for line in lines]
    votes = [sum(key in judged for judged in judgements) for key in keys]
    sure = [i for i, vote in enumerate(votes) if vote == 2 and is_prose(lines[i])]
    if not sure:
        sure = [i for i, vote in enumerate(votes) if vote >= 1 and is_prose(lines[i])]
    prose = [i for i, line in enumerate(lines) if is_prose(line)]
    if not prose:
        return
    start, end = _densest(sure or prose, lines)
    other = _densest(prose, lines)
    if _weight(lines, *other) > FAR_MORE * _weight(lines, start, end):
        start, end = other
    start, end = _widened(start, end, lines, votes)
    for i in range(start, end + 1):
        line = lines[i]
        mostly_links = line.linked > 0.5 * len(line.text)
        lines[i].body = (votes[i] >= 1 and not (mostly_links and votes[i] < 2)) or is_prose(line)


def _weight(lines: list[HtmlLine], start: int, end: int) -> int:
    return sum(len(HAN.findall(line.reading)) for line in lines[start : end + 1] if is_prose(line))


def _widened(start: int, end: int, lines: list[HtmlLine], votes: list[int]) -> tuple[int, int]:
    """Take in the sentences that stand right before and behind, and what both extractors hold there."""

    def belongs(i: int) -> bool:
        line = lines[i]
        if line.tag == "h1" or line.linked > 0.4 * len(line.text):
            return False
        return votes[i] == 2 or (votes[i] == 1 and line.reading.rstrip().endswith(_ENDS)) or is_prose(line)

    while start > 0 and belongs(start - 1):
        start -= 1
    while end + 1 < len(lines) and belongs(end + 1):
        end += 1
    return start, end


def _densest(sure: list[int], lines: list[HtmlLine]) -> tuple[int, int]:
    """First and last line of the body: runs of sure lines, parted where much else lies between."""
    runs = [[sure[0], sure[0]]]
    for i in sure[1:]:
        between = sum(len(line.text) for line in lines[runs[-1][1] + 1 : i])
        linked = sum(line.linked for line in lines[runs[-1][1] + 1 : i])
        if between > 400 and linked > 0.5 * between:
            runs.append([i, i])
        else:
            runs[-1][1] = i
    weight = [_weight(lines, a, b) for a, b in runs]
    start, end = runs[weight.index(max(weight))]
    return start, end
