"""Tables of strings: the sorted words of a segment, and columns of values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .container import Array


class WordTable:
    """Sorted words as bytes one after the other: found by halving, read as strings."""

    def __init__(self, blob: Array, first: Array) -> None:
        self.blob, self.first = blob, first
        self._view = memoryview(blob.data)

    @classmethod
    def of(cls, words: Sequence[str]) -> WordTable:
        """The table of words that stand in the order of their bytes."""
        encoded = [word.encode("utf-8", "surrogatepass") for word in words]
        first = np.zeros(len(encoded) + 1, np.uint32)
        np.cumsum([len(one) for one in encoded], out=first[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), first)

    def __len__(self) -> int:
        return len(self.first) - 1

    def some(self, numbers: Array) -> WordTable:
        """The table of the words with these numbers, in order."""
        if len(numbers) == len(self):
            return self
        kept = np.zeros(len(self), bool)
        kept[numbers.astype(np.int64)] = True
        lengths = self.first[1:].astype(np.int64) - self.first[:-1]
        first = np.concatenate(([0], np.cumsum(lengths[kept]))).astype(np.uint32)
        return WordTable(self.blob[np.repeat(kept, lengths)], first)

    def bytes_of(self, number: int) -> bytes:
        """A word in UTF-8."""
        return bytes(self._view[int(self.first[number]) : int(self.first[number + 1])])

    def __getitem__(self, number: int) -> str:
        return self.bytes_of(number).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return (self[number] for number in range(len(self)))

    def at_least(self, word: bytes) -> int:
        """Number of the first word that is not before `word`, in the order of bytes."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.bytes_of(middle) < word:
                low = middle + 1
            else:
                high = middle
        return low

    def number(self, word: str) -> int | None:
        wanted = word.encode("utf-8", "surrogatepass")
        place = self.at_least(wanted)
        return place if place < len(self) and self.bytes_of(place) == wanted else None

    def beginning(self, prefix: str) -> range:
        """Numbers of the words that begin with `prefix`."""
        wanted = prefix.encode("utf-8", "surrogatepass")
        return range(self.at_least(wanted), self.at_least(wanted + b"\xff"))


def string_column(values: Sequence[str]) -> tuple[list[str], NDArray[np.uint32]]:
    """A table of distinct strings, and the number of each value in it."""
    table = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(table), np.array([table[value] for value in values], dtype=np.uint32)


def multi_column(rows: Sequence[Sequence[str]]) -> tuple[list[str], NDArray[np.uint32], NDArray[np.uint32]]:
    """A table of distinct strings, the values of all rows one after the other, and where each row begins."""
    table, values = string_column([value for row in rows for value in row])
    first = np.zeros(len(rows) + 1, np.uint32)
    np.cumsum([len(row) for row in rows], out=first[1:])
    return table, values, first
