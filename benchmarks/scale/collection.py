"""A collection of any size from the passages of ../shared/corpus: the first halves of some with the second halves of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from ..search_speed.corpus import Passage, passages

#: Passages that are combined. With more of them the collection has more words; texts are all different below their square.
SOURCES = 100_000
#: From one turn to the next another second half; prime, so that no pair comes twice within SOURCES turns.
STEP = 7_919


class Composed(Sequence[Passage]):
    """`count` passages. The first SOURCES are the passages themselves; what follows is composed, the same each time."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._sources = passages(min(count, SOURCES))

    def __len__(self) -> int:
        return self.count

    @overload
    def __getitem__(self, place: int) -> Passage: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Passage]: ...
    def __getitem__(self, place: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(place, slice):
            return [self._at(one) for one in range(*place.indices(self.count))]
        return self._at(place)

    def __iter__(self) -> Iterator[Passage]:
        return map(self._at, range(self.count))

    def halves(self, place: int) -> tuple[int, int]:
        """Which source gives the title and the first half, and which the second: the same one in the first turn."""
        turn, index = divmod(place, len(self._sources))
        return index, (index + turn * STEP) % len(self._sources)

    def source(self, index: int) -> tuple[Passage, int]:
        """A source, and where its text is divided."""
        one = self._sources[index]
        return one, len(one.text) // 2

    def _at(self, place: int) -> Passage:
        (one, middle), (other, its) = map(self.source, self.halves(place))
        return Passage(
            place + 1, one.title, one.text[:middle] + other.text[its:], other.outlet, one.province, other.day
        )
