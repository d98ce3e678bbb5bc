"""What editors decide about copies: confirmed, split or joined, and stable afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from ..errors import CatalogError
from ..models import Article, Printing, ReprintCluster
from ..services.history import record_revision
from .placing import settle_original
from .telling import telling

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def confirm_cluster(*, cluster: ReprintCluster, by: User, note: str = "") -> ReprintCluster:
    """These are copies of one story: no program moves them from now on."""
    cluster.settled = True
    cluster.note = note.strip()[:300] or cluster.note
    cluster.save(update_fields=["settled", "note", "changed_at"])
    cluster.printings.update(by_editor=True)
    return cluster


@transaction.atomic
def split(*, articles: Iterable[Article], by: User, reason: str) -> ReprintCluster:
    """Take these articles, all of one cluster, out of it into a settled cluster of their own.

    A single one gets a cluster of one, so that no program joins it again. Raises CatalogError without a
    reason, or when the articles do not share a cluster or are all of it.
    """
    chosen = list(articles)
    if not reason.strip():
        raise CatalogError("拆分须写明理由。")
    printings = list(Printing.objects.filter(article__in=chosen).select_related("cluster", "article"))
    clusters = {one.cluster_id for one in printings}
    if len(clusters) != 1 or len(printings) != len(chosen):
        raise CatalogError("拆分的文章须同在一个转载组里。")
    old = printings[0].cluster
    if old.printings.count() == len(printings):
        raise CatalogError("选中的是整组；拆分须留下至少一篇。")
    with telling([one.pk for one in chosen], at_once=True):
        new = ReprintCluster.objects.create(settled=True, note=reason.strip()[:300])
        Printing.objects.filter(pk__in=[one.pk for one in printings]).update(
            cluster=new, by_editor=True, is_original=False
        )
        confirm_cluster(cluster=old, by=by)
        for one in printings:
            _tell(one.article, by, old, new, reason)
        settle_original(old)
        settle_original(new)
    return new


@transaction.atomic
def join(*, articles: Iterable[Article], by: User, reason: str) -> ReprintCluster:
    """Put these articles, and all that share a cluster with one of them, into one settled cluster."""
    chosen = list(articles)
    if not reason.strip():
        raise CatalogError("合并须写明理由。")
    if len(chosen) < 2:
        raise CatalogError("合并须选中两篇以上。")
    with telling([one.pk for one in chosen], at_once=True):
        held = {one.pk: one for one in Printing.objects.filter(article__in=chosen).select_related("cluster")}
        clusters = {one.cluster_id: one.cluster for one in held.values()}
        target = min(clusters.values(), key=lambda one: one.pk) if clusters else ReprintCluster.objects.create()
        for other in clusters.values():
            if other.pk != target.pk:
                other.printings.update(cluster=target, is_original=False)
                other.delete()
        for article in chosen:
            old = held[article.pk].cluster if article.pk in held else None
            Printing.objects.update_or_create(
                article=article, defaults={"cluster": target, "by_editor": True}, create_defaults={
                    "cluster": target, "by_editor": True, "overlap": 0.0}
            )  # fmt: skip
            if old is None or old.pk != target.pk:
                _tell(article, by, old, target, reason)
        settle_original(target)
        return confirm_cluster(cluster=target, by=by, note=reason)


def _tell(article: Article, by: User, old: ReprintCluster | None, new: ReprintCluster, reason: str) -> None:
    record_revision(
        article=article,
        by=by,
        field="copies",
        before=str(old) if old and old.pk else None,
        after=str(new),
        reason=reason,
    )
