"""What a search asks and what it gives, whatever the engine. Pages, command and API speak only this."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple, TypeVar, overload

from .tree import Node

#: newest: by the last possible day, then by the first, the latest first; oldest: by the first possible
#: day, then by the last; unknown dates stand last in both. Equal ones, and equal scores in the order
#: of relevance: newest first, then the larger primary key first (oldest: the smaller).
Sort = Literal["relevance", "newest", "oldest"]
#: Facets: place values are division codes of every level (an article counts for each unit above its
#: places), date values "2020", "2020-02", "2020-02-24" and "2020-02~" / "2020~" / "~" for dates known
#: only to the month, the year, or not at all (or to no single year). An article known to a day
#: counts for its day, month and year; one known to a month for "2020-02", "2020" and "2020-02~".
FacetName = Literal["place", "date", "outlet", "outlet_place", "topic", "script"]
#: ready; building: the index does not hold the whole archive yet; damaged: it cannot be read;
#: unreachable: no node of the cluster answers.
State = Literal["ready", "building", "damaged", "unreachable"]
#: all: every printing. one: one hit a story (a reprint cluster, or an article without copies): its original where that
#: is found, else the earliest found; `total` and facets count stories, a story for each value that one of its printings
#: found holds. originals: what `ArticleQuerySet.originals` has, and nothing else.
Copies = Literal["all", "one", "originals"]
FACETS: tuple[FacetName, ...] = ("place", "date", "outlet", "outlet_place", "topic", "script")


@dataclass(slots=True)  # not frozen, which takes three times as long to make: nothing changes one
class Request:
    """`include`/`exclude`: facet → values. Values of one facet are alternatives; facets add up."""

    node: Node
    include: dict[FacetName, tuple[str, ...]] = field(default_factory=dict)
    exclude: dict[FacetName, tuple[str, ...]] = field(default_factory=dict)
    earliest: date | None = None
    latest: date | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int | None = 20  # None: all
    facets: tuple[FacetName, ...] = ()
    snippets: int = 0  # how many a hit
    with_sample: bool = True
    copies: Copies = "all"
    among: tuple[int, ...] | None = None  # primary keys: nothing else is found or counted


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of `text` to be highlighted."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """60–80 printed characters around hits; `marks` are places within `text`; `part` where it stands."""

    text: str
    marks: tuple[Span, ...]
    part: Literal["title", "body", "caption"]
    before: bool  # text was cut off before
    after: bool


class Hit(NamedTuple):
    """One article found. A tuple, for it is the quickest to make."""

    article_id: int  # primary key of catalog.Article
    score: float


class FacetCount(NamedTuple):
    """How many articles hold a value."""

    value: str
    count: int  # type: ignore[assignment]  # a tuple's own count() is of no use here


T = TypeVar("T")
#: Things made of one object of counts that are kept with it.
MOST_MADE = 40


class FacetCounts(Sequence[FacetCount]):
    """The counts of one facet as two columns, for there are thousands on a page and few are looked at."""

    __slots__ = ("_made", "counts", "values")

    def __init__(self, values: list[str], counts: list[int]) -> None:
        self.values, self.counts = values, counts
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes of these counts and of nothing else that changes; kept as long as they are."""
        made: T
        try:
            made = self._made[key]
        except KeyError:
            made = make()
            if len(self._made) >= MOST_MADE:
                self._made.clear()
            self._made[key] = made
        return made

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[FacetCount]:
        return map(FacetCount, self.values, self.counts)

    @overload
    def __getitem__(self, place: int) -> FacetCount: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[FacetCount]: ...
    def __getitem__(self, place: int | slice) -> FacetCount | Sequence[FacetCount]:
        if isinstance(place, slice):
            return FacetCounts(self.values[place], self.counts[place])
        return FacetCount(self.values[place], self.counts[place])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]


def pairs(found: Sequence[FacetCount]) -> list[tuple[str, int]]:
    """Values with their counts as plain tuples."""
    if isinstance(found, FacetCounts):
        return list(zip(found.values, found.counts, strict=True))
    return [(one.value, one.count) for one in found]


@dataclass(slots=True)  # not frozen, as Request
class Response:
    """`facets` count articles within the query and all filters but the facet's own includes.

    `state` is for the reader to be told: an index that is being built finds not everything yet, a
    damaged one nothing at all. `copies`, where stories were asked for: hit (its article) → printings found of its story,
    where there are several.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[FacetName, Sequence[FacetCount]] = field(default_factory=dict)
    state: State = "ready"
    copies: dict[int, int] = field(default_factory=dict)
