"""Several segments made into one, without their deleted documents; and which to merge when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from .postings import Flat, pack, sizes, smallest, terms_of
from .segments import COLUMNS, LARGEST, MULTI, STRINGS, SegmentData
from .tables import WordTable, multi_column, string_column

#: So many segments of about the same size are merged into one of the next size.
FAN = 8


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


def merge(segments: Sequence[SegmentData], deleted: Sequence[Iterable[int]]) -> SegmentData:
    """One segment with the living documents of all, in their order."""
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

    return SegmentData(
        size=base,
        **{name: column(name) for name in COLUMNS},
        bigrams=pack(_merge_postings([one.bigrams.flat() for one in segments], renumber, keep)),
        singles=pack(_merge_postings([one.singles.flat() for one in segments], renumber, keep)),
        words=pack(_merge_words([one.words.flat() for one in segments], renumber, keep)),
        strings={name: string_column(_strings(segments, keep, name)) for name in STRINGS},
        multi={name: multi_column(_rows(segments, keep, name)) for name in MULTI},
    )


def _strings(segments: Sequence[SegmentData], keep: Sequence[NDArray[np.bool_]], name: str) -> list[str]:
    found: list[str] = []
    for segment, living in zip(segments, keep, strict=True):
        table, column = segment.strings[name]
        found += [table[number] for number in column[living].tolist()]
    return found


def _rows(segments: Sequence[SegmentData], keep: Sequence[NDArray[np.bool_]], name: str) -> list[list[str]]:
    found: list[list[str]] = []
    for segment, living in zip(segments, keep, strict=True):
        table, values, first = segment.multi[name]
        numbers, starts = values.tolist(), first.tolist()
        found += [[table[n] for n in numbers[starts[i] : starts[i + 1]]] for i in np.flatnonzero(living).tolist()]
    return found


def _flat(
    postings: Flat, renumber: NDArray[np.int64], living: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.intp], NDArray[np.int64]]:
    """Which postings stay, the number of the term of each that does, and its new document."""
    stays = living[postings.docs] if len(postings.docs) else np.zeros(0, bool)
    terms = np.repeat(np.arange(len(postings.first) - 1), sizes(postings.first))[stays]
    return stays, terms, renumber[postings.docs[stays]] if len(postings.docs) else np.zeros(0, np.int64)


def _merge_postings(
    lists: Sequence[Flat], renumber: Sequence[NDArray[np.int64]], keep: Sequence[NDArray[np.bool_]]
) -> Flat:
    keys, docs, weights, parts, counts, places = [], [], [], [], [], []
    for postings, numbers, living in zip(lists, renumber, keep, strict=True):
        stays, terms, new = _flat(postings, numbers, living)
        keys.append(postings.terms[terms])
        docs.append(new)
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
        flat = np.concatenate(places)[source]
        merged.count = moved.astype(smallest(moved))
        merged.places = flat
    return merged


def _merge_words(
    lists: Sequence[Flat], renumber: Sequence[NDArray[np.int64]], keep: Sequence[NDArray[np.bool_]]
) -> Flat:
    tables = [list(postings.terms) for postings in lists]
    every = sorted(set().union(*tables), key=lambda word: word.encode("utf-8", "surrogatepass")) if tables else []
    number = {word: n for n, word in enumerate(every)}
    mapped = []
    for postings, table in zip(lists, tables, strict=True):
        own = np.array([number[word] for word in table], dtype=np.uint64)
        mapped.append(Flat(own, postings.first, postings.docs, postings.weight, postings.parts))
    merged = _merge_postings(mapped, renumber, keep)
    merged.terms = WordTable.of([every[n] for n in merged.terms.tolist()])
    return merged
