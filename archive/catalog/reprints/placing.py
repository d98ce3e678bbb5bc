"""Where an article stands among the clusters: what a program may do, and what an editor has settled.

A settled cluster takes in new copies, but it is never merged with another and nothing is taken out of
it; an article that an editor put somewhere stays there.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from archive.text.shingles import Fingerprint, containment

from ..models import Access, Article, CopyPrint, Printing, ReprintCluster, Status
from .telling import telling

Matches = list[tuple[int, float]]


def print_of(row: CopyPrint) -> Fingerprint:
    """The fingerprint that a row keeps."""
    return Fingerprint(np.frombuffer(bytes(row.shingles), "<u4"), np.frombuffer(bytes(row.figures), "<u4"))


def place(article: int, matches: Matches) -> ReprintCluster | None:
    """Put an article (by key) into the cluster of its nearest copy; None when it has no copy.

    `matches` are (article, overlap), the most alike first. Other copies, single or in clusters that no
    editor settled, come in when they are copies of this cluster's original too: a page that holds two
    stories must not make them one. The caller has the cluster's original chosen anew (`settle_original`),
    once for all that it places: it looks at every printing.
    """
    own = Printing.objects.filter(pk=article).select_related("cluster").first()
    if own is not None and (own.by_editor or own.cluster.settled):
        return own.cluster
    if own is not None:
        leave(own)
    if not matches:
        return None
    nearest, overlap = matches[0]
    around = _around(matches)
    if nearest in around:
        cluster = around[nearest].cluster
    else:
        cluster = ReprintCluster.objects.create()
        Printing.objects.create(article_id=nearest, cluster=cluster, overlap=overlap, is_original=True)
    Printing.objects.create(article_id=article, cluster=cluster, overlap=overlap)
    if not cluster.settled and len(matches) > 1:
        _gather(cluster, [other for other, _overlap in matches[1:]])
    return cluster


def _around(matches: Matches) -> dict[int, Printing]:
    found = Printing.objects.filter(pk__in=[other for other, _overlap in matches]).select_related("cluster")
    return {one.pk: one for one in found}


def _gather(cluster: ReprintCluster, others: list[int]) -> None:
    """Bring in the others that are copies of what this cluster began with: single ones, and clusters by their original."""
    around = _around([(other, 0.0) for other in others])
    heads = [key for key in others if key not in around or _may_move(around[key], cluster)]
    original = cluster.printings.order_by("-is_original", "article_id").values_list("pk", flat=True)[0]
    prints = {row.pk: print_of(row) for row in CopyPrint.objects.filter(pk__in=[*heads, original])}
    for key in heads:
        overlap = prints[key].overlap(prints[original]) if key in prints and original in prints else 0.0
        if not overlap:
            continue
        if key in around:
            absorb(cluster, around[key].cluster)
        else:
            Printing.objects.create(article_id=key, cluster=cluster, overlap=overlap)


def _may_move(printing: Printing, cluster: ReprintCluster) -> bool:
    return printing.is_original and printing.cluster_id != cluster.pk and not printing.cluster.settled


def absorb(cluster: ReprintCluster, other: ReprintCluster) -> None:
    """Move all printings of `other` into `cluster`; `other` goes."""
    other.printings.update(cluster=cluster, is_original=False)
    other.delete()


def leave(printing: Printing) -> None:
    """Take an article out of its cluster; a cluster of one that no editor settled goes with it."""
    printing.delete()
    _settle_rest(printing.cluster)


def _settle_rest(cluster: ReprintCluster) -> None:
    left = cluster.printings.count()
    if left == 0 or (left == 1 and not cluster.settled):
        cluster.delete()
    else:
        settle_original(cluster)


def refresh(article: int) -> None:
    """Choose the original of the article's cluster anew, after its status, date or source changed."""
    printing = Printing.objects.filter(pk=article).select_related("cluster").first()
    if printing is not None:
        with telling([article], at_once=True):
            settle_original(printing.cluster)


def leave_cluster(article: int) -> None:
    """Take an article that is about to go out of its cluster, if it is in one."""
    printing = Printing.objects.filter(pk=article).select_related("cluster").first()
    if printing is not None:
        with telling([article], at_once=True):
            leave(printing)


def leave_clusters(articles: Collection[int]) -> None:
    """As `leave_cluster` for each of these, whose clusters are settled once; the index is told, not called."""
    printings = Printing.objects.filter(pk__in=articles)
    clusters = set(printings.order_by().values_list("cluster", flat=True))
    if not clusters:
        return
    with telling(articles, at_once=False):
        printings.delete()
        for cluster in ReprintCluster.objects.filter(pk__in=clusters):
            _settle_rest(cluster)


def settle_original(cluster: ReprintCluster) -> None:
    """Choose the original anew, and measure the others against it.

    Readers' articles before others; a piece that names no other source before one that does; then the
    earliest day that it must have been out by (unknown last), then the one held longest.
    """
    printings = list(
        cluster.printings.select_related("article__current_version", "article__copy_print").order_by("article_id")
    )
    if not printings:
        return
    first = min(printings, key=_precedence)
    changed = [one for one in printings if one.is_original != (one is first)]
    if not changed:
        _measure(first, [one for one in printings if one is not first and not one.by_editor])
        return
    cluster.printings.update(is_original=False)
    Printing.objects.filter(pk=first.pk).update(is_original=True)
    first.is_original = True
    _measure(first, [one for one in printings if one is not first])


def _precedence(printing: Printing) -> Any:
    article: Article = printing.article
    version = article.current_version
    hidden = article.status != Status.PUBLISHED or article.access == Access.STAFF
    taken = bool(article.outlet_id and article.publisher_id and article.outlet_id != article.publisher_id)
    day = version.published_latest.toordinal() if version and version.published_latest else 10**7
    return hidden, taken, day, article.pk


def _measure(original: Printing, others: list[Printing]) -> None:
    prints = {row.pk: print_of(row) for row in CopyPrint.objects.filter(pk__in=[original.pk, *(o.pk for o in others)])}
    original.overlap = 1.0
    for one in others:
        if one.pk in prints and original.pk in prints:
            one.overlap = containment(prints[one.pk].shingles, prints[original.pk].shingles)
    Printing.objects.bulk_update([original, *others], ["overlap"])
