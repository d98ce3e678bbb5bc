"""Strings that stand near each other, in any order, none overlapping."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..folded import is_blank
from ..tree import Near, Part
from .documents import BODY_START, CAPTION_GAP
from .generation import Generation, Ids
from .phrases import Occurrences, occurrences, readings

_PLACE = np.int64(0xFFFFFFFF)


def near(index: Generation, node: Near) -> Ids:
    """The documents in which one occurrence of each phrase can be put in a row with small enough gaps."""
    parts = [set(phrase.parts) for phrase in node.phrases]
    shared: tuple[Part, ...] = tuple(sorted(set.intersection(*parts))) if parts else ()
    if not shared or any(is_blank(phrase.text) for phrase in node.phrases):
        return np.zeros(0, np.int32)
    lengths = [len(readings(phrase.text)) for phrase in node.phrases]
    starts = _in_common([occurrences(index, phrase.text, shared) for phrase in node.phrases])
    return np.unique(_rows(index, starts, lengths, node.distance) >> 32).astype(np.int32)


def _in_common(found: list[Occurrences]) -> list[Occurrences]:
    """The occurrences in documents that have every one of the phrases."""
    docs = np.unique(found[0] >> 32)
    for one in found[1:]:
        docs = np.intersect1d(docs, one >> 32)
    return [one[np.isin(one >> 32, docs)] for one in found]


def _rows(index: Generation, starts: list[Occurrences], lengths: list[int], distance: int) -> Occurrences:
    """Ends of all rows of all phrases: rows are lengthened phrase by phrase, for every set of phrases once."""
    ends: dict[int, Occurrences] = {1 << n: one + lengths[n] for n, one in enumerate(starts)}
    for chosen in range(1, 1 << len(starts)):
        if chosen in ends:
            continue
        reached = [
            following(index, ends[chosen & ~(1 << n)], starts[n], distance) + lengths[n]
            for n in range(len(starts))
            if chosen & 1 << n
        ]
        ends[chosen] = np.unique(np.concatenate(reached))
    return ends[(1 << len(starts)) - 1]


def following(index: Generation, ends: Occurrences, starts: Occurrences, distance: int) -> Occurrences:
    """The starts that have one of `ends` (exclusive, in order) at most `distance` characters before them in their part.

    Only the nearest end before a start matters: parts follow each other, so one further off is in
    the same part only if the nearest is.
    """
    if not len(ends) or not len(starts):
        return np.zeros(0, np.int64)
    number = np.searchsorted(ends, starts, side="right") - 1
    nearest = ends[np.maximum(number, 0)]
    gap = starts - nearest
    same = (_part(index, nearest - 1) == _part(index, starts)) & (gap < CAPTION_GAP)  # captions are far apart
    return starts[(number >= 0) & (gap <= distance) & same]


def _part(index: Generation, occurrence: Occurrences) -> NDArray[np.int64]:
    """Document and part (title, body, caption) of each as one number."""
    docs, places = occurrence >> 32, occurrence & _PLACE
    part = (places >= BODY_START).astype(np.int64) + (places >= index.body_end[docs])
    return docs << 2 | part
