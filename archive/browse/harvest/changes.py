"""Records in the order of their last change, those that readers may not see any more told as gone.

Gone are pieces with a tombstone; pieces that were published and are kept to editors now; and pieces with several
versions of which the newest waits for an editor. A draft that no reader ever saw is not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from archive.catalog.models import Access, Article, Status, Takedown, VersionRegion
from archive.places.models import code_prefix


@dataclass(frozen=True, slots=True)
class Part:
    """Which records are asked: changed from `since` up to but without `before`; in a province, of an outlet; a single one."""

    since: datetime | None = None
    before: datetime | None = None
    province: str = ""
    outlet: str = ""
    sample: bool = False
    public_id: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """`gone`: "" for a record that stands, else withdrawn, undone, erased or closed (kept to editors)."""

    at: datetime
    public_id: str
    gone: str = ""
    reason: str = ""
    article_id: int | None = None


def changes(part: Part, *, after: tuple[datetime, str] | None = None, most: int) -> list[Change]:
    """At most `most` changes that follow the place `after`, oldest first. Three queries, whatever the number."""
    standing = _rows(_within(Article.objects.published(), part), part, after, most, "changed_at", "pk")
    closed = _rows(_within(_closed(), part), part, after, most, "changed_at", "pk")
    tombs = _rows(_tombs(part), part, after, most, "at", "article_id", "kind", "reason")
    met = [Change(at, key, "", "", pk) for at, key, pk in standing]
    met += [Change(at, key, "closed", "", pk) for at, key, pk in closed]
    met += [Change(at, key, kind, reason, pk) for at, key, pk, kind, reason in tombs]
    return sorted(met, key=lambda one: (one.at, one.public_id))[:most]


def total(part: Part) -> int:
    """How many changes there are in all; three queries."""
    parts: list[tuple[QuerySet[Any], str]] = [
        (_within(Article.objects.published(), part), "changed_at"),
        (_within(_closed(), part), "changed_at"),
        (_tombs(part), "at"),
    ]
    return sum(_timed(rows, part, name).count() for rows, name in parts)


def _closed() -> QuerySet[Article]:
    """What readers could see, or might have, and cannot now, without a tombstone."""
    lost = Q(status=Status.PUBLISHED, access=Access.STAFF) | Q(status=Status.DRAFT, current_version__number__gt=1)
    tombs = Takedown.objects.filter(lifted_at__isnull=True, article__isnull=False)
    return Article.objects.filter(lost, current_version__isnull=False).exclude(pk__in=tombs.values("article"))


def _within(articles: QuerySet[Article], part: Part) -> QuerySet[Article]:
    if not part.sample:
        articles = articles.filter(is_sample=False)
    if part.province:
        places = VersionRegion.objects.filter(region__code__startswith=code_prefix(part.province))
        articles = articles.filter(current_version__in=places.values("version"))
    return articles.filter(outlet__slug=part.outlet) if part.outlet else articles


def _tombs(part: Part) -> QuerySet[Takedown]:
    """Standing tombstones. Of a piece that is deleted nobody knows any more where it belonged."""
    tombs = Takedown.objects.filter(lifted_at__isnull=True)
    if not part.sample:
        tombs = tombs.filter(Q(article__isnull=True) | Q(article__is_sample=False))
    if part.province:
        places = VersionRegion.objects.filter(region__code__startswith=code_prefix(part.province))
        tombs = tombs.filter(article__current_version__in=places.values("version"))
    return tombs.filter(article__outlet__slug=part.outlet) if part.outlet else tombs


def _timed(rows: QuerySet[Any], part: Part, name: str) -> QuerySet[Any]:
    if part.public_id:
        rows = rows.filter(public_id=part.public_id)
    if part.since:
        rows = rows.filter(**{f"{name}__gte": part.since})
    return rows.filter(**{f"{name}__lt": part.before}) if part.before else rows


def _rows(
    rows: QuerySet[Any], part: Part, after: tuple[datetime, str] | None, most: int, name: str, *more: str
) -> list[tuple[Any, ...]]:
    rows = _timed(rows, part, name)
    if after:
        at, key = after
        rows = rows.filter(Q(**{f"{name}__gt": at}) | Q(**{name: at, "public_id__gt": key}), **{f"{name}__gte": at})
    return list(rows.order_by(name, "public_id").values_list(name, "public_id", *more)[:most])
