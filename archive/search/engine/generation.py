"""One state of the index, as readers see it: its segments as one, with columns side by side.

Document numbers run through the segments. Nothing here changes once made; a commit makes a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .caching import BoundedCache
from .postings import Postings, sizes
from .segments import MULTI, SegmentData
from .valuesets import ValueSets

Ids = NDArray[np.int32]
Mask = NDArray[np.bool_]
Hits = tuple[Ids, NDArray[np.uint8], NDArray[np.uint8]]  # documents, weights, parts

#: Bytes of postings and masks that one generation may keep in a process.
CACHE_BYTES = 96 * 2**20
#: BM25, as usual in the literature (Robertson and Zaragoza 2009).
K1, B = 1.2, 0.75


class Generation:
    """Columns and posting lists of all segments. `deleted`: numbers within each segment."""

    def __init__(
        self,
        number: int,
        segments: Sequence[SegmentData],
        deleted: Sequence[Iterable[int]],
        *,
        complete: bool = False,
    ) -> None:
        self.number = number
        self.complete = complete  # whether it was built from the whole database
        self.segments = list(segments)
        self.bases = np.concatenate(([0], np.cumsum([one.size for one in segments]))).astype(np.int64)
        self._bases: list[int] = self.bases.tolist()
        self.size = self._bases[-1]
        self.live = np.ones(self.size, bool)
        for base, gone in zip(self.bases, deleted, strict=False):
            numbers = np.fromiter(gone, np.int64)
            self.live[base + numbers] = False
        self.all_live = bool(self.live.all())
        self.count = int(self.live.sum())
        self.cache = BoundedCache(CACHE_BYTES)
        self._counted: dict[str, ValueSets] = {}
        self.pk = self._column("pk", np.int64)
        self.earliest = self._column("earliest", np.int32)
        self.latest = self._column("latest", np.int32)
        self.sample = self._column("sample", np.uint8).astype(bool)
        self.body_end = self._column("body_end", np.int64)
        length = self._column("length", np.float32)
        # Exact, whatever the order of the documents: the same scores after every merge.
        average = float(length[self.live].sum(dtype=np.float64)) / self.count if self.count else 1.0
        self.norm = (K1 * (1 - B + B * length / max(average, 1.0))).astype(np.float32)

    def _column(self, name: str, kind: type) -> NDArray:
        columns = [getattr(one, name) for one in self.segments]
        return np.concatenate(columns).astype(kind) if columns else np.zeros(0, kind)

    @cached_property
    def everything(self) -> Ids:
        return np.flatnonzero(self.live).astype(np.int32)

    # Stories

    @cached_property
    def story(self) -> NDArray[np.int64]:
        """The reprint cluster of each document, 0 for none."""
        return self._column("story", np.int64)

    @cached_property
    def original(self) -> Mask:
        """The documents that are the original of their story, or its only printing."""
        return self._column("original", np.uint8).astype(bool)

    # Values

    @cached_property
    def strings(self) -> dict[str, tuple[dict[str, int], NDArray[np.uint32]]]:
        """String columns: value → number, and the number of each document."""
        found = {}
        for name in ("outlet", "script"):
            table: dict[str, int] = {}
            columns = []
            for one in self.segments:
                values, column = one.strings[name]
                mapped = np.array([table.setdefault(value, len(table)) for value in values], np.uint32)
                columns.append(mapped[column] if len(values) else column)
            found[name] = (table, np.concatenate(columns) if columns else np.zeros(0, np.uint32))
        return found

    @cached_property
    def multi(self) -> dict[str, tuple[dict[str, int], NDArray[np.uint32], Ids]]:
        """Columns of several values: value → number, the numbers one after the other, and whose each is."""
        found = {}
        for name in MULTI:
            table: dict[str, int] = {}
            columns, owners = [], []
            for base, one in zip(self.bases, self.segments, strict=False):
                values, column, first = one.multi[name]
                mapped = np.array([table.setdefault(value, len(table)) for value in values], np.uint32)
                columns.append(mapped[column] if len(values) else column)
                owners.append(np.repeat(np.arange(one.size) + base, sizes(first)).astype(np.int32))
            none: Ids = np.zeros(0, np.int32)
            found[name] = (
                table,
                np.concatenate(columns) if columns else np.zeros(0, np.uint32),
                np.concatenate(owners) if owners else none,
            )
        return found

    @cached_property
    def names(self) -> dict[str, tuple[list[str], Ids]]:
        """For each column the values by number, and the place of each in the order of the values."""
        tables = {name: column[0] for name, column in (*self.strings.items(), *self.multi.items())}
        found = {}
        for name, table in tables.items():
            values = list(table)
            _order, rank = _ranked(np.array(sorted(range(len(values)), key=values.__getitem__), np.int32))
            found[name] = (values, rank)
        return found

    def counted(self, name: str) -> ValueSets:
        """A column ready for counting."""
        if name not in self._counted:
            values, rank = self.names[name]
            if name in self.strings:
                column = self.strings[name][1]
                first = np.arange(self.size + 1)
            else:
                _table, column, owners = self.multi[name]
                first = np.searchsorted(owners, np.arange(self.size + 1))
            self._counted[name] = ValueSets.of(values, rank, column, first)
        return self._counted[name]

    def holding(self, name: str, value: str) -> Mask:
        """The documents with a value in a column."""

        def make() -> Mask:
            mask = np.zeros(self.size, bool)
            if name in self.strings:
                table, column = self.strings[name]
                if value in table:
                    mask = column == table[value]
            else:
                table, values, owners = self.multi[name]
                if value in table:
                    mask[owners[values == table[value]]] = True
            return mask

        return self.cache.get(("holding", name, value), make)

    def digests(self) -> dict[int, str]:
        """Primary key → digest of every living document."""
        found: dict[int, str] = {}
        for base, one in zip(self.bases.tolist(), self.segments, strict=False):
            table, column = one.strings["digest"]
            live = self.live[base : base + one.size]
            found |= {pk: table[n] for pk, n in zip(one.pk[live].tolist(), column[live].tolist(), strict=True)}
        return found

    def with_public_id(self, public_id: str) -> Mask:
        mask = np.zeros(self.size, bool)
        for base, one in zip(self.bases, self.segments, strict=False):
            table, column = one.strings["public_id"]
            if public_id in table:
                mask[base + np.flatnonzero(column == table.index(public_id))] = True
        return mask

    # Order

    @cached_property
    def newest(self) -> tuple[Ids, Ids]:
        """Documents in the order of `newest`, and the place of each document in it."""
        # Days have 22 bits; those of unknown dates are 0 and stand last.
        days = self.latest.astype(np.int64) << 22 | self.earliest
        return _ranked(np.lexsort((-self.pk, -days)))

    @cached_property
    def oldest(self) -> tuple[Ids, Ids]:
        days = self.earliest.astype(np.int64) << 22 | self.latest
        days[self.latest == 0] = 1 << 62
        return _ranked(np.lexsort((self.pk, days)))

    @cached_property
    def living_newest(self) -> Ids:
        """The living documents in the order of `newest`."""
        return self.newest[0][self.live[self.newest[0]]]

    @cached_property
    def living_oldest(self) -> Ids:
        return self.oldest[0][self.live[self.oldest[0]]]

    # Postings

    def character(self, key: int) -> Hits:
        """Documents with a single character."""
        return self._hits("singles", key)

    def bigram(self, key: int) -> Hits:
        return self._hits("bigrams", key)

    def word(self, word: str) -> Hits:
        return self._hits("words", word)

    def _hits(self, kind: str, term: int | str) -> Hits:
        return self.cache.get((kind, term), lambda: self._gather(kind, term))

    def _gather(self, kind: str, term: int | str) -> Hits:
        held = self._holding_term(kind, term)
        counts = [postings.size(number) for postings, number, _base in held]
        size = sum(counts)
        ids, weights, bits = np.empty(size, np.int32), np.empty(size, np.uint8), np.empty(size, np.uint8)
        at = 0
        for (postings, number, base), count in zip(held, counts, strict=True):
            postings.decode(number, base, at, ids, weights, bits)
            at += count
        return self.living(ids, weights, bits)

    def _holding_term(self, kind: str, term: int | str) -> list[tuple[Postings, int, int]]:
        """The posting lists of a term in every segment that has it: its number there, and where its documents begin."""
        held = []
        for base, one in zip(self._bases, self.segments, strict=False):
            postings: Postings = getattr(one, kind)
            number = postings.number(term)
            if number is not None:
                held.append((postings, number, base))
        return held

    def living(self, docs: Ids, weights: NDArray[np.uint8], parts: NDArray[np.uint8]) -> Hits:
        if self.all_live or not len(docs):
            return docs, weights, parts
        keep = self.live[docs]
        return docs[keep], weights[keep], parts[keep]

    def frequency(self, key: int) -> int:
        """How many postings a bigram has, deleted documents counted too."""

        def count() -> int:
            total = 0
            for one in self.segments:
                number = one.bigrams.number(key)
                if number is not None:
                    total += one.bigrams.size(number)
            return total

        return self.cache.get(("frequency", key), count)

    def places(self, key: int) -> NDArray[np.int64]:
        """Each occurrence of a bigram as document << 32 | place, in order; of living documents."""
        return self.cache.get(("places", key), lambda: self._gather_places(key))

    def _gather_places(self, key: int) -> NDArray[np.int64]:
        held = [(*one, one[0].all_times(one[1])) for one in self._holding_term("bigrams", key)]
        joined = np.empty(sum([count for *_, count in held]), np.int64)
        at = 0
        for postings, number, base, count in held:
            postings.decode_places(number, base, at, joined)
            at += count
        return joined if self.all_live or not len(joined) else joined[self.live[joined >> 32]]

    def bigrams_of(self, first: int, shift: int) -> list[int]:
        """The keys of all bigrams that begin with a character (those at the end of a part too)."""
        keys: set[int] = set()
        for one in self.segments:
            low, high = np.searchsorted(one.bigrams.terms, np.array([first << shift, (first + 1) << shift], np.uint64))
            keys.update(one.bigrams.terms[low:high].tolist())
        return sorted(keys)

    def words_beginning(self, prefix: str) -> set[str]:
        return {one.words.terms[number] for one in self.segments for number in one.words.terms.beginning(prefix)}


def _ranked(order: NDArray) -> tuple[Ids, Ids]:
    order = order.astype(np.int32)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return order, rank
