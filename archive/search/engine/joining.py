"""Where a string stands: the rarest of its bigrams is unpacked, its documents are looked up in the lists of the others as they lie.

Most of what readers type comes once: unpacking common lists into fresh memory would cost more than the look at them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import IDS, INT, MASK, PLACES, REAL, SCORES, U64, compiled, inner, lying_at
from .documents import STEP_BITS
from .gathering import (
    BASE,
    COUNT,
    DOCS,
    FIRST,
    FULL,
    OVER,
    OVERS,
    PARTS,
    PLACE,
    PLACE_AT,
    PLACE_FIRST,
    PLACE_FULL,
    PLACE_OVER,
    PLACE_OVERS,
    SHAPE,
    SIZE,
    TABLE,
    WEIGHT,
    list_of,
    numbers_among,
)
from .kernels import sought, sought_before

#: What is noted of each list while they are gone through: the next posting, the end of the list; the posting whose
#: places were looked for last, and where they begin; of large numbers of either, the next; the places being compared.
_NEXT, _END, _KNOWN, _AT, _LARGE, _FAR, _PLACE, _LAST = range(8)
#: Postings of a bigram from which on looking for a rarer one pays: to find one takes as long as going through some hundreds.
COMMON = 1024


@inner
def _places_of(row: Any, note: Any) -> Any:
    """Note where the places of the next posting of a list begin and end: counted from the last step, or the posting before."""
    i, step = note[_NEXT], note[_NEXT] >> STEP_BITS
    count, shape = lying_at(row[COUNT], 1, np.uint32), lying_at(row[SHAPE], i + 1, np.uint8)
    over, full = lying_at(row[OVER], row[OVERS], np.int64), lying_at(row[FULL], row[OVERS], np.uint32)
    begin, at = note[_KNOWN], note[_AT]
    if begin < step << STEP_BITS:
        begin, at = step << STEP_BITS, np.int64(lying_at(row[PLACE_AT], step + 1, np.uint64)[step])
    large = sought(over, begin, note[_LARGE])
    for between in range(begin, i):
        at += np.int64(count[shape[between]])
    while large < len(over) and over[large] < i:
        at += np.int64(count[full[large]]) - np.int64(count[shape[over[large]]])
        large += 1
    kind = np.int64(full[large]) if large < len(over) and over[large] == i else np.int64(shape[i])
    note[_KNOWN], note[_AT], note[_LARGE] = i, at, large
    note[_PLACE], note[_LAST] = at, at + np.int64(count[kind])


@inner
def _place(row: Any, note: Any) -> Any:
    """The place that a list has come to."""
    at = note[_PLACE]
    value = np.int64(lying_at(row[PLACE], at + 1, np.uint16)[at])
    if row[PLACE_OVERS]:
        over = lying_at(row[PLACE_OVER], row[PLACE_OVERS], np.int64)
        note[_FAR] = far = sought(over, at, note[_FAR])
        if far < len(over) and over[far] == at:
            value = np.int64(lying_at(row[PLACE_FULL], row[PLACE_OVERS], np.uint32)[far])
    return value


@inner
def _within(row: Any, notes: Any, order: Any, offsets: Any, found: Any, size: Any) -> Any:
    """Write the places where all the lists, each `offsets` before its own, meet in the document they have come to; their end."""
    lead = order[0]
    document = (row[BASE] + np.int64(lying_at(row[DOCS], notes[lead, _NEXT] + 1, np.uint16)[notes[lead, _NEXT]])) << 32
    for turn in range(len(order)):
        _places_of(row, notes[order[turn]])
    while notes[lead, _PLACE] < notes[lead, _LAST]:
        begin = _place(row, notes[lead]) - offsets[lead]
        notes[lead, _PLACE] += 1
        met = begin >= 0
        for turn in range(1, len(order)):
            one, note = order[turn], notes[order[turn]]
            while met and note[_PLACE] < note[_LAST]:
                there = _place(row, note) - offsets[one]
                if there >= begin:
                    met = there == begin
                    break
                note[_PLACE] += 1
            if note[_PLACE] == note[_LAST]:
                return size
            if not met:
                break
        if met:
            found[size] = document | begin
            size += 1
    return size


@inner
def _joined(row: Any, notes: Any, order: Any, offsets: Any, found: Any, size: Any, live: Any, all_live: Any) -> Any:
    """Write what the lists of a segment have in common: only in documents that all have, places are looked at."""
    lead = order[0]
    docs = lying_at(row[DOCS], notes[lead, _END], np.uint16)
    while notes[lead, _NEXT] < notes[lead, _END]:
        wanted = docs[notes[lead, _NEXT]]
        met = all_live or live[row[BASE] + wanted]
        for turn in range(1, len(order)):
            one = order[turn]
            if not met:
                break
            notes[one, _NEXT] = at = sought_before(docs, wanted, notes[one, _NEXT], notes[one, _END])
            if at == notes[one, _END]:
                return size
            met = docs[at] == wanted
        if met:
            size = _within(row, notes, order, offsets, found, size)
        notes[lead, _NEXT] += 1
    return size


@inner
def _noted(row: Any, numbers: Any, notes: Any, order: Any) -> Any:
    """Note where the lists of terms begin and end in a segment, and their order by length; the least number of places,
    0 where one of the terms has no list."""
    first = lying_at(row[FIRST], row[SIZE] + 1, np.uint32)
    starts = lying_at(row[PLACE_FIRST], row[SIZE] + 1, np.uint64)
    least = np.int64(0x7FFFFFFFFFFFFFFF)
    for one in range(len(numbers)):
        number, note = numbers[one], notes[one]
        if number < 0:
            return np.int64(0)
        note[_NEXT] = note[_KNOWN] = np.int64(first[number])
        note[_END], note[_AT] = np.int64(first[number + 1]), np.int64(starts[number])
        note[_LARGE] = note[_FAR] = 0
        least = min(least, np.int64(starts[number + 1]) - note[_AT])
        turn = one
        while turn and note[_END] - note[_NEXT] < notes[order[turn - 1], _END] - notes[order[turn - 1], _NEXT]:
            order[turn] = order[turn - 1]
            turn -= 1
        order[turn] = one
    return least


@inner
def _least(table: Any, numbers: Any) -> Any:
    """How many postings the rarest of several terms has."""
    least = np.int64(0x7FFFFFFFFFFFFFFF)
    for one in range(numbers.shape[1]):
        total = np.int64(0)
        for segment in range(len(table)):
            number = numbers[segment, one]
            if number >= 0:
                first = lying_at(table[segment, FIRST], number + 2, np.uint32)
                total += np.int64(first[number + 1]) - np.int64(first[number])
        least = min(least, total)
    return least


@inner
def _covering(table: Any, keys: Any, common: Any) -> Any:
    """The numbers of bigrams that cover a string (columns) in each segment (rows), and their offsets.

    Every second one from the first on, and the last: often the words of the string, all of them common. Where each has more
    than `common` postings, those between, which stand from one word into the next, are looked at: one that is far rarer leads.
    """
    last = len(keys) - 1
    size, between = last // 2 + 1 + (last & 1), last // 2
    offsets, others = np.empty(size, np.int64), np.empty(between, np.int64)
    wanted, rest = np.empty(size, np.uint64), np.empty(between, np.uint64)
    for one in range(size):
        offsets[one] = min(2 * one, last)
        wanted[one] = keys[offsets[one]]
    numbers = numbers_among(table, wanted)
    least = _least(table, numbers)
    if least <= common or not between:
        return numbers, offsets
    for one in range(between):
        others[one] = 2 * one + 1
        rest[one] = keys[others[one]]
    found = numbers_among(table, rest)
    if _least(table, found) * 2 > least:
        return numbers, offsets
    chosen, places = np.empty((len(table), between + 2), np.int64), np.empty(between + 2, np.int64)
    places[0], places[between + 1] = 0, last
    for segment in range(len(table)):
        chosen[segment, 0], chosen[segment, between + 1] = numbers[segment, 0], numbers[segment, size - 1]
        for one in range(between):
            chosen[segment, one + 1] = found[segment, one]
            places[one + 1] = others[one]
    return chosen, places


@compiled(TABLE, U64, INT, MASK, INT)
def string(table: Any, keys: Any, common: int, live: Any, all_live: int) -> Any:
    """Document << 32 | place where a string begins that has these bigrams one after the other, of living documents; in order.

    In each segment the rarest of those that cover it leads, and the others follow by how rare they are.
    """
    numbers, offsets = _covering(table, keys, common)
    notes, order = np.zeros((len(offsets), 8), np.int64), np.empty(len(offsets), np.int64)
    room, size = np.int64(0), np.int64(0)
    for segment in range(len(table)):
        room += _noted(table[segment], numbers[segment], notes, order)
    found = np.empty(room, np.int64)
    for segment in range(len(table)):
        if _noted(table[segment], numbers[segment], notes, order):
            size = _joined(table[segment], notes, order, offsets, found, size, live, all_live)
    return found[:size]


@compiled(TABLE, PLACES, IDS)
def among(table: Any, numbers: Any, ids: Any) -> Any:
    """Which of `ids` (in order) have a term: their places in `ids`, weights and parts. Nothing else of the list is read."""
    places, weights, bits = np.empty(len(ids), np.int64), np.empty(len(ids), np.uint8), np.empty(len(ids), np.uint8)
    size, at = 0, 0
    for segment in range(len(table)):
        row = table[segment]
        beyond = len(ids)
        if segment + 1 < len(table):
            beyond = at + np.searchsorted(ids[at:], table[segment + 1, BASE])
        if numbers[segment] < 0:
            at = beyond
            continue
        i, end, docs, shape, over, full = list_of(row, numbers[segment])
        weight, parts = lying_at(row[WEIGHT], 1, np.uint8), lying_at(row[PARTS], 1, np.uint8)
        large = np.searchsorted(over, i)
        while at < beyond:
            wanted = ids[at] - row[BASE]
            i = sought(docs, wanted, i)
            if i == end:
                break
            if docs[i] == wanted:
                kind = np.int64(shape[i])
                while large < len(over) and over[large] < i:
                    large += 1
                if large < len(over) and over[large] == i:
                    kind = np.int64(full[large])
                places[size], weights[size], bits[size] = at, weight[kind], parts[kind]
                size += 1
            at += 1
        at = beyond
    return places[:size], weights[:size], bits[:size]


@compiled(TABLE, PLACES, IDS, SCORES, SCORES, REAL)
def narrowed(table: Any, numbers: Any, ids: Any, scores: Any, norm: Any, factor: Any) -> Any:
    """Those of `ids` that have a term, with their scores and the BM25 of the term; `factor`: its idf times k1 + 1."""
    places, weights, _bits = among(table, numbers, ids)
    found, sums = np.empty(len(places), np.int32), np.empty(len(places), np.float32)
    for i in range(len(places)):
        found[i] = ids[places[i]]
        times = np.float32(weights[i])
        sums[i] = scores[places[i]] + factor * times / (times + norm[found[i]])
    return found, sums
