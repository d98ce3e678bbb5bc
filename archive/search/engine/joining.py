"""Where a string stands: the rarest of its bigrams is unpacked, its documents are looked up in the lists of the others as they lie.

Most of what readers type comes once: unpacking common lists into fresh memory would cost more than the look at them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import IDS, INT, KEY, MASK, PLACES, REAL, SCORES, U64, compiled, inner, lying_at
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
    PLACE_FIRST,
    PLACE_FULL,
    PLACE_OVER,
    PLACE_OVERS,
    SHAPE,
    SIZE,
    TABLE,
    TERMS,
    WEIGHT,
    numbers_of,
)
from .kernels import halved, sought


@inner
def _occurrences(row: Any, number: Any) -> Any:
    """How often the term of a number stands in the segment of a row."""
    starts = lying_at(row[PLACE_FIRST], row[SIZE] + 1, np.uint64)
    return np.int64(starts[number + 1]) - np.int64(starts[number])


@inner
def _leading(row: Any, number: Any, offset: Any, found: Any, begin: Any, live: Any, all_live: Any) -> Any:
    """Write the places of a term in living documents, `offset` before them, to `found` from `begin` on; their end."""
    first = lying_at(row[FIRST], row[SIZE] + 1, np.uint32)
    starts = lying_at(row[PLACE_FIRST], row[SIZE] + 1, np.uint64)
    start, last, at = np.int64(first[number]), np.int64(first[number + 1]), np.int64(starts[number])
    docs, shape = lying_at(row[DOCS], last, np.uint16), lying_at(row[SHAPE], last, np.uint8)
    over, full = lying_at(row[OVER], row[OVERS], np.int64), lying_at(row[FULL], row[OVERS], np.uint32)
    count = lying_at(row[COUNT], 1, np.uint32)
    places = lying_at(row[PLACE], np.int64(starts[row[SIZE]]), np.uint16)
    places_over = lying_at(row[PLACE_OVER], row[PLACE_OVERS], np.int64)
    places_full = lying_at(row[PLACE_FULL], row[PLACE_OVERS], np.uint32)
    large, far = np.searchsorted(over, start), np.searchsorted(places_over, at)
    size = begin
    for i in range(start, last):
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
            found[size] = (document << 32 | place) - offset
            size += keep
    return size


@inner
def _following(row: Any, number: Any, offset: Any, found: Any, begin: Any, end: Any) -> Any:
    """Keep those of `found[begin:end]` that have a term at `offset`; their end.

    Only documents that stand in `found` are looked at: the list is searched for them, and of what lies between
    only the number of its places is counted.
    """
    first = lying_at(row[FIRST], row[SIZE] + 1, np.uint32)
    starts = lying_at(row[PLACE_FIRST], row[SIZE] + 1, np.uint64)
    i, last, at = np.int64(first[number]), np.int64(first[number + 1]), np.int64(starts[number])
    docs, shape = lying_at(row[DOCS], last, np.uint16), lying_at(row[SHAPE], last, np.uint8)
    over, full = lying_at(row[OVER], row[OVERS], np.int64), lying_at(row[FULL], row[OVERS], np.uint32)
    count = lying_at(row[COUNT], 1, np.uint32)
    places = lying_at(row[PLACE], np.int64(starts[row[SIZE]]), np.uint16)
    places_over = lying_at(row[PLACE_OVER], row[PLACE_OVERS], np.int64)
    places_full = lying_at(row[PLACE_FULL], row[PLACE_OVERS], np.uint32)
    large, far = np.searchsorted(over, i), np.searchsorted(places_over, at)
    size, candidate = begin, begin
    while candidate < end:
        document = (found[candidate] + offset) >> 32
        wanted = document - row[BASE]  # -1 where a string would begin before its document
        next_one = sought(docs, wanted, i)
        if next_one == last:
            break
        for between in range(i, next_one):
            at += np.int64(count[shape[between]])
        while large < len(over) and over[large] < next_one:
            at += np.int64(count[full[large]]) - np.int64(count[shape[over[large]]])
            large += 1
        i = next_one
        high = (document + 1) << 32
        if docs[i] == wanted:
            kind = np.int64(shape[i])
            if large < len(over) and over[large] == i:
                kind = np.int64(full[large])
            while far < len(places_over) and places_over[far] < at:
                far += 1
            over_at = far
            for place in range(at, at + np.int64(count[kind])):
                value = np.int64(places[place])
                if over_at < len(places_over) and places_over[over_at] == place:
                    value = np.int64(places_full[over_at])
                    over_at += 1
                value |= document << 32
                while candidate < end and found[candidate] + offset < value:
                    candidate += 1
                if candidate < end and found[candidate] + offset == value:
                    found[size] = found[candidate]
                    size += 1
                    candidate += 1
        while candidate < end and found[candidate] + offset < high:
            candidate += 1
    return size


@compiled(TABLE, U64, PLACES, MASK, INT)
def sequence(table: Any, keys: Any, offsets: Any, live: Any, all_live: int) -> Any:
    """Document << 32 | place where a string begins that has these terms at these offsets, of living documents; in order.

    One of the offsets is 0. In each segment the rarest term leads, and the others follow by how rare they are.
    """
    several = len(keys)
    numbers, sizes = np.empty((len(table), several), np.int64), np.empty((len(table), several), np.int64)
    room = np.int64(0)
    for segment in range(len(table)):
        row = table[segment]
        terms = lying_at(row[TERMS], row[SIZE], np.uint64)
        for one in range(several):
            numbers[segment, one] = halved(terms, keys[one])
            if numbers[segment, one] < 0:
                numbers[segment, 0] = -1
                break
            sizes[segment, one] = _occurrences(row, numbers[segment, one])
        if numbers[segment, 0] >= 0:
            room += sizes[segment].min()
    found = np.empty(room, np.int64)
    begin = np.int64(0)
    for segment in range(len(table)):
        if numbers[segment, 0] < 0:
            continue
        end = begin
        for turn in range(several):
            one = sizes[segment].argmin()
            sizes[segment, one] = 0x7FFFFFFFFFFFFFFF
            if turn == 0:
                end = _leading(table[segment], numbers[segment, one], offsets[one], found, begin, live, all_live)
            else:
                end = _following(table[segment], numbers[segment, one], offsets[one], found, begin, end)
            if end == begin:
                break
        begin = end
    return found[:begin]


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
        first = lying_at(row[FIRST], row[SIZE] + 1, np.uint32)
        i, end = np.int64(first[numbers[segment]]), np.int64(first[numbers[segment] + 1])
        docs = lying_at(row[DOCS], end, np.uint16)
        shape = lying_at(row[SHAPE], end, np.uint8)
        over = lying_at(row[OVER], row[OVERS], np.int64)
        full = lying_at(row[FULL], row[OVERS], np.uint32)
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


@compiled(TABLE, KEY, IDS, SCORES, SCORES, REAL)
def narrowed(table: Any, term: Any, ids: Any, scores: Any, norm: Any, factor: Any) -> Any:
    """Those of `ids` that have a term, with their scores and the BM25 of the term; `factor`: its idf times k1 + 1."""
    places, weights, _bits = among(table, numbers_of(table, term), ids)
    found, sums = np.empty(len(places), np.int32), np.empty(len(places), np.float32)
    for i in range(len(places)):
        found[i] = ids[places[i]]
        times = np.float32(weights[i])
        sums[i] = scores[places[i]] + factor * times / (times + norm[found[i]])
    return found, sums
