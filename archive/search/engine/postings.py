"""Posting lists as they lie in a segment: packed so that any one of them is read by a few numpy operations.

A posting is a document (16 bits, for segments hold no more than 65,536) and the number of its shape:
the few hundred combinations of times, weight and parts that occur, the most frequent first, so that
one byte nearly always tells it. Places have 16 bits. What is larger stands apart, in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .container import Array, DamagedIndex
from .documents import STEP_BITS

_PARTS_BITS, _WEIGHT_BITS = 3, 8
#: Combinations below this are counted in a table; more (a character many thousand times in one text) are sorted.
_COUNTED = 1 << 22
#: Numbers that are worked on at a time while lists are packed.
_AT_ONCE = 1 << 20

#: Makes an array of so many numbers of a kind: in memory, or in a file (see `merging`).
Room = Callable[[int, Any], Array]


def in_memory(size: int, kind: Any) -> Array:
    return np.empty(size, kind)


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
        return cls.joined(iter([values]), len(values), kind)

    @classmethod
    def joined(cls, parts: Iterator[Array], size: int, kind: type, room: Room = in_memory) -> Narrow:
        """The numbers of all parts, one after the other: `size` together."""
        small = room(size, kind)
        over, full = [np.zeros(0, np.int64)], [np.zeros(0, np.uint32)]
        place = 0
        for values in parts:
            small[place : place + len(values)] = values.astype(kind)
            high = np.flatnonzero(values > np.iinfo(kind).max)
            over.append(high + place)
            full.append(values[high].astype(np.uint32))
            place += len(values)
        return cls(small, np.concatenate(over), np.concatenate(full))

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
    """Packed posting lists. `weight`, `parts` and `count` are by shape; `places` only for bigrams: those of term i
    begin at `places_first[i]`, those of every 64th posting of all at `places_at`.
    """

    terms: Any
    first: NDArray[np.uint32]
    docs: Array
    shape: Narrow
    weight: NDArray[np.uint8]
    parts: NDArray[np.uint8]
    count: Array
    places: Narrow | None = None
    places_first: Array | None = None
    places_at: Array | None = None

    def number(self, term: int | str) -> int | None:
        """The number of a term; None when it does not occur."""
        if isinstance(term, str):
            number: int | None = self.terms.number(term)
            return number
        from .kernels import place_of  # compiled: a process that only writes needs none of it

        place: int = place_of(self.terms, term)
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

    def flat(self, start: int = 0, end: int | None = None) -> Flat:
        """The lists of the terms from number `start` to before `end`, plain, without the terms (for merging)."""
        first = self.first[start : (len(self.first) - 1 if end is None else end) + 1]
        a, b = int(first[0]), int(first[-1])
        shape = self.shape.read(a, b)
        flat = Flat(None, first - first[0], self.docs[a:b], self.weight[shape], self.parts[shape])
        if self.places is not None and self.places_first is not None:
            flat.count = self.count[shape]
            bounds = self.places_first[start], self.places_first[start + len(first) - 1]
            flat.places = self.places.read(*map(int, bounds))
        return flat

    def arrays(self, name: str) -> dict[str, Array]:
        """What is written of it, but for the terms."""
        found = {f"{name}.{part}": getattr(self, part) for part in ("first", "docs", "weight", "parts", "count")}
        found |= self.shape.arrays(f"{name}.shape")
        if self.places is not None and self.places_first is not None:
            found |= self.places.arrays(f"{name}.places")
            found[f"{name}.places_first"] = self.places_first
            found[f"{name}.places_at"] = self.places_at
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
        places_first, places_at = (arrays.get(f"{name}.{part}") for part in ("places_first", "places_at"))
        if places is not None and places_at is None:  # written before there was one
            places_at = _places_at(shape, count)
        if places_at is not None and len(places_at) != -(-len(docs) >> STEP_BITS):
            raise DamagedIndex(f"{name} is damaged")
        return cls(terms, first, docs, shape, weight, parts, count, places, places_first, places_at)


def _places_at(shape: Narrow, count: Array) -> Array:
    """Where the places of every 64th posting begin, from the times of all."""
    size, before = len(shape.small), 0
    found: list[Array] = []
    for start in range(0, size, _AT_ONCE):
        ends = np.cumsum(count[shape.read(start, min(start + _AT_ONCE, size))], dtype=np.int64) + before
        found.append(np.concatenate(([before], ends[:-1]))[:: 1 << STEP_BITS])
        before = int(ends[-1])
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def pack(flat: Flat, room: Room = in_memory) -> Postings:
    """Pack plain posting lists, some at a time; what is as long as they are is made by `room`."""
    found = _shapes_by_frequency(flat)
    places_first = places_at = None
    if flat.places is not None and flat.count is not None:
        ends = room(len(flat.count) + 1, np.int64)
        ends[0] = 0
        np.cumsum(flat.count, dtype=np.int64, out=ends[1:])
        places_first = ends[flat.first]
        kind = smallest(places_first)
        places_first, places_at = places_first.astype(kind), ends[: -1 : 1 << STEP_BITS].astype(kind)
    count = found >> np.uint64(_WEIGHT_BITS + _PARTS_BITS)
    kind = smallest(flat.docs)
    return Postings(
        terms=flat.terms,
        first=flat.first,
        docs=flat.docs.astype(np.uint16 if kind is np.uint8 else kind, copy=False),
        shape=Narrow.joined(_codes(flat, found), len(flat.docs), np.uint8, room),
        weight=(found >> np.uint64(_PARTS_BITS)).astype(np.uint8),
        parts=(found & np.uint64((1 << _PARTS_BITS) - 1)).astype(np.uint8),
        count=count.astype(np.uint32),
        places=None if flat.places is None else _places(flat.places, room),
        places_first=places_first,
        places_at=places_at,
    )


def _places(places: Array, room: Room) -> Narrow:
    steps = range(0, len(places), _AT_ONCE)
    return Narrow.joined((places[step : step + _AT_ONCE] for step in steps), len(places), np.uint16, room)


def _shapes(flat: Flat) -> Iterator[NDArray[np.uint64]]:
    """The combination of times, weight and parts of each posting, some at a time."""
    times = flat.weight if flat.count is None else flat.count
    for start in range(0, len(flat.docs), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        shapes = (times[some].astype(np.uint64) << np.uint64(_WEIGHT_BITS)) | flat.weight[some]
        yield (shapes << np.uint64(_PARTS_BITS)) | flat.parts[some]


def _shapes_by_frequency(flat: Flat) -> NDArray[np.uint64]:
    """The distinct combinations, the most frequent first."""
    counted: Counter[int] = Counter()
    for shapes in _shapes(flat):
        if int(shapes.max()) < _COUNTED:
            table = np.bincount(shapes.astype(np.int64))
            found = np.flatnonzero(table)
            times = table[found]
        else:
            found, times = np.unique(shapes, return_counts=True)
        counted.update(dict(zip(found.tolist(), times.tolist(), strict=True)))
    ordered = sorted(counted, key=lambda shape: (-counted[shape], shape))
    return np.array(ordered, np.uint64)


def _codes(flat: Flat, found: NDArray[np.uint64]) -> Iterator[NDArray[np.uint32]]:
    """The number of each posting's combination among `found`, some at a time."""
    order = np.argsort(found)
    ranks = order.astype(np.uint32)
    table = np.zeros(0, np.uint32)
    if len(found) and int(found[order[-1]]) < _COUNTED:
        table = np.zeros(int(found[order[-1]]) + 1, np.uint32)
        table[found[order]] = ranks
    for shapes in _shapes(flat):
        yield table[shapes] if len(table) else ranks[np.searchsorted(found, shapes, sorter=order)]


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
