"""Several segments made into one, without their deleted documents; and which to merge when."""

from __future__ import annotations

import heapq
import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from .container import Array
from .postings import Flat, Postings, Room, pack, sizes, terms_of
from .segments import COLUMNS, LARGEST, MULTI, STRINGS, SegmentData
from .tables import WordTable

#: So many segments of about the same size are merged into one of the next size.
FAN = 8
#: Postings that are merged at a time (some 60 bytes each while they are sorted); larger lists lie in files meanwhile.
SLICE = 500_000


def to_merge(sizes: Sequence[int], most: int | None = None) -> list[int]:
    """Numbers of the segments to merge now (by living documents), [] when the index is in order.

    Sizes fall into tiers by powers of FAN; a tier that is full is merged, the smallest first.
    Nothing is merged that would hold more than `most` documents together.
    """
    tiers: dict[int, list[int]] = {}
    for number, size in enumerate(sizes):
        tier = 0
        while size > FAN ** (tier + 1):
            tier += 1
        tiers.setdefault(tier, []).append(number)
    for tier in sorted(tiers):
        if len(tiers[tier]) >= FAN:
            # what is smaller goes along: it costs little and saves a later merge
            chosen = sorted(number for lower, numbers in tiers.items() if lower <= tier for number in numbers)
            if most is not None and sum(sizes[number] for number in chosen) > most:
                continue
            chosen = _within(sizes, chosen)
            if len(chosen) > 1:
                return chosen
    return []


def _within(sizes: Sequence[int], chosen: list[int]) -> list[int]:
    """As many of the chosen, the smallest first, as one segment can hold."""
    kept: list[int] = []
    total = 0
    for number in sorted(chosen, key=sizes.__getitem__):
        total += sizes[number]
        if total > LARGEST:
            break
        kept.append(number)
    return sorted(kept)


def merge(segments: Sequence[SegmentData], deleted: Sequence[Iterable[int]], folder: Path) -> SegmentData:
    """One segment with the living documents of all, in their order.

    Memory does not grow with the segments, but for each distinct string once: lists are merged term by term, and what comes out of
    large ones lies in files without a name in `folder`, which go with the segment.
    """
    renumber: list[NDArray[np.int64]] = []
    keep: list[NDArray[np.bool_]] = []
    base = 0
    for segment, gone in zip(segments, deleted, strict=True):
        living = np.ones(segment.size, bool)
        living[np.fromiter(gone, np.int64)] = False
        keep.append(living)
        renumber.append(np.cumsum(living) - 1 + base)
        base += int(living.sum())

    def column(name: str) -> NDArray:
        return np.concatenate([getattr(one, name)[living] for one, living in zip(segments, keep, strict=True)])

    def plain(name: str) -> Postings:
        lists: list[Postings] = [getattr(one, name) for one in segments]
        return _merged(lists, [one.terms for one in lists], renumber, keep, folder)

    return SegmentData(
        size=base,
        **{name: column(name) for name in COLUMNS},
        bigrams=plain("bigrams"),
        singles=plain("singles"),
        words=_merged_words([one.words for one in segments], renumber, keep, folder),
        strings={name: _string_column(segments, keep, name) for name in STRINGS},
        multi={name: _multi_column(segments, keep, name) for name in MULTI},
    )


def _string_column(
    segments: Sequence[SegmentData], keep: Sequence[NDArray[np.bool_]], name: str
) -> tuple[list[str], NDArray[np.uint32]]:
    """As `tables.string_column` makes it of all values: each distinct string once, else numbers alone."""
    number: dict[str, int] = {}
    columns = [np.zeros(0, np.uint32)]
    for segment, living in zip(segments, keep, strict=True):
        table, column = segment.strings[name]
        columns.append(_renumbered(table, column[living], number))
    return list(number), np.concatenate(columns)


def _multi_column(
    segments: Sequence[SegmentData], keep: Sequence[NDArray[np.bool_]], name: str
) -> tuple[list[str], NDArray[np.uint32], NDArray[np.uint32]]:
    """As `tables.multi_column` makes it of all rows."""
    number: dict[str, int] = {}
    columns, counts = [np.zeros(0, np.uint32)], [np.zeros(1, np.int64)]
    for segment, living in zip(segments, keep, strict=True):
        table, values, first = segment.multi[name]
        held = sizes(first)
        columns.append(_renumbered(table, values[np.repeat(living, held)], number))
        counts.append(held[living])
    return list(number), np.concatenate(columns), np.cumsum(np.concatenate(counts)).astype(np.uint32)


def _renumbered(table: Sequence[str], values: Array, number: dict[str, int]) -> NDArray[np.uint32]:
    """Values by their place in `number`, which takes in those that it has not, in the order in which they come."""
    held, at = np.unique(values, return_index=True)
    moved = np.zeros(len(table), np.uint32)
    for one in held[np.argsort(at)].tolist():
        moved[one] = number.setdefault(table[one], len(number))
    found: NDArray[np.uint32] = moved[values]
    return found


class _Column:
    """Numbers that come part by part: kept in memory, or written to a file without a name."""

    def __init__(self, kind: Any, file: IO[bytes] | None) -> None:
        self._kind, self._parts = kind, [np.zeros(0, kind)]
        self._file = file

    def add(self, values: Array) -> None:
        part = np.ascontiguousarray(values, self._kind)
        if self._file is None:
            self._parts.append(part)
        else:
            self._file.write(part.data)

    def array(self) -> Array:
        if self._file is None:
            return np.concatenate(self._parts)
        self._file.flush()
        size = self._file.tell() // np.dtype(self._kind).itemsize
        return np.memmap(self._file, self._kind, "r", shape=(size,)) if size else self._parts[0]


