"""Where a string stands: exact, from bigrams and their places, for every length and both readings."""

from __future__ import annotations

import functools
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from ..folded import quotation
from ..tree import Part
from .documents import BODY_START, PART_BITS, SHIFT
from .generation import Generation, Hits
from .inverting import TITLE_WEIGHT

Occurrences = NDArray[np.int64]  # document << 32 | place, in order

ALL_PARTS = sum(PART_BITS.values())


@functools.lru_cache(maxsize=4096)
def readings(text: str) -> tuple[tuple[int, ...], ...]:
    """For each character of a quotation, the folded code points that it may stand for."""
    first, second = quotation(text)
    return tuple((a,) if a == b else (a, b) for a, b in zip(first.tolist(), second.tolist(), strict=True))


def part_bits(parts: Collection[Part]) -> int:
    return sum(PART_BITS[part] for part in set(parts))


def hits(index: Generation, text: str, parts: Collection[Part]) -> Hits:
    """The documents in which `text` stands in one of `parts`, with weights, in order of number."""
    chars = readings(text)
    bits = part_bits(parts)
    if not chars or not bits:
        return _none()
    keys = _direct(index, chars)
    if keys is not None:
        found = index.character(keys) if len(chars) == 1 else index.bigram(keys)
        if bits == ALL_PARTS:
            return found
        keep = (found[2] & bits) > 0
        if not (found[2][keep] & (ALL_PARTS - bits)).any():
            return found[0][keep], found[1][keep], found[2][keep]
        # Some have it in other parts too, which their weights count as well: count by places.
    return _by_document(index, occurrences(index, text, parts))


def direct(index: Generation, text: str, parts: Collection[Part]) -> int | None:
    """The term whose posting list is the answer as it stands; None where there is no such term."""
    chars = readings(text)
    return _direct(index, chars) if chars and part_bits(parts) == ALL_PARTS else None


def _direct(index: Generation, chars: tuple[tuple[int, ...], ...]) -> int | None:
    """The one key whose posting list answers: a character or a bigram with a single reading that occurs."""
    if len(chars) == 1 and len(chars[0]) == 1:
        return chars[0][0] << SHIFT
    if len(chars) == 2:
        keys = _alternatives(chars[0], chars[1])
        if len(keys) == 1:
            return keys[0]
        present = [key for key in keys if index.frequency(key)]
        return present[0] if len(present) == 1 else keys[0] if not present else None
    return None


def _alternatives(first: tuple[int, ...], second: tuple[int, ...]) -> list[int]:
    return [a << SHIFT | b for a in first for b in second]


def occurrences(index: Generation, text: str, parts: Collection[Part]) -> Occurrences:
    """Each occurrence of `text` in one of `parts`."""
    chars = readings(text)
    if not chars:
        return np.zeros(0, np.int64)
    found = _single(index, chars[0]) if len(chars) == 1 else _sequence(index, chars)
    return _within(index, found, part_bits(parts))


def _single(index: Generation, char: tuple[int, ...]) -> Occurrences:
    keys = [key for one in char for key in index.bigrams_of(one, SHIFT)]
    return _union([index.places(key) for key in keys])


@functools.lru_cache(maxsize=4096)
def _cover(chars: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Bigrams at every second place (and the last) cover a string: offset, and the keys that may stand there."""
    offsets = list(range(0, len(chars) - 1, 2))
    if offsets[-1] != len(chars) - 2:
        offsets.append(len(chars) - 2)
    return tuple((offset, tuple(_alternatives(chars[offset], chars[offset + 1]))) for offset in offsets)


def _sequence(index: Generation, chars: tuple[tuple[int, ...], ...]) -> Occurrences:
    """Where a cover of the string stands: the rarest of its bigrams leads, the others are looked up."""
    frequency = index.frequency
    ranked = sorted(
        (frequency(keys[0]) if len(keys) == 1 else sum(map(frequency, keys)), offset, keys)
        for offset, keys in _cover(chars)
    )
    if ranked[0][0] == 0:
        return np.zeros(0, np.int64)
    _count, lead, keys = ranked[0]
    found = _union([index.places(key) for key in keys])
    if lead:
        found = found - lead
    for _count, offset, keys in ranked[1:]:
        if not len(found):
            break
        others = _union([index.places(key) for key in keys])
        found = found[_contains(others, found + offset if offset else found)]
    return found


def _contains(ordered: Occurrences, wanted: Occurrences) -> NDArray[np.bool_]:
    if not len(ordered):
        return np.zeros(len(wanted), bool)
    place = ordered.searchsorted(wanted)
    place[place == len(ordered)] = 0
    return ordered[place] == wanted


def _union(lists: list[Occurrences]) -> Occurrences:
    lists = [one for one in lists if len(one)]
    if not lists:
        return np.zeros(0, np.int64)
    return lists[0] if len(lists) == 1 else np.unique(np.concatenate(lists))


def _within(index: Generation, found: Occurrences, bits: int) -> Occurrences:
    if bits == ALL_PARTS or not len(found):
        return found
    places, docs = found & 0xFFFFFFFF, found >> 32
    title = places < BODY_START
    caption = places >= index.body_end[docs]
    keep = np.zeros(len(found), bool)
    if bits & PART_BITS["title"]:
        keep |= title
    if bits & PART_BITS["caption"]:
        keep |= caption
    if bits & PART_BITS["body"]:
        keep |= ~title & ~caption
    return found[keep]


def _by_document(index: Generation, found: Occurrences) -> Hits:
    """Occurrences counted by document, those in the title as many."""
    if not len(found):
        return _none()
    docs = (found >> 32).astype(np.int32)
    starts = np.flatnonzero(np.concatenate(([True], docs[1:] != docs[:-1])))
    weight = np.where((found & 0xFFFFFFFF) < BODY_START, TITLE_WEIGHT, 1)
    weights = np.minimum(np.add.reduceat(weight, starts), 255).astype(np.uint8)
    return docs[starts], weights, np.full(len(starts), ALL_PARTS, np.uint8)


def _none() -> Hits:
    return np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0, np.uint8)
