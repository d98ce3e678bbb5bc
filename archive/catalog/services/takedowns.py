"""Closing texts: withdrawn, removed, erased by law. A tombstone stays at each public id that readers knew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from ..errors import CatalogError
from ..models import Article, Capture, Status, Takedown
from ..reprints.placing import leave_cluster, refresh
from .history import claim, record_revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def withdraw(*, article: Article, reason: str, by: User | None = None, seen: int | None = None) -> Takedown:
    """Close every way to the text; a tombstone with reason and date stays at its address."""
    if not reason.strip():
        raise CatalogError("撤回须写明理由，读者会在原地址看到它。")
    claim(article=article, seen=seen)
    before = article.status
    article.status = Status.WITHDRAWN
    article.save(update_fields=["status", "changed_at"])
    takedown, _created = Takedown.objects.update_or_create(
        public_id=article.public_id,
        lifted_at=None,
        defaults={"article": article, "kind": Takedown.Kind.WITHDRAWN, "reason": reason.strip(), "by": by},
    )
    refresh(article.pk)
    record_revision(article=article, by=by, field="status", before=before, after=article.status, reason=reason)
    return takedown


@transaction.atomic
def remove(*, article: Article, reason: str, kind: str = Takedown.Kind.UNDONE, by: User | None = None) -> None:
    """Delete an article and all its versions; if readers could see it, its public id becomes a tombstone.

    A capture that held neighbours too (a newspaper page) stays, but closed to readers: it shows the text.
    """
    if article.status != Status.DRAFT:
        Takedown.objects.update_or_create(
            public_id=article.public_id,
            lifted_at=None,
            defaults={"article": None, "kind": kind, "reason": reason, "by": by},
        )
    leave_cluster(article.pk)
    hashes = set(article.versions.values_list("capture__sha256", flat=True))
    article.delete()
    Capture.objects.filter(sha256__in=hashes).update(restricted=True)
