"""What a search asks and what it gives, whatever the engine. Pages, command and API speak only this."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

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
#: ready; building: the index does not hold the whole archive yet; damaged: it cannot be read.
State = Literal["ready", "building", "damaged"]
FACETS: tuple[FacetName, ...] = ("place", "date", "outlet", "outlet_place", "topic", "script")


@dataclass(frozen=True, slots=True)
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


@dataclass(slots=True)  # not frozen, which would make it three times as slow: there are many
class Hit:
    article_id: int  # primary key of catalog.Article
    score: float
    snippets: tuple[Snippet, ...] = ()
    title_marks: tuple[Span, ...] = ()  # places in the printed title


class FacetCount(NamedTuple):
    """How many articles hold a value. A tuple, for there are thousands to be made for one page."""

    value: str
    count: int  # type: ignore[assignment]  # a tuple's own count() is of no use here


@dataclass(frozen=True, slots=True)
class Response:
    """`facets` count articles within the query and all filters but the facet's own includes.

    `state` is for the reader to be told: an index that is being built finds not everything yet, a
    damaged one nothing at all.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[FacetName, tuple[FacetCount, ...]] = field(default_factory=dict)
    state: State = "ready"
