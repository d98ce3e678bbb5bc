"""Telling that articles changed when they came into another cluster, or when its original became another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction

from ..models import Article, Printing
from ..signals import articles_changed, bulk_settled


@contextmanager
def telling(articles: Iterable[int], *, at_once: bool) -> Iterator[None]:
    """What is done within may move these articles (by key) and whatever shares a cluster with one of them.

    Those that it moved are told as changed, in this transaction; with `at_once` they are taken up when it has
    committed, else when whoever writes many says so (see `catalog.signals`).
    """
    keys = set(articles)
    before = _places(keys)
    yield
    after = _places(keys | before.keys())
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    if not changed:
        return
    articles_changed.send(sender=Article, keys=changed)
    if at_once:
        transaction.on_commit(lambda: bulk_settled.send(sender=Article))


def _places(articles: set[int]) -> dict[int, tuple[int, bool]]:
    """The cluster, and whether it is the original, of every printing that shares a cluster with one of these."""
    shared = Printing.objects.filter(pk__in=articles).values("cluster")
    rows = Printing.objects.filter(cluster__in=shared).values_list("pk", "cluster_id", "is_original")
    return {key: (cluster, original) for key, cluster, original in rows}
