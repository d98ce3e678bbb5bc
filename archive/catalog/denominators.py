"""What counts of articles are held against: how many outlets appeared on how many days, and how much was printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Sum
from django.db.models.functions import Length

from .keeping import kept
from .models import Article
from .querysets import ArticleQuerySet


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that are counted: all that readers may find, of one division ("" all), within two days (None open)."""

    place: str = ""
    earliest: date | None = None
    latest: date | None = None
    with_sample: bool = True

    def articles(self) -> ArticleQuerySet:
        found = Article.objects.published()
        if not self.with_sample:
            found = found.without_sample()
        if self.place:  # not joined: an article about two places of the division counts once
            found = found.filter(pk__in=Article.objects.about(self.place).values("pk"))
        if self.earliest:
            found = found.filter(current_version__published_earliest__gte=self.earliest)
        if self.latest:
            found = found.filter(current_version__published_latest__lte=self.latest)
        return found.order_by()


def outlets_by_day(scope: Scope) -> dict[date, int]:
    """On each day, of how many outlets an article is held that is known to be of that day."""
    return kept(("outlets_by_day", scope), lambda: _outlets_by_day(scope))


def _outlets_by_day(scope: Scope) -> dict[date, int]:
    rows = (
        scope.articles()
        .filter(outlet__isnull=False, current_version__published_earliest=F("current_version__published_latest"))
        .values_list("current_version__published_earliest")
        .annotate(Count("outlet", distinct=True))
    )
    return dict(rows)


def characters_by_span(scope: Scope) -> dict[tuple[date | None, date | None], int]:
    """Characters of the bodies, white space included, by the first and the last day each may be of.

    To measure every body takes seconds in a large archive: it is done once after a change.
    """
    return kept(("characters_by_span", scope), lambda: _characters_by_span(scope))


def _characters_by_span(scope: Scope) -> dict[tuple[date | None, date | None], int]:
    rows = (
        scope.articles()
        .values_list("current_version__published_earliest", "current_version__published_latest")
        .annotate(characters=Sum(Length("current_version__body")))
    )
    return {(first, last): total for first, last, total in rows}
