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

    def counts(self, ids: NDArray[np.int32]) -> FacetCounts:
        """How many of the documents hold each value, most first, then by value; without the value "" (unknown)."""
        keys = kernels.counted(ids, self.codes, self.first, self.values)
        keys.sort()
        places = keys & kernels.LOW
        values: list[str] = self.names[places].tolist()
        counts: list[int] = (kernels.LOW - (keys >> 32)).tolist()
        if self.blank and "" in values:
            place = values.index("")
            del values[place], counts[place]
        return FacetCounts(values, counts)