def _room_in(folder: Path) -> Room:
    def room(size: int, kind: Any) -> Array:
        if not size:
            return np.empty(0, kind)
        with TemporaryFile(dir=folder) as file:
            # A full disk is told here: of a file with holes it would end the process when one is written to.
            os.posix_fallocate(file.fileno(), 0, size * np.dtype(kind).itemsize)
            return np.memmap(file, kind, "w+", shape=(size,))

    return room


def _merged(
    lists: Sequence[Postings],
    terms: Sequence[NDArray[np.uint64]],
    renumber: Sequence[NDArray[np.int64]],
    keep: Sequence[NDArray[np.bool_]],
    folder: Path,
) -> Postings:
    """The lists as one; `terms` are numbers in order that tell the terms of each."""
    aside = folder if sum(len(one.docs) for one in lists) > SLICE else None
    placed = bool(lists) and lists[0].places is not None
    kinds: dict[str, Any] = {"docs": np.uint16, "weight": np.uint8, "parts": np.uint8}
    kinds |= {"count": np.uint32, "places": np.uint32} if placed else {}
    found, first, count = [np.zeros(0, np.uint64)], [np.zeros(1, np.uint32)], 0
    with ExitStack() as files:

        def file() -> IO[bytes] | None:
            return files.enter_context(TemporaryFile(dir=aside)) if aside else None

        columns = {name: _Column(kind, file()) for name, kind in kinds.items()}
        for bounds in _slices(lists, terms):
            part = _merge_flat(
                [(own[a:b], one.flat(a, b)) for one, own, (a, b) in zip(lists, terms, bounds, strict=True)],
                renumber,
                keep,
            )
            found.append(part.terms)
            first.append(part.first[1:] + np.uint32(count))
            count += int(part.first[-1])
            for name, column in columns.items():
                column.add(getattr(part, name))
        flat = Flat(np.concatenate(found), np.concatenate(first), *(column.array() for column in columns.values()))
        return pack(flat, _room_in(aside)) if aside else pack(flat)


def _slices(lists: Sequence[Postings], terms: Sequence[NDArray[np.uint64]]) -> Iterator[list[tuple[int, int]]]:
    """From which of its terms to which each list is merged at a time: about SLICE postings together."""
    total = sum(len(one.docs) for one in lists)
    if not total:
        return
    longest = max(range(len(lists)), key=lambda number: len(lists[number].docs))
    step = max(1, SLICE * len(lists[longest].docs) // total)
    cuts = np.searchsorted(lists[longest].first, np.arange(step, len(lists[longest].docs), step))
    cuts = np.unique(cuts[cuts < len(terms[longest])])
    places = [np.searchsorted(own, terms[longest][cuts]).tolist() for own in terms]
    bounds = [list(pairwise([0, *own, len(every)])) for own, every in zip(places, terms, strict=True)]
    yield from map(list, zip(*bounds, strict=True))


def _merge_flat(
    lists: Sequence[tuple[NDArray[np.uint64], Flat]],
    renumber: Sequence[NDArray[np.int64]],
    keep: Sequence[NDArray[np.bool_]],
) -> Flat:
    """Some terms of all lists, in memory."""
    keys: list[Array] = []
    docs: list[Array] = []
    weights: list[Array] = []
    parts: list[Array] = []
    counts: list[Array] = []
    places: list[Array] = []
    for (own, postings), numbers, living in zip(lists, renumber, keep, strict=True):
        stays = living[postings.docs]
        keys.append(np.repeat(own, sizes(postings.first))[stays])
        docs.append(numbers[postings.docs[stays]])
        weights.append(postings.weight[stays])
        parts.append(postings.parts[stays])
        if postings.count is not None and postings.places is not None:
            times = postings.count.astype(np.int64)
            counts.append(times[stays])
            places.append(postings.places[np.repeat(stays, times)].astype(np.uint32))
    key = np.concatenate(keys)
    order = np.argsort(key, kind="stable")  # documents stay in order within a term
    terms, first = terms_of(key[order])
    merged = Flat(
        terms=terms,
        first=first,
        docs=np.concatenate(docs)[order].astype(np.uint32),
        weight=np.concatenate(weights)[order],
        parts=np.concatenate(parts)[order],
    )
    if counts:
        count = np.concatenate(counts)
        starts = np.cumsum(count) - count
        moved = count[order]
        ends = np.cumsum(moved)
        source = np.repeat(starts[order] - (ends - moved), moved) + np.arange(int(ends[-1]) if len(ends) else 0)
        merged.count, merged.places = moved, np.concatenate(places)[source]
    return merged


def _merged_words(
    lists: Sequence[Postings], renumber: Sequence[NDArray[np.int64]], keep: Sequence[NDArray[np.bool_]], folder: Path
) -> Postings:
    own = [np.empty(len(one.terms), np.uint64) for one in lists]
    blob, ends = bytearray(), array("L", [0])
    last: bytes | None = None
    for word, which, place in heapq.merge(*(_placed(one.terms, which) for which, one in enumerate(lists))):
        if word != last:
            blob += word
            ends.append(len(blob))
            last = word
        own[which][place] = len(ends) - 2
    merged = _merged(lists, own, renumber, keep, folder)
    every = WordTable(np.frombuffer(blob, np.uint8), np.array(ends, np.uint32))
    merged.terms = every.some(merged.terms)
    return merged


def _placed(words: WordTable, which: int) -> Iterator[tuple[bytes, int, int]]:
    return ((words.bytes_of(place), which, place) for place in range(len(words)))
