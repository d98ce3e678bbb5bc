"""The cluster behind haystack's own seam: SearchQuerySet and the index commands work on it as on the engine on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from haystack.backends import BaseEngine

from archive.catalog.models import Article

from ..engine.backend import WhooshBackend, WhooshQuery
from ..records import Request, Response
from . import upkeep
from .answering import ORDERS, answer, answer_or_state

#: Haystack's fields to sort by that are fields of the index; `published` and `score` are orders of ours.
_SORTED = {"id": "pk", "pk": "pk", "django_id": "pk", "outlet": "outlet"}


class OpenSearchBackend(WhooshBackend):
    """Haystack's backend over the cluster: what is found and written goes to it, all else is the same."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **{"PATH": "", **options})

    def evaluate(self, request: Request) -> Response:
        return answer_or_state(request)

    def respond(self, request: Request, order_by: Sequence[str] = ()) -> Response:
        return answer(request, _sort(order_by) if order_by else None)

    def update(self, index: Any, iterable: Iterable[Model], commit: bool = True) -> None:
        upkeep.update([one.pk for one in iterable])

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        key = obj_or_string.pk if isinstance(obj_or_string, Model) else int(str(obj_or_string).rsplit(".", 1)[-1])
        upkeep.update([key])

    def clear(self, models: Sequence[type[Model]] | None = None, commit: bool = True) -> None:
        if models is None or Article in models:
            upkeep.clear()


def _sort(fields: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for one in fields:
        name, order = one.removeprefix("-"), "desc" if one.startswith("-") else "asc"
        if name == "published":
            found += ORDERS["newest" if order == "desc" else "oldest"][:2]
        elif name == "score":
            found.append({"_score": {"order": order}})
        else:
            found.append({_SORTED[name]: {"order": order, "missing": "_last"}})
    return [*found, *ORDERS["newest"]]


class OpenSearchEngine(BaseEngine):
    backend = OpenSearchBackend
    query = WhooshQuery


__all__ = ["OpenSearchEngine"]
