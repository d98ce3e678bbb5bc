"""Removing many records at once: what the undoing of a large import needs.

The same rules as in `services`, by sets of records that are never read; within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Model, ProtectedError
from django.db.models.deletion import get_candidate_relations_to_delete

from . import store
from .inserting import insert_records
from .models import Article, Capture, Status, Takedown
from .reprints.placing import leave_clusters
from .signals import articles_changed


def remove_articles(articles: Sequence[Article], *, reason: str, kind: str = Takedown.Kind.UNDONE) -> None:
    """As `services.remove` for each of these; whoever calls says when the index takes it up (see `signals`)."""
    keys = [article.pk for article in articles]
    _leave_tombstones([one.public_id for one in articles if one.status != Status.DRAFT], reason, kind)
    leave_clusters(keys)
    hashes = set(Capture.objects.filter(versions__article__in=keys).order_by().values_list("sha256", flat=True))
    delete(Article, keys)
    Capture.objects.filter(sha256__in=hashes).update(restricted=True)
    articles_changed.send(sender=Article, keys=keys)


def _leave_tombstones(public_ids: list[str], reason: str, kind: str) -> None:
    standing = Takedown.objects.filter(public_id__in=public_ids, lifted_at=None)
    told = set(standing.values_list("public_id", flat=True))
    standing.update(article=None, kind=kind, reason=reason, by=None)
    insert_records([Takedown(public_id=one, kind=kind, reason=reason) for one in public_ids if one not in told])


def discard_captures(keys: Collection[int]) -> None:
    """As `services.discard_capture` for each of these: those that a version or a member needs stay, bytes go after the commit."""
    while keys:
        free = Capture.objects.filter(pk__in=keys, versions__isnull=True, members__isnull=True)
        found = list(free.order_by().values_list("pk", "sha256", "container"))
        if not found:
            return
        delete(Capture, [key for key, _sha256, _container in found])
        hashes = {sha256 for _key, sha256, _container in found}
        hashes -= set(Capture.objects.filter(sha256__in=hashes).order_by().values_list("sha256", flat=True))
        transaction.on_commit(partial(_destroy, hashes))
        keys = {container for _key, _sha256, container in found if container is not None}


def _destroy(hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        store.destroy(sha256)


def delete(model: type[Model], keys: Collection[Any]) -> None:
    """Delete these rows and what the models say goes with them, as `QuerySet.delete` does, but read nothing and tell no one.

    Raises ProtectedError where something that stays needs one of them.
    """
    relations: Iterable[Any] = get_candidate_relations_to_delete(model._meta)
    for relation in relations:
        field = relation.field
        pointing = relation.related_model._base_manager.filter(**{f"{field.name}__in": keys})
        if relation.on_delete is models.CASCADE:
            _delete_all(pointing)
        elif relation.on_delete is models.SET_NULL:
            pointing.update(**{field.name: None})
        elif relation.on_delete is models.PROTECT and pointing.exists():
            raise ProtectedError(f"{model.__name__} is needed by {relation.related_model.__name__}", set(pointing[:9]))
    model._base_manager.filter(pk__in=keys)._raw_delete(connection.alias)


def _delete_all(rows: models.QuerySet[Any]) -> None:
    if any(get_candidate_relations_to_delete(rows.model._meta)):
        delete(rows.model, list(rows.values_list("pk", flat=True)))
    else:
        rows._raw_delete(connection.alias)
