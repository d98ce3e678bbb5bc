"""One state of the index, as readers see it: its segments as one, with columns side by side.

Document numbers run through the segments. Nothing here changes once made; a commit makes a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..records import FacetCounts
from . import conjunctions, gathering, joining, whole_words
from .caching import BoundedCache
from .documents import LAST, SHIFT
from .gathering import Lists
from .segments import SegmentData
from .sorting import by_keys
from .valuesets import ValueSets

Ids = NDArray[np.int32]
Mask = NDArray[np.bool_]
Hits = tuple[Ids, NDArray[np.uint8], NDArray[np.uint8]]  # documents, weights, parts
#: Documents, weights, scores, the greatest score of every block.
Weighed = tuple[Ids, NDArray[np.uint8], NDArray[np.float32], NDArray[np.float32]]
#: The same without weights.
AsWord = tuple[Ids, NDArray[np.float32], NDArray[np.float32]]

#: Bytes of postings and masks that one generation may keep in a process.
CACHE_BYTES = 96 * 2**20
#: BM25, as usual in the literature (Robertson and Zaragoza 2009).
K1, B = 1.2, 0.75
#: Above all pairs of days (of 22 bits each).
_DAYS = 1 << 44


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
        self._counts_of_all: dict[str, FacetCounts] = {}
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

    def counted(self, name: str) -> ValueSets:
        """A column ready for counting."""
        if name not in self._counted:
            self._counted[name] = ValueSets.of([one.sets(name) for one in self.segments])
        return self._counted[name]

    def counts_of_all(self, name: str) -> FacetCounts:
        """How many of the living documents hold each value of a column: counted once, for nothing here changes."""
        if name not in self._counts_of_all:
            self._counts_of_all[name] = self.counted(name).counts(self.everything)
        return self._counts_of_all[name]

    def holding(self, name: str, value: str) -> Mask:
        """The documents with a value in a column."""
        return self.cache.get(("holding", name, value), lambda: self.counted(name).holding(value))

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
        return _ranked(by_keys(_DAYS - days, -self.pk))

    @cached_property
    def oldest(self) -> tuple[Ids, Ids]:
        days = self.earliest.astype(np.int64) << 22 | self.latest
        days[self.latest == 0] = _DAYS
        return _ranked(by_keys(days, self.pk))

    @cached_property
    def living_newest(self) -> Ids:
        """The living documents in the order of `newest`."""
        return self.newest[0][self.live[self.newest[0]]]

    @cached_property
    def living_oldest(self) -> Ids:
        return self.oldest[0][self.live[self.oldest[0]]]

    # Postings

    @cached_property
    def singles(self) -> Lists:
        return Lists([one.singles for one in self.segments], self._bases)

    @cached_property
    def bigrams(self) -> Lists:
        return Lists([one.bigrams for one in self.segments], self._bases)

    @cached_property
    def words(self) -> Lists:
        return Lists([one.words for one in self.segments], self._bases)

    def _lists(self, key: int) -> Lists:
        return self.bigrams if key & LAST else self.singles

    def _numbers(self, key: int) -> NDArray[np.int64]:
        """The number of a character or a bigram in each segment, -1 where that has it not."""
        return self.cache.get(("numbers", key), lambda: self._lists(key).numbers(key))

    def term(self, key: int) -> Hits:
        """Documents with a character or a bigram."""
        return self.cache.get(("hits", key), lambda: self._hits(self._lists(key), key))

    def word(self, word: str) -> Hits:
        """Documents whose segmentation has a word."""
        return self.cache.get(("word", word), lambda: self._hits(self.words, word))

    def _hits(self, lists: Lists, term: int | str) -> Hits:
        found: Hits = gathering.postings(lists.table, lists.numbers(term), self.live, self.all_live)
        return found

    def weighed(self, key: int) -> Weighed:
        """Documents with a character or a bigram, with BM25 and the greatest of every block (see `foremost`)."""
        return self.cache.get(("weighed", key), lambda: self._weighed(key))

    def _weighed(self, key: int) -> Weighed:
        table = self._lists(key).table
        found: Weighed = gathering.weighed(
            table, self._numbers(key), self.live, self.all_live, self.norm, self.count, K1
        )
        return found

    def weighed_as_word(self, key: int, word: str, factor: float, parts: int, share: float) -> AsWord:
        """The same of a term that is a word too: `share` more of its weight where the segmentation has it in `parts`."""
        found: AsWord = whole_words.weighed_as_word(
            self._lists(key).table, self._numbers(key), self.words.table, self.words.numbers(word),
            self.live, self.all_live, self.norm, factor, parts, share,
        )  # fmt: skip
        return found

    def frequency(self, key: int) -> int:
        """How many postings a bigram has, deleted documents counted too."""
        return self.cache.get(("frequency", key), lambda: self._frequency(key))

    def _frequency(self, key: int) -> int:
        return int(gathering.frequency(self._lists(key).table, self._numbers(key)))

    def living(self, key: int) -> int:
        """How many living documents a character or a bigram has."""
        return self.cache.get(("living", key), lambda: self._living(key))

    def _living(self, key: int) -> int:
        if self.all_live:
            return self._frequency(key)
        return int(gathering.living(self._lists(key).table, self._numbers(key), self.live))

    def among(self, key: int, ids: Ids) -> Hits:
        """Which of the documents `ids` have a character or a bigram: their places in `ids`, weights and parts."""
        found: Hits = joining.among(self._lists(key).table, self._numbers(key), ids)
        return found

    def narrowed(
        self, key: int, ids: Ids, scores: NDArray[np.float32], factor: float
    ) -> tuple[Ids, NDArray[np.float32]]:
        """Those of the documents that have a character or a bigram, its BM25 added to their scores."""
        found: tuple[Ids, NDArray[np.float32]]
        found = joining.narrowed(self._lists(key).table, self._numbers(key), ids, scores, self.norm, factor)
        return found

    def having_all(self, keys: Sequence[int]) -> tuple[Ids, NDArray[np.float32]]:
        """The living documents that have all of these characters or bigrams (of one kind), with the sums of their BM25."""
        living = [] if self.all_live else [self.living(key) for key in keys]
        found: tuple[Ids, NDArray[np.float32]] = conjunctions.conjunction(
            self._lists(keys[0]).table, np.array(keys, np.uint64), np.array(living, np.int64), self.live, self.norm,
            self.count, K1,
        )  # fmt: skip
        return found

    def word_among(self, word: str, ids: Ids) -> Hits:
        """The same of a word of the segmentation."""
        found: Hits = joining.among(self.words.table, self.words.numbers(word), ids)
        return found

    def places(self, key: int) -> NDArray[np.int64]:
        """Each occurrence of a bigram as document << 32 | place, in order; of living documents."""
        return self.cache.get(("places", key), lambda: self._places(key, key + 1))

    def string(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Where a string of these bigrams begins, as `places` gives it: looked up in the lists as they lie.

        The places of three or four characters are postings as those of two are, and kept; longer strings are not.
        """
        if len(keys) <= 3:
            return self.cache.get(keys.tobytes(), lambda: self._string(keys))
        return self._string(keys)

    def _string(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        found: NDArray[np.int64] = joining.string(self.bigrams.table, keys, joining.COMMON, self.live, self.all_live)
        return found

    def places_of_character(self, code: int) -> NDArray[np.int64]:
        """The same of a single character: of all bigrams that begin with it (those at the end of a part too)."""
        low, high = code << SHIFT, (code + 1) << SHIFT
        return self.cache.get(("places of character", code), lambda: self._places(low, high))

    def _places(self, low: int, high: int) -> NDArray[np.int64]:
        found: NDArray[np.int64]
        found, several = gathering.occurrences(self.bigrams.table, low, high, self.live, self.all_live)
        if several:
            # Where a text has two readings, several bigrams may begin at one place.
            found.sort()
            found = found[np.concatenate(([True], found[1:] != found[:-1]))] if len(found) else found
        return found

    def words_beginning(self, prefix: str) -> set[str]:
        return {one.words.terms[number] for one in self.segments for number in one.words.terms.beginning(prefix)}


def _ranked(order: NDArray) -> tuple[Ids, Ids]:
    order = order.astype(np.int32)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return order, rank
