"""Posting lists as they lie in a segment: packed so that any one of them is read by a few numpy operations.

A posting is a document (16 bits, for segments hold no more than 65,536) and the number of its shape:
the few hundred combinations of times, weight and parts that occur, the most frequent first, so that
one byte nearly always tells it. Places have 16 bits. What is larger stands apart, in order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import kernels
from .container import Array, DamagedIndex

_PARTS_BITS, _WEIGHT_BITS = 3, 8
#: Combinations below this are counted in a table; more (a character many thousand times in one text) are sorted.
_COUNTED = 1 << 22


@dataclass(slots=True)
class Flat:
    """Posting lists of sorted terms, plain: `first[i]:first[i+1]` are the postings of term i.

    docs; weight: times, those in the title multiplied, at most 255; parts: bits; and for bigrams
    `count` (times) with `places` one after the other in the order of the postings.
    """

    terms: Any
    first: NDArray[np.uint32]
    docs: Array
    weight: NDArray[np.uint8]
    parts: NDArray[np.uint8]
    count: Array | None = None
    places: Array | None = None


@dataclass(slots=True)
class Narrow:
    """Whole numbers in a small type; those at the places `over` stand in full in `full`."""

    small: Array
    over: Array
    full: Array

    @classmethod
    def of(cls, values: Array, kind: type) -> Narrow:
        over = np.flatnonzero(values > np.iinfo(kind).max)
        return cls(values.astype(kind), over.astype(np.int64), values[over].astype(np.uint32))

    def read(self, start: int, end: int) -> Array:
        part = self.small[start:end]
        if len(self.over):
            low, high = np.searchsorted(self.over, (start, end)).tolist()
            if low < high:
                part = part.astype(np.uint32)
                part[self.over[low:high].astype(np.int64) - start] = self.full[low:high]
        return part

    def arrays(self, name: str) -> dict[str, Array]:
        return {name: self.small, f"{name}.over": self.over, f"{name}.full": self.full}

    @classmethod
    def among(cls, arrays: dict[str, Array], name: str) -> Narrow:
        over, full = arrays[f"{name}.over"], arrays[f"{name}.full"]
        if len(over) != len(full):
            raise DamagedIndex(f"{name} is damaged")
        return cls(arrays[name], over.astype(np.int64, copy=False), full.astype(np.uint32, copy=False))


@dataclass(slots=True)
class Postings:
    """Packed posting lists. `weight`, `parts` and `count` are by shape; `places` only for bigrams."""

    terms: Any
    first: NDArray[np.uint32]
    docs: Array
    shape: Narrow
    weight: NDArray[np.uint8]
    parts: NDArray[np.uint8]
    count: Array
    places: Narrow | None = None
    places_first: Array | None = None

    def number(self, term: int | str) -> int | None:
        """The number of a term; None when it does not occur."""
        if isinstance(term, str):
            number: int | None = self.terms.number(term)
            return number
        place: int = kernels.place_of(self.terms, term)
        return place if place >= 0 else None

    def size(self, number: int) -> int:
        """How many documents a term has."""
        return int(self.first[number + 1]) - int(self.first[number])

    def read(self, number: int) -> tuple[Array, NDArray[np.uint8], NDArray[np.uint8]]:
        """Documents, weights and parts of a term."""
        a, b = int(self.first[number]), int(self.first[number + 1])
        shape = self.shape.read(a, b)
        return self.docs[a:b], self.weight[shape], self.parts[shape]

    def times(self, number: int) -> NDArray[np.int64]:
        """How often the term stands in each of its documents."""
        a, b = int(self.first[number]), int(self.first[number + 1])
        return self.count[self.shape.read(a, b)].astype(np.int64)

    def occurrences(self, number: int) -> tuple[Array, Array]:
        """Document and place of each occurrence of a term, in order."""
        assert self.places is not None
        assert self.places_first is not None
        start, end = int(self.places_first[number]), int(self.places_first[number + 1])
        docs = self.docs[int(self.first[number]) : int(self.first[number + 1])]
        if end - start > len(docs):
            docs = np.repeat(docs, self.times(number))
        return docs, self.places.read(start, end)

    def flat(self) -> Flat:
        """All of it, plain (for merging)."""
        shape = self.shape.read(0, len(self.docs))
        flat = Flat(self.terms, self.first, self.docs, self.weight[shape], self.parts[shape])
        if self.places is not None:
            flat.count = self.count[shape]
            flat.places = self.places.read(0, len(self.places.small))
        return flat

    def arrays(self, name: str) -> dict[str, Array]:
        """What is written of it, but for the terms."""
        found = {f"{name}.{part}": getattr(self, part) for part in ("first", "docs", "weight", "parts", "count")}
        found |= self.shape.arrays(f"{name}.shape")
        if self.places is not None and self.places_first is not None:
            found |= self.places.arrays(f"{name}.places")
            found[f"{name}.places_first"] = self.places_first
        return found

    @classmethod
    def among(cls, arrays: dict[str, Array], name: str, terms: Any, *, check: bool = True) -> Postings:
        """Read back what `arrays` gave; `check` looks at every posting."""
        first, docs, weight, parts, count = (
            arrays[f"{name}.{part}"] for part in ("first", "docs", "weight", "parts", "count")
        )
        shape = Narrow.among(arrays, f"{name}.shape")
        if len(first) != len(terms) + 1 or len(shape.small) != len(docs):
            raise DamagedIndex(f"{name} is damaged")
        places = Narrow.among(arrays, f"{name}.places") if f"{name}.places" in arrays else None
        whole = len(terms) == 0 or int(first[-1]) == len(docs)
        if not whole or (check and len(docs) and max(int(shape.small.max()), *shape.full.tolist(), 0) >= len(weight)):
            raise DamagedIndex(f"{name} is damaged")
        count = count.astype(np.uint32, copy=False)
        return cls(terms, first, docs, shape, weight, parts, count, places, arrays.get(f"{name}.places_first"))


def pack(flat: Flat) -> Postings:
    """Pack plain posting lists."""
    times = flat.weight if flat.count is None else flat.count
    shapes = (times.astype(np.uint64) << np.uint64(_WEIGHT_BITS)) | flat.weight
    shapes = (shapes << np.uint64(_PARTS_BITS)) | flat.parts
    found, codes = _by_frequency(shapes)
    places_first = None
    if flat.places is not None and flat.count is not None:
        ends = np.concatenate(([0], np.cumsum(flat.count, dtype=np.int64)))
        places_first = ends[flat.first]
        places_first = places_first.astype(smallest(places_first))
    count = found >> np.uint64(_WEIGHT_BITS + _PARTS_BITS)
    return Postings(
        terms=flat.terms,
        first=flat.first,
        docs=flat.docs.astype(np.uint16 if smallest(flat.docs) is np.uint8 else smallest(flat.docs)),
        shape=Narrow.of(codes, np.uint8),
        weight=(found >> np.uint64(_PARTS_BITS)).astype(np.uint8),
        parts=(found & np.uint64((1 << _PARTS_BITS) - 1)).astype(np.uint8),
        count=count.astype(np.uint32),
        places=None if flat.places is None else Narrow.of(flat.places, np.uint16),
        places_first=places_first,
    )


def _by_frequency(values: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """The distinct values, the most frequent first, and the number of each value among them."""
    if len(values) and int(values.max()) < _COUNTED:
        plain = values.astype(np.int64)
        times = np.bincount(plain)
        found = np.flatnonzero(times)
        found = found[np.argsort(-times[found], kind="stable")]
        rank = np.zeros(len(times), np.uint32)
        rank[found] = np.arange(len(found), dtype=np.uint32)
        return found.astype(np.uint64), rank[plain]
    found, inverse, times = np.unique(values, return_inverse=True, return_counts=True)
    order = np.argsort(-times, kind="stable")
    rank = np.zeros(len(found), np.uint32)
    rank[order] = np.arange(len(found), dtype=np.uint32)
    return found[order].astype(np.uint64), rank[inverse.reshape(-1)].astype(np.uint32)


def terms_of(keys: Array) -> tuple[Array, NDArray[np.uint32]]:
    """The distinct ones of sorted keys, and where each begins."""
    if not len(keys):
        return keys, np.zeros(1, np.uint32)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.append(starts, len(keys)).astype(np.uint32)


def sizes(first: Array) -> NDArray[np.int64]:
    """How many each has, from where each begins."""
    starts = first.astype(np.int64)
    return starts[1:] - starts[:-1]


def smallest(values: Array) -> Any:
    """The smallest unsigned type that holds all values."""
    largest = int(values.max()) if len(values) else 0
    return np.uint8 if largest < 256 else np.uint16 if largest < 65536 else np.uint32 if largest < 2**32 else np.uint64
