"""Columns ready for counting: documents that hold the same values are counted together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..records import FacetCount

_facet_count: Any = partial(tuple.__new__, FacetCount)


@dataclass(slots=True)
class ValueSets:
    """`codes` number the set of values that each document holds; set i holds `values[first[i]:first[i+1]]`.

    Values are numbered in the order of their names.
    """

    names: list[str]
    codes: NDArray[np.intp]
    values: NDArray[np.intp]
    owners: NDArray[np.intp]  # the set that each of `values` belongs to
    sets: int

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
            ordered,
            np.array(codes, np.intp),
            np.frombuffer(b"".join(table), np.int32).astype(np.intp),
            np.repeat(np.arange(len(table)), lengths),
            len(table),
        )

    def counts(self, ids: NDArray[Any] | None) -> tuple[FacetCount, ...]:
        """How many of the documents (None: of all) hold each value, most first, then by value."""
        held = np.bincount(self.codes if ids is None else self.codes[ids], minlength=self.sets)
        counts = np.bincount(self.values, weights=held[self.owners], minlength=len(self.names)).astype(np.int64)
        room = len(self.names)
        found = counts * room + np.arange(room - 1, -1, -1)
        found = found[counts > 0]
        found.sort()
        times, places = np.divmod(found[::-1], max(room, 1))
        names = self.names
        values = [names[place] for place in (room - 1 - places).tolist()]
        counted = tuple(map(_facet_count, zip(values, times.tolist(), strict=True)))
        return tuple(one for one in counted if one[0]) if names and not names[0] else counted
