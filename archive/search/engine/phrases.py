"""Where a string stands: exact, from bigrams and their places, for every length and both readings."""

from __future__ import annotations

import functools
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..budget import spend
from ..folded import folded_strings
from ..tree import Part
from .documents import BODY_START, PART_BITS, SHIFT
from .generation import K1, Generation, Ids
from .inverting import TITLE_WEIGHT
from .kernels import by_document, followed

Occurrences = NDArray[np.int64]  # document << 32 | place, in order
Cover = tuple[tuple[int, tuple[int, ...]], ...]  # offset and keys of bigrams
Weighted = tuple[Ids, NDArray[np.uint8]]  # documents in order, and how often the string stands in each

ALL_PARTS = sum(PART_BITS.values())


@functools.lru_cache(maxsize=4096)
def readings(text: str) -> tuple[tuple[int, ...], ...]:
    """For each character of a quotation, the folded code points that it may stand for."""
    first, second = folded_strings(text)
    if first == second:
        return tuple((code,) for code in map(ord, first))
    pairs = zip(map(ord, first), map(ord, second), strict=True)
    return tuple((a,) if a == b else (a, b) for a, b in pairs)


@functools.lru_cache(maxsize=64)
def part_bits(parts: tuple[Part, ...]) -> int:
    return sum(PART_BITS[part] for part in set(parts))


def hits(index: Generation, text: str, parts: tuple[Part, ...]) -> Weighted:
    """The documents in which `text` stands in one of `parts`, with weights, in order of number."""
    chars = readings(text)
    bits = part_bits(parts)
    if not chars or not bits:
        return _none()
    keys = _direct(index, chars)
    if keys is not None:
        found = index.term(keys)
        if bits == ALL_PARTS:
            return found[0], found[1]
        keep = (found[2] & bits) > 0
        if not (found[2][keep] & (ALL_PARTS - bits)).any():
            return found[0][keep], found[1][keep]
        # Some have it in other parts too, which their weights count as well: count by places.
    ids, weights, _scores = by_document(occurrences(index, text, parts), TITLE_WEIGHT, index.norm, index.count, K1)
    return ids, weights


def direct(index: Generation, text: str, parts: tuple[Part, ...]) -> int | None:
    """The term whose posting list is the answer as it stands; None where there is no such term."""
    if part_bits(parts) != ALL_PARTS:
        return None
    key = _key(text)
    if key is not None:
        return key
    chars = readings(text)
    return _direct(index, chars) if len(chars) == 2 else None


@functools.lru_cache(maxsize=4096)
def _key(text: str) -> int | None:
    """The key of a single character or of two with one reading each."""
    chars = readings(text)
    if not 1 <= len(chars) <= 2 or any(len(one) > 1 for one in chars):
        return None
    return chars[0][0] << SHIFT | (chars[1][0] if len(chars) == 2 else 0)


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


def occurrences(index: Generation, text: str, parts: tuple[Part, ...]) -> Occurrences:
    """Each occurrence of `text` in one of `parts`."""
    chars = readings(text)
    if not chars:
        return np.zeros(0, np.int64)
    found = _single(index, chars[0]) if len(chars) == 1 else _sequence(index, chars)
    return _within(index, found, part_bits(parts))


def _single(index: Generation, char: tuple[int, ...]) -> Occurrences:
    return _union([index.places_of_character(one) for one in char])


@functools.lru_cache(maxsize=4096)
def _bigrams(chars: tuple[tuple[int, ...], ...]) -> NDArray[np.uint64] | None:
    """The keys of all bigrams of a string in which each character has a single reading, else None."""
    if any(len(one) > 1 for one in chars):
        return None
    return np.array([a[0] << SHIFT | b[0] for a, b in pairwise(chars)], np.uint64)


@functools.lru_cache(maxsize=4096)
def _cover(chars: tuple[tuple[int, ...], ...]) -> Cover:
    """Bigrams at every second place (and the last) cover a string: offset, and the keys that may stand there."""
    last = len(chars) - 2
    offsets = dict.fromkeys((*range(0, last + 1, 2), last))
    return tuple((offset, tuple(_alternatives(chars[offset], chars[offset + 1]))) for offset in offsets)


def _sequence(index: Generation, chars: tuple[tuple[int, ...], ...]) -> Occurrences:
    """Where a string stands: the rarest of the bigrams that cover it leads, the others are looked up."""
    keys = _bigrams(chars)
    if keys is not None:
        return index.string(keys)
    lists = _lists(index, _cover(chars))
    if not lists:
        return np.zeros(0, np.int64)
    lists.sort(key=_length)
    lead, found = lists[0]
    for offset, others in lists[1:]:
        spend()
        found = followed(found, lead, others, offset)
        lead = 0
    return found - lead if lead else found


def _lists(index: Generation, cover: Cover) -> list[tuple[int, Occurrences]]:
    """The occurrences of each bigram of a cover; none at all where one of them does not occur."""
    lists = []
    for offset, keys in cover:
        found = index.places(keys[0]) if len(keys) == 1 else _union([index.places(key) for key in keys])
        if not len(found):
            return []
        lists.append((offset, found))
    return lists


def _length(one: tuple[int, Occurrences]) -> int:
    return len(one[1])


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


def _none() -> Weighted:
    return np.zeros(0, np.int32), np.zeros(0, np.uint8)
