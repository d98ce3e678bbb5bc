"""The best of a list without looking at all of it: values with the greatest of every block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Values of a block (Ding and Suel 2011 take 64 or 128).
BLOCK = 64


@dataclass(slots=True)
class Blocks:
    """Values (a row of `table` a block, the last filled up with the least value) and the greatest of each block."""

    table: NDArray[Any]
    greatest: NDArray[Any]
    size: int

    @classmethod
    def of(cls, values: NDArray[Any], least: float) -> Blocks:
        table = np.full((-(-len(values) // BLOCK), BLOCK), least, values.dtype)
        table.reshape(-1)[: len(values)] = values
        return cls(table, table.max(axis=1, initial=least), len(values))

    @property
    def values(self) -> NDArray[Any]:
        part: NDArray[Any] = self.table.reshape(-1)[: self.size]
        return part

    @property
    def nbytes(self) -> int:
        return self.table.nbytes + self.greatest.nbytes

    def top(self, number: int) -> NDArray[np.intp]:
        """Places, in order, of all values that are no less than the `number`-th greatest."""
        blocks = len(self.greatest)
        if number >= self.size:
            return np.arange(self.size)
        if number * 4 > blocks:  # too many are asked for: blocks would exclude little
            return (self.values >= greatest_of(self.values, number)).nonzero()[0]
        chosen = (self.greatest >= greatest_of(self.greatest, number)).nonzero()[0]
        rows = self.table[chosen]
        row, column = (rows >= greatest_of(rows.reshape(-1), number)).nonzero()
        return chosen[row] * BLOCK + column


def greatest_of(values: NDArray[Any], number: int) -> Any:
    """The `number`-th greatest of at least as many values."""
    place = len(values) - number
    copy = values.copy()
    copy.partition(place)
    return copy[place]
