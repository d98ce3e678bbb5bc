"""What editors decide about copies: confirmed, split or joined, and stable afterwards.

Each decision is about clusters as the editor was shown them: with `seen` (see `states_of`), one that has
changed meanwhile refuses it, with ChangedMeanwhile, and nothing is done.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from ..errors import CatalogError, ChangedMeanwhile
from ..models import Article, Printing, ReprintCluster
from ..services.history import record_revision
from .placing import settle_original
from .telling import telling

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def states_of(clusters: Iterable[int]) -> dict[int, str]:
    """By key of a cluster what an editor decides about: a short hash of its members, its original, whether it is settled."""
    keys = set(clusters)
    held: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    members = Printing.objects.filter(cluster__in=keys).order_by("cluster_id", "article_id")
    for key, article, original in members.values_list("cluster_id", "article_id", "is_original"):
        held[key].append((article, original))
    found = ReprintCluster.objects.filter(pk__in=keys).values_list("pk", "settled")
    return {key: hashlib.sha256(repr((settled, held[key])).encode()).hexdigest()[:16] for key, settled in found}


def _claim(clusters: Iterable[int], seen: Mapping[int, str] | None) -> None:
    """Hold these clusters for a decision by somebody who was shown them in the states `seen`; within a transaction."""
    if seen is None:
        return
    keys = set(clusters)
    list(ReprintCluster.objects.select_for_update().filter(pk__in=keys | seen.keys()).values_list("pk"))
    now = states_of(keys | seen.keys())
    if changed := sorted(key for key in keys | seen.keys() if now.get(key) != seen.get(key)):
        sentence = _(
            "转载组 %(clusters)s 在您打开之后变过（有文章移入、移出，或已由别人核定）。没有作任何改动；请看过现在的各篇再定。"
        )
        raise ChangedMeanwhile(sentence % {"clusters": "、".join(f"#{key}" for key in changed)})


@transaction.atomic
def confirm_cluster(
    *, cluster: ReprintCluster, by: User, note: str = "", seen: Mapping[int, str] | None = None
) -> ReprintCluster:
    """These are copies of one story: no program moves them from now on."""
    _claim([cluster.pk], seen)
    cluster.settled = True
    cluster.note = note.strip()[:300] or cluster.note
    cluster.save(update_fields=["settled", "note", "changed_at"])
    cluster.printings.update(by_editor=True)
    return cluster


@transaction.atomic
def split(
    *, articles: Iterable[Article], by: User, reason: str, seen: Mapping[int, str] | None = None
) -> ReprintCluster:
    """Take these articles, all of one cluster, out of it into a settled cluster of their own.

    A single one gets a cluster of one, so that no program joins it again. Raises CatalogError without a
    reason, or when the articles do not share a cluster or are all of it.
    """
    chosen = list(articles)
    if not reason.strip():
        raise CatalogError(_("拆分须写明理由。"))
    _claim([], seen)
    printings = list(Printing.objects.filter(article__in=chosen).select_related("cluster", "article"))
    clusters = {one.cluster_id for one in printings}
    if len(clusters) != 1 or len(printings) != len(chosen):
        raise CatalogError(_("拆分的文章须同在一个转载组里。"))
    old = printings[0].cluster
    if old.printings.count() == len(printings):
        raise CatalogError(_("选中的是整组；拆分须留下至少一篇。"))
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
def join(
    *, articles: Iterable[Article], by: User, reason: str, seen: Mapping[int, str] | None = None
) -> ReprintCluster:
    """Put these articles, and all that share a cluster with one of them, into one settled cluster."""
    chosen = list(articles)
    if not reason.strip():
        raise CatalogError(_("合并须写明理由。"))
    if len(chosen) < 2:
        raise CatalogError(_("合并须选中两篇以上。"))
    _claim(Printing.objects.filter(article__in=chosen).values_list("cluster", flat=True), seen)
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
