"""Writing many records at once: what an import of a hundred thousand pieces needs.

The same rules as in `services`, with one statement for many rows; within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from .fingerprints import capture_identity
from .inserting import insert_records
from .models import Article, Capture, Version
from .public_ids import new_public_ids
from .services.articles import strictest
from .signals import articles_changed

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Receipt:
    """Bytes that were received, as `services.keep_capture` takes them, already hashed and kept."""

    sha256: str
    size: int
    media_type: str
    original_name: str = ""
    source_url: str = ""
    captured_at: datetime | None = None
    uploaded_by: User | None = None
    container: Capture | None = None
    member: str = ""
    offset: int | None = None

    @property
    def identity(self) -> str:
        return capture_identity(
            self.sha256,
            self.source_url,
            self.captured_at.isoformat() if self.captured_at else "",
            self.container.sha256 if self.container else "",
            self.member,
            self.offset,
        )


def keep_captures(receipts: Iterable[Receipt]) -> dict[str, Capture]:
    """The captures of these receipts by identity; those that are not held yet are made."""
    wanted = {receipt.identity: receipt for receipt in receipts}
    held = _by_identity(wanted)
    missing = [_capture(identity, receipt) for identity, receipt in wanted.items() if identity not in held]
    if missing:
        try:
            with transaction.atomic():
                insert_records(missing, known_by=["identity"])
            held |= {capture.identity: capture for capture in missing}
        except IntegrityError:
            # Another process has made one of them meanwhile; then that one is taken.
            Capture.objects.bulk_create(missing, ignore_conflicts=True)
            held |= _by_identity(capture.identity for capture in missing)
    return held


def _by_identity(identities: Iterable[str]) -> dict[str, Capture]:
    return {capture.identity: capture for capture in Capture.objects.filter(identity__in=list(identities))}


def _capture(identity: str, receipt: Receipt) -> Capture:
    return Capture(
        identity=identity,
        sha256=receipt.sha256,
        size=receipt.size,
        media_type=receipt.media_type,
        original_name=receipt.original_name[:255],
        source_url=receipt.source_url[:2000],
        captured_at=receipt.captured_at,
        uploaded_by=receipt.uploaded_by,
        container=receipt.container,
        member=receipt.member[:1000],
        offset=receipt.offset,
    )


def create_articles(articles: Sequence[Article]) -> None:
    """Make articles that have no version yet: each gets a public id where it has none, and is as open as its outlets."""
    for article in articles:
        article.access = strictest(article.publisher, article.outlet)
    without = [article for article in articles if not article.public_id]
    for article, public_id in zip(without, new_public_ids(len(without)), strict=True):
        article.public_id = public_id
    insert_records(articles, known_by=["public_id"])


_LENGTHS = [
    (one.attname, one.max_length)
    for one in Version._meta.concrete_fields
    if isinstance(one, models.CharField) and one.max_length
]


class NewVersions:
    """Versions to be added to articles (saved or not yet), each numbered after the one before it."""

    def __init__(self) -> None:
        self.versions: list[Version] = []
        self._last: dict[int, int] = {}  # by the identity of the object: an unsaved article has no key
        self._articles: list[Article] = []

    def add(self, article: Article, **fields: Any) -> Version:
        """The version, unsaved. ValidationError for a value that its field does not take."""
        if id(article) not in self._last:
            held = article.versions.aggregate(last=Max("number"))["last"] if article.pk else None
            self._last[id(article)] = held or 0
            self._articles.append(article)
        self._last[id(article)] += 1
        version = Version(article=article, number=self._last[id(article)], **fields)
        # Lengths, of which not every database takes care; all else is refused by its constraints.
        if any(len(getattr(version, name)) > most for name, most in _LENGTHS):
            version.clean_fields(exclude=["article", "capture"])
        self.versions.append(version)
        return version

    def save(self) -> None:
        """Write them, make the newest of each article its current one, and tell that the articles changed.

        An article with a version that waits (see catalog.waiting) keeps its current one.
        """
        earlier = [article.pk for article in self._articles if article.pk and self._last[id(article)] > 1]
        later = Q(versions__number__gt=F("current_version__number"))
        waiting = set(Article.objects.filter(later, pk__in=earlier).values_list("pk", flat=True)) if earlier else set()
        for version in self.versions:
            version.article = version.article  # whose key it takes, which is there by now
        insert_records(self.versions, known_by=["article_id", "number"])
        keys = [article.pk for article in self._articles]
        told: dict[str, Any] = {"changes": F("changes") + 1, "changed_at": timezone.now()}
        newest = Version.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")[:1]
        Article.objects.filter(pk__in=set(keys) - waiting).update(current_version=Subquery(newest), **told)
        if waiting:
            Article.objects.filter(pk__in=waiting).update(**told)
        for version in self.versions:
            if version.article_id not in waiting:
                version.article.current_version = version
        articles_changed.send(sender=Article, keys=keys)
