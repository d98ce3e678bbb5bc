"""Figures of a part of the archive. They come from the search itself, so that every number on a
page equals the number of articles that its link opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from archive.catalog.models import Article
from archive.search.facet_table import FacetTable
from archive.search.records import FacetName
from archive.search.service import search


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
        return sum(1 for value, count in self.counts("date").items() if len(value) == 10 and count)

    def provinces(self) -> int:
        return sum(1 for code, count in self.counts("place").items() if code.endswith("0000") and count)

    def undated(self) -> int:
        """Articles that stand in no month: known to the year only, or not at all."""
        counts = self.counts("date")
        return sum(count for value, count in counts.items() if value == "~" or (len(value) == 5 and value[-1] == "~"))


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
    )
    return Figures(found.total, found.facets, tuple(one.article for one in found.results[:articles]))
