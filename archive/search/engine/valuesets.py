"""Columns ready for counting: documents that hold the same values are counted together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..records import FacetCounts
from . import kernels
from .compiling import U32, compiled


@dataclass(slots=True)
class LocalSets:
    """The same of one segment: set i holds `values[first[i]:first[i+1]]`, numbers of `table`."""

    table: list[str]
    codes: NDArray[np.int32]
    values: NDArray[Any]
    first: NDArray[Any]
    single: bool = False  # each set is one value of the table, in its order

    @classmethod
    def of_strings(cls, table: list[str], column: NDArray[Any]) -> LocalSets:
        """From a column with one value a document: each value is a set."""
        every = np.arange(len(table) + 1)
        return cls(table, column.astype(np.int32), every[:-1], every, single=True)

    @classmethod
    def of_rows(cls, table: list[str], values: NDArray[Any], first: NDArray[Any]) -> LocalSets:
        """From the values of all documents one after the other."""
        numbers = np.ascontiguousarray(values, np.uint32)
        codes, sets, bounds = _distinct_rows(numbers, np.ascontiguousarray(first, np.uint32))
        return cls(table, codes, sets, bounds)


@compiled(U32, U32)
def _distinct_rows(values: Any, first: Any) -> Any:
    """The set of each row `values[first[i]:first[i + 1]]`, numbered as they are met; the values of all sets, and where
    each begins. Sets are found by a hash (FNV-1a), and compared value by value."""
    rows = len(first) - 1
    room = 16
    while room < 2 * rows:
        room *= 2
    slots = np.full(room, -1, np.int32)
    codes = np.empty(rows, np.int32)
    sets, bounds = np.empty(len(values), np.uint32), np.zeros(rows + 1, np.int64)
    found = 0
    for row in range(rows):
        start, size = np.int64(first[row]), np.int64(first[row + 1]) - np.int64(first[row])
        mark = np.uint64(14695981039346656037)
        for at in range(start, start + size):
            mark = (mark ^ np.uint64(values[at])) * np.uint64(1099511628211)
        slot = np.int64((mark ^ (mark >> np.uint64(32))) & np.uint64(room - 1))
        while True:
            held = slots[slot]
            if held < 0:
                slots[slot] = found
                for at in range(size):
                    sets[bounds[found] + at] = values[start + at]
                bounds[found + 1] = bounds[found] + size
                held = np.int32(found)
                found += 1
                break
            same = bounds[held + 1] - bounds[held] == size
            for at in range(size if same else 0):
                same &= sets[bounds[held] + at] == values[start + at]
            if same:
                break
            slot = (slot + 1) & (room - 1)
        codes[row] = held
    return codes, sets[: bounds[found]].copy(), bounds[: found + 1].copy()


@dataclass(slots=True)
class ValueSets:
    """`codes` number the set of values that each document holds; set i holds `values[first[i]:first[i+1]]`.

    Values are numbered in the order of their names.
    """

    names: NDArray[np.object_]
    number: dict[str, int]
    codes: NDArray[np.int32]
    values: NDArray[np.int32]
    first: NDArray[np.int32]

    @classmethod
    def of(cls, parts: Sequence[LocalSets]) -> ValueSets:
        """Of all segments, from those of each: only distinct sets are looked at one by one."""
        names = sorted(set().union(*(part.table for part in parts)))
        number = {name: place for place, name in enumerate(names)}
        found: dict[bytes, int] = {}
        codes = [np.zeros(0, np.int32)]
        mappings = [np.array([number[value] for value in part.table], np.int32) for part in parts]
        if all(part.single for part in parts):
            codes += [mapped[part.codes] for mapped, part in zip(mappings, parts, strict=True)]
            every = np.arange(len(names) + 1, dtype=np.int32)
            return cls(np.array(names, object), number, np.concatenate(codes), every[:-1], every)
        for mapped, part in zip(mappings, parts, strict=True):
            data = mapped[part.values].tobytes() if len(part.values) else b""
            local = [found.setdefault(data[4 * a : 4 * b], len(found)) for a, b in pairwise(part.first.tolist())]
            codes.append(np.array(local, np.int32)[part.codes])
        return cls(
            np.array(names, object),
            number,
            np.concatenate(codes),
            np.frombuffer(b"".join(found), np.int32),
            np.cumsum([0, *(len(one) // 4 for one in found)]).astype(np.int32),
        )

    def holding(self, value: str) -> NDArray[np.bool_]:
        """The documents with a value."""
        held = np.zeros(max(len(self.first) - 1, 1), bool)
        if value in self.number:
            held[np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))[self.values == self.number[value]]] = (
                True
            )
        return held[self.codes]

    def counts(self, ids: NDArray[np.int32], stories: NDArray[np.int64] | None = None) -> FacetCounts:
        """How many of the documents hold each value, most first, then by value; without the value "" (unknown).

        With `stories` (of all documents, 0 for none), several documents of one story count once for a value.
        """
        keys = kernels.counted(ids, self.codes, self.first, self.values)
        if stories is not None:
            keys += self._counted_again(ids, stories)[keys & kernels.LOW] << 32
        keys.sort()
        places = keys & kernels.LOW
        values: list[str] = self.names[places].tolist()
        counts: list[int] = (kernels.LOW - (keys >> 32)).tolist()
        if "" in self.number and "" in values:
            place = values.index("")
            del values[place], counts[place]
        return FacetCounts(values, counts)

    def _counted_again(self, ids: NDArray[np.int32], stories: NDArray[np.int64]) -> NDArray[np.int64]:
        """For each value, how many of the documents hold it besides one of each story that does."""
        held = ids[stories[ids] > 0]
        codes = self.codes[held]
        begin, sizes = self.first[codes], np.diff(self.first)[codes]
        ends = np.cumsum(sizes, dtype=np.int64)
        places = np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(begin - (ends - sizes), sizes)
        values = self.values[places]
        several = max(len(self.names), 1)
        once = np.unique(np.repeat(stories[held], sizes) * several + values) % several
        return np.bincount(values, minlength=several) - np.bincount(once, minlength=several)
