"""The sentence around a place of a text."""

from __future__ import annotations

#: What ends a sentence. A semicolon does not: reports of cases are one sentence with many of them.
_ENDS = "。！？\n"
#: A longer sentence is cut at this many characters before and after the place.
MOST = 160


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence that holds [start, end), its closing mark included; at most MOST beyond the place."""
    first = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    stops = [at for mark in _ENDS if (at := text.find(mark, end)) >= 0]
    last = min(stops) if stops else len(text)
    last += text[last : last + 1] not in ("", "\n")
    while first < start and text[first].isspace():
        first += 1
    return max(first, start - MOST), min(last, end + MOST)
