"""The posting lists of a term from all segments at once, in one compiled loop.

What the loops need of each segment stands in one row of a table: where its arrays begin in memory, and
where its documents begin among all. So a term costs one call, however many segments there are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import types
from numpy.typing import NDArray

from .compiling import FLOAT, INT, KEY, MASK, PLACES, SCORES, U8, compiled, inner, lying_at
from .container import Array
from .foremost import BLOCK
from .postings import Postings
from .tables import WordTable

TABLE = types.Array(types.int64, 2, "C", readonly=True)

#: The columns of the table: addresses of arrays, and the lengths of those that are searched.
(
    TERMS, SIZE, BLOB, FIRST, DOCS, SHAPE, OVER, OVERS, FULL, WEIGHT, PARTS, COUNT,
    PLACE, PLACE_OVER, PLACE_OVERS, PLACE_FULL, PLACE_FIRST, PLACE_AT, BASE,
) = range(19)  # fmt: skip


class Lists:
    """The posting lists of one kind in all segments. It holds the arrays that its table points to."""

    def __init__(self, postings: Sequence[Postings], bases: Sequence[int]) -> None:
        self._held: list[Array] = []
        rows = [self._row(one, base) for one, base in zip(postings, bases, strict=False)]
        self.table = np.array(rows, np.int64).reshape(len(rows), BASE + 1)

    def _row(self, one: Postings, base: int) -> list[int]:
        at, shape, words = self._address, one.shape, isinstance(one.terms, WordTable)
        places = one.places
        return [
            at(one.terms.first, np.uint32) if words else at(one.terms, np.uint64),
            len(one.terms),
            at(one.terms.blob, np.uint8) if words else 0,
            at(one.first, np.uint32),
            at(one.docs, np.uint16),
            at(shape.small, np.uint8), at(shape.over, np.int64), len(shape.over), at(shape.full, np.uint32),
            at(one.weight, np.uint8),
            at(one.parts, np.uint8),
            at(one.count, np.uint32),
            *(
                (0, 0, 0, 0)
                if places is None
                else (at(places.small, np.uint16), at(places.over, np.int64), len(places.over), at(places.full, np.uint32))
            ),
            0 if one.places_first is None else at(one.places_first, np.uint64),
            0 if one.places_at is None else at(one.places_at, np.uint64),
            base,
        ]  # fmt: skip

    def _address(self, array: Array, kind: Any) -> int:
        held = np.ascontiguousarray(array, dtype=kind)
        self._held.append(held)
        address: int = held.__array_interface__["data"][0]
        return address

    def numbers(self, term: int | str) -> NDArray[np.int64]:
        """The number of a term in each segment, -1 where that has it not."""
        if isinstance(term, int):
            found: NDArray[np.int64] = numbers_of(self.table, term)
        else:
            found = _numbers_of_word(self.table, np.frombuffer(term.encode("utf-8", "surrogatepass"), np.uint8))
        return found


@inner
def lists_of(row: Any, number: Any, beyond: Any) -> Any:
    """The postings of the terms from a number to before another in the segment of a row: the first of them, their end,
    documents, shapes, and the places and values of the shapes that need more than a byte."""
    first = lying_at(row[FIRST], row[SIZE] + 1, np.uint32)
    start, end = np.int64(first[number]), np.int64(first[beyond])
    over, full = lying_at(row[OVER], row[OVERS], np.int64), lying_at(row[FULL], row[OVERS], np.uint32)
    return start, end, lying_at(row[DOCS], end, np.uint16), lying_at(row[SHAPE], end, np.uint8), over, full


@inner
def list_of(row: Any, number: Any) -> Any:
    """The same of one term."""
    return lists_of(row, number, number + 1)


@inner
def numbers_among(table: Any, keys: Any) -> Any:
    """The number of each character or bigram (columns) in each segment (rows), -1 where that has it not.

    All are sought step by step together: while memory brings what one asks for, the others are under way.
    """
    found = np.zeros((len(table), len(keys)), np.int64)
    step = np.int64(1)
    for segment in range(len(table)):
        while step * 2 <= table[segment, SIZE]:
            step *= 2
    while step > 0:
        for segment in range(len(table)):
            size = table[segment, SIZE]
            terms = lying_at(table[segment, TERMS], size, np.uint64)
            for one in range(len(keys) if size else 0):
                after = found[segment, one] + step
                found[segment, one] += step * ((after <= size) & (terms[min(after, size) - 1] < keys[one]))
        step >>= 1
    for segment in range(len(table)):
        terms = lying_at(table[segment, TERMS], table[segment, SIZE], np.uint64)
        for one in range(len(keys)):
            if found[segment, one] == table[segment, SIZE] or terms[found[segment, one]] != keys[one]:
                found[segment, one] = -1
    return found


@compiled(TABLE, KEY)
def numbers_of(table: Any, term: Any) -> Any:
    """The number of a character or a bigram in each segment, -1 where that has it not."""
    return numbers_among(table, np.full(1, term)).ravel()


@compiled(TABLE, U8)
def _numbers_of_word(table: Any, wanted: Any) -> Any:
    """Words stand in the order of their bytes."""
    found = np.empty(len(table), np.int64)
    for segment in range(len(table)):
        size = table[segment, SIZE]
        first = lying_at(table[segment, TERMS], size + 1, np.uint32)
        blob = lying_at(table[segment, BLOB], max(np.int64(first[size]), 1), np.uint8)
        low, high = np.int64(0), size
        found[segment] = -1
        while low < high:
            middle = (low + high) >> 1
            start, length = np.int64(first[middle]), np.int64(first[middle + 1]) - np.int64(first[middle])
            order = np.int64(0)
            for at in range(min(length, np.int64(len(wanted)))):
                if blob[start + at] != wanted[at]:
                    order = np.int64(1) if blob[start + at] > wanted[at] else np.int64(-1)
                    break
            if order == 0:
                order = length - len(wanted)
            if order == 0:
                found[segment] = middle
                break
            if order < 0:
                low = middle + 1
            else:
                high = middle
    return found


@compiled(TABLE, PLACES)
def frequency(table: Any, numbers: Any) -> Any:
    """How many postings a term has, those of deleted documents counted too."""
    total = np.int64(0)
    for segment in range(len(table)):
        number = numbers[segment]
        if number >= 0:
            first = lying_at(table[segment, FIRST], table[segment, SIZE] + 1, np.uint32)
            total += np.int64(first[number + 1]) - np.int64(first[number])
    return total


@compiled(TABLE, PLACES, MASK, INT)
def postings(table: Any, numbers: Any, live: Any, all_live: int) -> Any:
    """Documents, weights and parts of a term, of living documents."""
    room = frequency(table, numbers)
    ids, weights, bits = np.empty(room, np.int32), np.empty(room, np.uint8), np.empty(room, np.uint8)
    size = 0
    for segment in range(len(table)):
        if numbers[segment] < 0:
            continue
        row = table[segment]
        start, end, docs, shape, over, full = list_of(row, numbers[segment])
        weight, parts = lying_at(row[WEIGHT], 1, np.uint8), lying_at(row[PARTS], 1, np.uint8)
        large = np.searchsorted(over, start)
        for i in range(start, end):
            kind = np.int64(shape[i])
            if large < len(over) and over[large] == i:
                kind = np.int64(full[large])
                large += 1
            document = row[BASE] + docs[i]
            if all_live or live[document]:
                ids[size] = document
                weights[size] = weight[kind]
                bits[size] = parts[kind]
                size += 1
    return ids[:size], weights[:size], bits[:size]


@compiled(TABLE, PLACES, MASK)
def living(table: Any, numbers: Any, live: Any) -> Any:
    """How many living documents a term has."""
    total = np.int64(0)
    for segment in range(len(table)):
        if numbers[segment] < 0:
            continue
        row = table[segment]
        start, end, docs, _shape, _over, _full = list_of(row, numbers[segment])
        for i in range(start, end):
            total += live[row[BASE] + docs[i]]
    return total


@compiled(TABLE, PLACES, MASK, INT, SCORES, INT, FLOAT)
def weighed(table: Any, numbers: Any, live: Any, all_live: int, norm: Any, documents: int, k1: float) -> Any:
    """The living documents of a term, weights, BM25, and the greatest of every block of it."""
    ids, weights, _bits = postings(table, numbers, live, all_live)
    size = len(ids)
    scores = np.empty(size, np.float32)
    greatest = np.zeros(-(-size // BLOCK), np.float32)
    factor = np.float32(math.log1p((documents - size + 0.5) / (size + 0.5)) * (k1 + 1))
    for block in range(len(greatest)):
        most = np.float32(0)
        for i in range(block * BLOCK, min((block + 1) * BLOCK, size)):
            times = np.float32(weights[i])
            scores[i] = factor * times / (times + norm[ids[i]])
            most = max(most, scores[i])
        greatest[block] = most
    return ids, weights, scores, greatest


@inner
def _range(table: Any, low: Any, high: Any) -> Any:
    """For each segment the first term that is not below `low`, and the first that is not below `high`."""
    found = np.empty((len(table), 2), np.int64)
    for segment in range(len(table)):
        terms = lying_at(table[segment, TERMS], table[segment, SIZE], np.uint64)
        found[segment, 0] = np.searchsorted(terms, low)
        found[segment, 1] = np.searchsorted(terms, high)
    return found


@compiled(TABLE, KEY, KEY, MASK, INT)
def occurrences(table: Any, low: Any, high: Any, live: Any, all_live: int) -> Any:
    """Document << 32 | place of each occurrence of the terms in [low, high) in living documents.

    In order where each segment has one such term at most; whether one has several is told beside.
    """
    terms = _range(table, low, high)
    room, several = np.int64(0), False
    for segment in range(len(table)):
        starts = lying_at(table[segment, PLACE_FIRST], table[segment, SIZE] + 1, np.uint64)
        room += np.int64(starts[terms[segment, 1]]) - np.int64(starts[terms[segment, 0]])
        several |= terms[segment, 1] - terms[segment, 0] > 1
    found = np.empty(room, np.int64)
    size = 0
    for segment in range(len(table)):
        if terms[segment, 0] == terms[segment, 1]:
            continue
        row = table[segment]
        start, end, docs, shape, over, full = lists_of(row, terms[segment, 0], terms[segment, 1])
        starts = lying_at(row[PLACE_FIRST], row[SIZE] + 1, np.uint64)
        at = np.int64(starts[terms[segment, 0]])
        count = lying_at(row[COUNT], 1, np.uint32)
        places = lying_at(row[PLACE], np.int64(starts[row[SIZE]]), np.uint16)
        places_over = lying_at(row[PLACE_OVER], row[PLACE_OVERS], np.int64)
        places_full = lying_at(row[PLACE_FULL], row[PLACE_OVERS], np.uint32)
        large, far = np.searchsorted(over, start), np.searchsorted(places_over, at)
        for i in range(start, end):
            kind = np.int64(shape[i])
            if large < len(over) and over[large] == i:
                kind = np.int64(full[large])
                large += 1
            document = row[BASE] + docs[i]
            keep = all_live or live[document]
            for _ in range(count[kind]):
                place = np.int64(places[at])
                if far < len(places_over) and places_over[far] == at:
                    place = np.int64(places_full[far])
                    far += 1
                at += 1
                found[size] = document << 32 | place
                size += keep
    return found[:size], several
