"""Reads of articles, in plain English."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Prefetch
from django.db.models.lookups import Exact

from archive.places.models import code_prefix

if TYPE_CHECKING:
    from .models import Article  # noqa: F401


class Unindexed(models.Func):
    """A column that SQLite shall choose no index for: of what nearly every row has, the index is the whole table.

    Without statistics SQLite takes an equality on an index for rarer than a list of keys, and would read every
    published article to show ten of them. PostgreSQL has statistics and is told nothing.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> ArticleQuerySet:
        """What readers may find: published, with a current version, not reserved to staff."""
        published = Exact(Unindexed("status"), models.Value("published"))
        return self.filter(published, current_version__isnull=False).exclude(access="staff")

    def shown_whole(self) -> ArticleQuerySet:
        """Published articles whose full text readers may have (Article.shown for many)."""
        return self.published().filter(access="full")

    def without_sample(self) -> ArticleQuerySet:
        return self.filter(is_sample=False)

    def about(self, code: str) -> ArticleQuerySet:
        """Articles with a place (any role) in the division `code` or in one of its parts."""
        return self.filter(current_version__places__region__code__startswith=code_prefix(code)).distinct()

    def between(self, earliest: date, latest: date) -> ArticleQuerySet:
        """Articles whose whole span of possible dates lies within the two days, both included."""
        return self.filter(
            current_version__published_earliest__gte=earliest, current_version__published_latest__lte=latest
        )

    def originals(self) -> ArticleQuerySet:
        """One article for each story: those without a copy, and of each cluster the original."""
        return self.filter(models.Q(printing__isnull=True) | models.Q(printing__is_original=True))

    def without_copies_noted(self) -> ArticleQuerySet:
        """Articles of which the current text has not been compared with the others yet."""
        current = models.Q(copy_print__version=models.F("current_version"))
        return self.filter(current_version__isnull=False).exclude(current)

    def with_parts(self) -> ArticleQuerySet:
        """Everything a list or a page shows, in a constant number of queries."""
        places = apps.get_model("catalog", "VersionRegion").objects.select_related("region__parent__parent__parent")
        return self.select_related("outlet__region", "publisher__region", "current_version__capture").prefetch_related(
            Prefetch("current_version__places", queryset=places), "current_version__bylines"
        )
