"""The values of one facet with their counts. There may be thousands: names are looked up only for those that are shown."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, overload

from . import facet_values
from .records import FacetCount, FacetCounts, FacetName, pairs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    included: bool = False
    excluded: bool = False


class FacetTable(Sequence[FacetValue]):
    """In the order of the engine: the most articles first, then by value.

    A chosen value stays to be seen (and unchosen) when it counts nothing. To go through all of it names every value;
    `counts` and `some` are for pages.
    """

    def __init__(
        self, name: FacetName, found: Sequence[FacetCount], included: Iterable[str] = (), excluded: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.included, self.excluded = frozenset(included), frozenset(excluded)
        #: The values included or excluded.
        self.chosen = self.included | self.excluded
        self._found = found
        numbers = self.once("numbers", lambda: dict(pairs(found)))
        if self.chosen:
            numbers = {**numbers, **{value: 0 for value in (*included, *excluded) if value not in numbers}}
        #: Value → articles, in order.
        self.counts: Mapping[str, int] = numbers

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What can be made of the counts alone: kept with them, so that counts that are given out again need it only once."""
        return self._found.once(key, make) if isinstance(self._found, FacetCounts) else make()

    @cached_property
    def longer_than_days(self) -> Mapping[str, int]:
        """Of the counts by date those of months, years and unknown dates: a handful among a thousand days."""

        def make() -> Mapping[str, int]:
            return {value: n for value, n in self.counts.items() if len(value) != 10}

        return make() if self.chosen else self.once("longer than days", make)

    def more_than(self, number: int) -> bool:
        """Whether more than so many values count anything."""
        left = number + 1
        for count in self.counts.values():
            left -= count > 0
            if not left:
                return True
        return False

    def some(self, values: Iterable[str]) -> list[FacetValue]:
        """These values with their names, in the order given; those that the facet does not have are left out."""
        held = [value for value in values if value in self.counts]
        if not held:
            return []
        labels = facet_values.labels(self.name, held)
        return [
            FacetValue(value, labels[value], self.counts[value], value in self.included, value in self.excluded)
            for value in held
        ]

    @cached_property
    def _all(self) -> list[FacetValue]:
        return self.some(self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    def __iter__(self) -> Iterator[FacetValue]:
        return iter(self._all)

    @overload
    def __getitem__(self, place: int) -> FacetValue: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[FacetValue]: ...
    def __getitem__(self, place: int | slice) -> FacetValue | Sequence[FacetValue]:
        return self._all[place]
