"""Strings that stand near each other, in any order, none overlapping."""

from __future__ import annotations

import itertools

import numpy as np

from ..folded import is_blank
from ..tree import Near, Part
from .documents import BODY_START, CAPTION_GAP
from .generation import Generation, Ids
from .phrases import occurrences, readings

#: Candidates of one document looked at, at most: beyond that a text repeats itself without end.
MOST_OCCURRENCES = 2000


def near(index: Generation, node: Near) -> Ids:
    """The documents in which one occurrence of each phrase can be put in a row with small enough gaps."""
    shared: set[Part] = set.intersection(*(set(phrase.parts) for phrase in node.phrases)) if node.phrases else set()
    if not shared or any(is_blank(phrase.text) for phrase in node.phrases):
        return np.zeros(0, np.int32)
    lengths = [len(readings(phrase.text)) for phrase in node.phrases]
    found = [occurrences(index, phrase.text, shared) for phrase in node.phrases]
    docs = set.intersection(*(set((one >> 32).tolist()) for one in found))
    kept = []
    for doc in sorted(docs):
        rows = []
        for places, length in zip(found, lengths, strict=True):
            low, high = np.searchsorted(places, [doc << 32, (doc + 1) << 32])
            starts = (places[low : min(high, low + MOST_OCCURRENCES)] & 0xFFFFFFFF).tolist()
            rows.append([(start, start + length) for start in starts])
        if _row(rows, node.distance, int(index.body_end[doc])):
            kept.append(doc)
    return np.array(kept, np.int32)


def _row(rows: list[list[tuple[int, int]]], distance: int, body_end: int) -> bool:
    """Whether some order of the phrases can be laid out within one part: reachable ends are carried on."""
    for order in itertools.permutations(range(len(rows))):
        ends = {end for _start, end in rows[order[0]]}
        for number in order[1:]:
            ends = {
                end
                for start, end in rows[number]
                if any(start - gap in ends and _same_part(start - gap, start, body_end) for gap in range(distance + 1))
            }
            if not ends:
                break
        if ends:
            return True
    return False


def _same_part(end: int, start: int, body_end: int) -> bool:
    """Whether the last character before `end` and the one at `start` lie in one part (captions are far apart)."""
    return _part(end - 1, body_end) == _part(start, body_end) and start - end < CAPTION_GAP


def _part(place: int, body_end: int) -> int:
    return 0 if place < BODY_START else 1 if place < body_end else 2
