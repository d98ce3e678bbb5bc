"""The documents that several characters or bigrams have all: looked up in the lists as they lie, none of which is unpacked."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .compiling import FLOAT, INT, MASK, PLACES, SCORES, U64, compiled, inner, lying_at
from .gathering import BASE, DOCS, FIRST, FULL, OVER, OVERS, SHAPE, SIZE, TABLE, WEIGHT, numbers_among
from .kernels import sought, sought_before

#: What is noted of each list: the next posting, the end of the list, the next of those whose shapes need more than a byte.
_NEXT, _END, _LARGE = range(3)


@inner
def _postings(table: Any, numbers: Any) -> Any:
    """How many postings each of several terms has."""
    found = np.zeros(numbers.shape[1], np.int64)
    for segment in range(len(table)):
        first = lying_at(table[segment, FIRST], table[segment, SIZE] + 1, np.uint32)
        for one in range(numbers.shape[1]):
            number = numbers[segment, one]
            if number >= 0:
                found[one] += np.int64(first[number + 1]) - np.int64(first[number])
    return found


@inner
def _weight(row: Any, note: Any) -> Any:
    """The weight of the posting that a list has come to."""
    at = note[_NEXT]
    kind = np.int64(lying_at(row[SHAPE], at + 1, np.uint8)[at])
    if row[OVERS]:
        over = lying_at(row[OVER], row[OVERS], np.int64)
        note[_LARGE] = large = sought(over, at, note[_LARGE])
        if large < len(over) and over[large] == at:
            kind = np.int64(lying_at(row[FULL], row[OVERS], np.uint32)[large])
    return np.float32(lying_at(row[WEIGHT], kind + 1, np.uint8)[kind])


@compiled(TABLE, U64, PLACES, MASK, SCORES, INT, FLOAT)
def conjunction(table: Any, keys: Any, living: Any, live: Any, norm: Any, documents: int, k1: float) -> Any:
    """The living documents that have all of these terms, in order, with the sums of their BM25, the rarest first.

    `living`: how many living documents each has; empty where no document is deleted.
    """
    numbers = numbers_among(table, keys)
    often = living if len(living) else _postings(table, numbers)
    order = np.empty(len(keys), np.int64)
    factors = np.empty(len(keys), np.float32)
    for one in range(len(keys)):
        factors[one] = np.float32(math.log1p((documents - often[one] + 0.5) / (often[one] + 0.5)) * (k1 + 1))
        turn = one
        while turn and often[one] < often[order[turn - 1]]:
            order[turn] = order[turn - 1]
            turn -= 1
        order[turn] = one
    lead = order[0]
    ids, sums = np.empty(often[lead], np.int32), np.empty(often[lead], np.float32)
    notes, size = np.zeros((len(keys), 3), np.int64), 0
    for segment in range(len(table)):
        row = table[segment]
        first = lying_at(row[FIRST], row[SIZE] + 1, np.uint32)
        whole = True
        for one in range(len(keys)):
            number = numbers[segment, one]
            if number < 0:
                whole = False
                break
            notes[one, _NEXT], notes[one, _END], notes[one, _LARGE] = first[number], first[number + 1], 0
        docs = lying_at(row[DOCS], notes[lead, _END], np.uint16)
        while whole and notes[lead, _NEXT] < notes[lead, _END]:
            wanted = docs[notes[lead, _NEXT]]
            document = row[BASE] + wanted
            met = live[document]
            for turn in range(1, len(order)):
                one = order[turn]
                if not met:
                    break
                notes[one, _NEXT] = at = sought_before(docs, wanted, notes[one, _NEXT], notes[one, _END])
                whole = at < notes[one, _END]
                met = whole and docs[at] == wanted
            if met:
                total = np.float32(0)
                for turn in range(len(order)):
                    times = _weight(row, notes[order[turn]])
                    total += factors[order[turn]] * times / (times + norm[document])
                ids[size], sums[size] = document, total
                size += 1
            notes[lead, _NEXT] += 1
    return ids[:size], sums[:size]
