"""Strings and pairs that were not asked for before: answered from the lists as they lie, nothing unpacked but the rarest.

What is asked for again is unpacked and kept (`generation`); most of what readers type comes once, and unpacking
the common lists of it into fresh memory would cost more than the look at them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import INT, MASK, PLACES, U64, compiled, inner, lying_at
from .gathering import (
    BASE,
    COUNT,
    DOCS,
    FIRST,
    FULL,
    OVER,
    OVERS,
    PLACE,
    PLACE_FIRST,
    PLACE_FULL,
    PLACE_OVER,
    PLACE_OVERS,
    SHAPE,
    SIZE,
    TABLE,
    TERMS,
)
from .kernels import halved


@inner
def _occurrences(row: Any, number: Any) -> Any:
    """How often the term of a number stands in the segment of a row."""
    starts = lying_at(row[PLACE_FIRST], row[SIZE] + 1, np.uint64)
    return np.int64(starts[number + 1]) - np.int64(starts[number])


@inner
def _walk(
    row: Any, number: Any, offset: Any, found: Any, begin: Any, end: Any, leads: Any, live: Any, all_live: Any
) -> Any:
    """Go through the places of a term; the end of what is left in `found` from `begin` on.

    The first list of a string `leads`: its places, `offset` before them, are written to `found`. Of the others only
    the documents that stand in `found[begin:end]` are looked at, and those that have it at `offset` stay.
    """
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
    size, candidate = begin, begin
    for i in range(start, last):
        if not leads and candidate == end:
            break
        kind = np.int64(shape[i])
        if large < len(over) and over[large] == i:
            kind = np.int64(full[large])
            large += 1
        times = np.int64(count[kind])
        document = row[BASE] + docs[i]
        if leads:
            wanted = all_live or live[document]
        else:
            while candidate < end and (found[candidate] + offset) >> 32 < document:
                candidate += 1
            wanted = candidate < end and (found[candidate] + offset) >> 32 == document
        if wanted:
            while far < len(places_over) and places_over[far] < at:
                far += 1
            for place in range(at, at + times):
                value = np.int64(places[place])
                if far < len(places_over) and places_over[far] == place:
                    value = np.int64(places_full[far])
                    far += 1
                value |= document << 32
                if leads:
                    found[size] = value - offset
                    size += 1
                    continue
                while candidate < end and found[candidate] + offset < value:
                    candidate += 1
                if candidate < end and found[candidate] + offset == value:
                    found[size] = found[candidate]
                    size += 1
                    candidate += 1
        at += times
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
            end = _walk(
                table[segment], numbers[segment, one], offsets[one], found, begin, end, turn == 0, live, all_live
            )
            if end == begin:
                break
        begin = end
    return found[:begin]
