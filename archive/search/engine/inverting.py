"""From documents to posting lists: all characters of a segment at once, folded, paired and sorted by numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.text.words import word_list

from ..folded import fold_codes
from .container import Array
from .documents import BODY_START, CAPTION_GAP, LAST, PART_BITS, SHIFT, IndexDocument
from .postings import Flat, smallest, terms_of
from .tables import WordTable

#: A word in the title weighs as much as this many in the body (measured on the cross-script retrieval set).
TITLE_WEIGHT = 4
#: From so many characters on, a table over all code points is faster than sorting them.
_MANY = 200_000


@dataclass(slots=True)
class Characters:
    """The folded characters of documents, end to end, in the order of documents and places.

    `first` and `second` are the two readings (the same array where no text has two), `last` marks
    the last character of each part.
    """

    first: NDArray[np.uint32]
    second: NDArray[np.uint32]
    last: NDArray[np.bool_]
    docs: Array
    places: NDArray[np.uint32]
    bits: NDArray[np.uint8]
    length: NDArray[np.uint32]  # by document
    body_end: NDArray[np.uint32]  # by document


def characters(documents: Sequence[IndexDocument]) -> Characters:
    """Fold the texts of documents and give every character its place."""
    parts = [part for document in documents for part in document.parts]
    kinds = np.array([PART_BITS[part.part] for part in parts], np.uint8)
    owners = np.repeat(np.arange(len(documents)), [len(document.parts) for document in documents])
    folded = fold_codes("".join(part.text for part in parts))
    kept = np.flatnonzero(folded)
    ends = np.searchsorted(kept, np.cumsum([len(part.text) for part in parts], dtype=np.int64))
    lengths = np.diff(ends, prepend=0)
    first = second = folded[kept]
    if any(part.traditional for part in parts):
        readings = [part.reading for part in parts]
        if any(len(one) != len(part.text) for one, part in zip(readings, parts, strict=True)):
            raise ValueError("the simplified reading has another length than the text")
        second = fold_codes("".join(readings))[kept]
    last = np.zeros(len(kept), bool)
    last[ends[lengths > 0] - 1] = True
    body = kinds == PART_BITS["body"]
    body_end = np.full(len(documents), BODY_START, np.int64)
    body_end[owners[body]] += lengths[body]
    starts = np.where(body, BODY_START, 0)
    caption = kinds == PART_BITS["caption"]
    before = np.cumsum(np.where(caption, lengths + CAPTION_GAP, 0)) - np.where(caption, lengths + CAPTION_GAP, 0)
    opening = np.searchsorted(owners, np.arange(len(documents)))
    starts[caption] = (body_end[owners] + CAPTION_GAP + before - before[opening[owners]])[caption]
    places = np.arange(len(kept)) + np.repeat(starts - (ends - lengths), lengths)
    return Characters(
        first,
        second,
        last,
        np.repeat(owners, lengths).astype(np.uint32),
        places.astype(np.uint32),
        np.repeat(kinds, lengths),
        np.bincount(owners, weights=lengths, minlength=len(documents)).astype(np.uint32),
        body_end.astype(np.uint32),
    )


def _following(codes: NDArray[np.uint32], last: NDArray[np.bool_]) -> NDArray[np.uint32]:
    after = np.empty_like(codes)
    after[:-1] = codes[1:]
    after[last] = LAST
    return after


def bigrams(chars: Characters) -> Flat:
    """Posting lists of all pairs of characters, both readings, with places."""
    here, after = chars.first, _following(chars.first, chars.last)
    index = np.arange(len(here), dtype=np.uint64)
    differs = np.flatnonzero(chars.first != chars.second) if chars.first is not chars.second else index[:0]
    if len(differs):
        earlier = differs[differs > 0] - 1
        near = np.unique(np.concatenate((differs, earlier[~chars.last[earlier]])))
        other, then = chars.second[near], _following(chars.second, chars.last)[near]
        here = np.concatenate((here, other, here[near], other))
        after = np.concatenate((after, then, then, after[near]))
        index = np.concatenate((index, *(near.astype(np.uint64),) * 3))
    alphabet, (left, right) = _ranks(here, after)
    room = np.uint64(max(len(chars.first) - 1, 1).bit_length())
    if 2 * len(alphabet).bit_length() + int(room) > 64:
        raise ValueError("too many characters for one segment")
    packed = ((left.astype(np.uint64) * np.uint64(len(alphabet)) + right.astype(np.uint64)) << room) | index
    packed.sort()
    if len(differs):
        packed = packed[np.concatenate(([True], packed[1:] != packed[:-1]))]
    pairs, index = packed >> room, (packed & ((np.uint64(1) << room) - np.uint64(1))).astype(np.int64)
    docs = chars.docs[index]
    fresh = np.ones(len(pairs), bool)
    fresh[1:] = (pairs[1:] != pairs[:-1]) | (docs[1:] != docs[:-1])
    starts = np.flatnonzero(fresh)
    count, weight, bits = _told(chars.bits[index], starts, TITLE_WEIGHT)
    found, first = terms_of(pairs[starts])
    size = np.uint64(max(len(alphabet), 1))
    terms = (alphabet[found // size].astype(np.uint64) << np.uint64(SHIFT)) | alphabet[found % size]
    return Flat(terms, first, docs[starts], weight, bits, count.astype(smallest(count)), chars.places[index])


def _ranks(*codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], list[Array]]:
    """The characters that occur, in order, and the number of each in that order."""
    if sum(map(len, codes)) < _MANY:
        alphabet = np.unique(np.concatenate(codes))
        return alphabet, [np.searchsorted(alphabet, one) for one in codes]
    present = np.zeros(LAST + 1, bool)
    for one in codes:
        present[one] = True
    alphabet = np.flatnonzero(present).astype(np.uint32)
    rank = np.zeros(LAST + 1, np.uint32)
    rank[alphabet] = np.arange(len(alphabet), dtype=np.uint32)
    return alphabet, [rank[one] for one in codes]


def _told(bits: NDArray[np.uint8], starts: Array, title_weight: int) -> tuple[Array, Array, Array]:
    """Times, weight and parts of each posting, from the parts of its occurrences."""
    if not len(starts):
        return np.zeros(0, np.int64), np.zeros(0, np.uint8), np.zeros(0, np.uint8)
    count = np.diff(starts, append=len(bits))
    weight = count
    if title_weight > 1:
        weight = count + (title_weight - 1) * np.add.reduceat(bits == PART_BITS["title"], starts, dtype=np.int64)
    return count, np.minimum(weight, 255).astype(np.uint8), np.bitwise_or.reduceat(bits, starts)


def _inverted(terms: Array, docs: Array, bits: Array, title_weight: int) -> tuple[Array, Flat]:
    """Posting lists without places of terms given by number; the numbers that occur, in order."""
    packed = (terms.astype(np.uint64) << np.uint64(32 + 3)) | (docs.astype(np.uint64) << np.uint64(3)) | bits
    packed.sort()
    pairs = packed >> np.uint64(3)
    starts = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else pairs.astype(np.int64)
    _count, weight, parts = _told((packed & np.uint64(7)).astype(np.uint8), starts, title_weight)
    pairs = pairs[starts]
    numbers, first = terms_of(pairs >> np.uint64(32))
    return numbers, Flat(None, first, (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32), weight, parts)


def singles(chars: Characters) -> Flat:
    """Posting lists of single characters, both readings."""
    codes, docs, bits = chars.first, chars.docs, chars.bits
    if chars.first is not chars.second:
        differs = np.flatnonzero(chars.first != chars.second)
        codes = np.concatenate((codes, chars.second[differs]))
        docs, bits = np.concatenate((docs, docs[differs])), np.concatenate((bits, bits[differs]))
    terms, flat = _inverted(codes, docs, bits, TITLE_WEIGHT)
    flat.terms = terms << np.uint64(SHIFT)
    return flat


class _Numbers(dict[str, int]):
    """Words numbered as they come."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def words(documents: Sequence[IndexDocument]) -> Flat:
    """Posting lists of words, cut from the simplified reading."""
    numbers = _Numbers()
    found: list[int] = []
    lengths, bits, owners = [], [], []
    for owner, document in enumerate(documents):
        for part in document.parts:
            cut = word_list(part.reading)
            found.extend([numbers[word] for word in cut])
            lengths.append(len(cut))
            bits.append(PART_BITS[part.part])
            owners.append(owner)
    ordered = sorted(numbers, key=lambda word: word.encode("utf-8", "surrogatepass"))
    rank = np.zeros(len(ordered), np.uint32)
    rank[[numbers[word] for word in ordered]] = np.arange(len(ordered), dtype=np.uint32)
    terms = rank[found] if found else np.zeros(0, np.uint32)
    _numbers, flat = _inverted(terms, np.repeat(owners, lengths), np.repeat(np.array(bits, np.uint8), lengths), 1)
    flat.terms = WordTable.of(ordered)
    return flat
