"""What an article has beside itself, asked in one query: most have none of it, and then nothing more is asked."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from archive.catalog.models import Article, Printing, Repair, RepairState, Sighting, Version
from archive.catalog.reading import kept

from .articles import closed_pieces


class Belongings(NamedTuple):
    """Whether there are earlier versions, other pieces of its capture, printings, sightings, repairs; whether its bytes are closed by another piece."""

    versions: bool
    others: bool
    printings: bool
    sightings: bool
    repairs: bool
    closed: bool


def belongings_of(article: Article) -> Belongings:
    """One query."""
    found = next(kept("belongings", _belongings, article.pk), None)
    return Belongings(*found) if found else Belongings(*(True for _field in Belongings._fields))


def _belongings(article: Any) -> QuerySet[Article, tuple[bool, ...]]:
    earlier = Version.objects.filter(article_id=OuterRef("pk"), number__lt=OuterRef("current_version__number"))
    others = Version.objects.filter(capture_id=OuterRef("current_version__capture_id")).exclude(
        article_id=OuterRef("pk")
    )
    repairs = Repair.objects.filter(
        layer__capture_id=OuterRef("current_version__capture_id"), state=RepairState.APPLIED
    )
    return (
        Article.objects.filter(pk=article)
        .order_by()
        .values_list(
            Exists(earlier),
            Exists(others),
            Exists(Printing.objects.filter(pk=OuterRef("pk"))),
            Exists(Sighting.objects.filter(article_id=OuterRef("pk"))),
            Exists(repairs),
            Exists(closed_pieces(OuterRef("current_version__capture__sha256"))),
        )
    )
