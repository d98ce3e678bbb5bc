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


@dataclass(slots=True)
class ValueSets:
    """`codes` number the set of values that each document holds; set i holds `values[first[i]:first[i+1]]`.

    Values are numbered in the order of their names.
    """

    names: NDArray[np.object_]
    blank: bool  # whether "" is among the names
    codes: NDArray[np.int32]
    values: NDArray[np.int32]
    first: NDArray[np.int32]

    @classmethod
    def of(cls, names: Sequence[str], rank: NDArray[Any], column: NDArray[Any], first: NDArray[Any]) -> ValueSets:
        """From the values of all documents one after the other; `rank`: the place of each value by name."""
        ordered = [""] * len(names)
        for name, place in zip(names, rank.tolist(), strict=True):
            ordered[place] = name
        numbers = rank[column] if len(column) else column
        table: dict[bytes, int] = {}
        data, bounds = numbers.astype(np.int32).tobytes(), (first * 4).tolist()
        codes = [table.setdefault(data[a:b], len(table)) for a, b in pairwise(bounds)]
        lengths = [len(one) // 4 for one in table]
        return cls(
            np.array(ordered, object),
            "" in ordered,
            np.array(codes, np.int32),
            np.frombuffer(b"".join(table), np.int32),
            np.cumsum([0, *lengths]).astype(np.int32),
        )

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
        if self.blank and "" in values:
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
