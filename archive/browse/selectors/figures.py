"""Figures of a part of the archive. They come from the search itself, so that every number on a
page equals the number of articles that its link opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.utils.translation import get_language

from archive.catalog.models import Article
from archive.search.facet_table import FacetTable
from archive.search.records import FacetName
from archive.search.service import search

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figures:
    """`total` articles, their counts by facet, and the newest of them."""

    total: int
    facets: Mapping[FacetName, FacetTable]
    articles: tuple[Article, ...]

    def counts(self, name: FacetName) -> Mapping[str, int]:
        """Value → articles, of one facet."""
        table = self.facets.get(name)
        return table.counts if table else {}

    def days(self) -> int:
        """On how many days articles appeared that are known to the day."""
        return self.once("date", "days", lambda counts: sum(1 for one, n in counts.items() if len(one) == 10 and n))

    def provinces(self) -> int:
        return self.once(
            "place", "provinces", lambda counts: sum(1 for one, n in counts.items() if one[2:] == "0000" and n)
        )

    def outlets(self) -> int:
        return self.once("outlet", "outlets", lambda counts: sum(1 for n in counts.values() if n))

    def undated(self) -> int:
        """Articles that stand in no month: known to the year only, or not at all."""
        table = self.facets.get("date")
        return _undated(table.longer_than_days) if table else 0

    def once(self, name: FacetName, key: str, make: Callable[[Mapping[str, int]], T]) -> T:
        """What `make` makes of the counts of a facet in the reader's language: kept with the counts, where they are kept."""
        table = self.facets.get(name)
        return table.once((key, get_language()), lambda: make(table.counts)) if table else make({})


def _undated(counts: Mapping[str, int]) -> int:
    return sum(n for one, n in counts.items() if one == "~" or (len(one) == 5 and one[-1] == "~"))


def figures(
    *,
    include: Mapping[FacetName, tuple[str, ...]] | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    facets: tuple[FacetName, ...] = (),
    articles: int = 0,
    sort: str = "newest",
) -> Figures:
    """Count and list the articles within some filters."""
    found = search(
        "",
        include=include,
        earliest=earliest,
        latest=latest,
        sort=sort,
        per_page=max(articles, 1),
        facets=facets,
        snippets=0,
        whole=False,
    )
    return Figures(found.total, found.facets, tuple(one.article for one in found.results[:articles]))
