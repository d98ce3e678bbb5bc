"""Counts over the whole archive that a request need not make anew: kept in the process while no article changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from django.db import connection
from django.db.models import Count, Max

from .models import Article, Quantity

T = TypeVar("T")
#: Answers kept in a process; the least lately asked for goes first.
MOST = 64
_kept: OrderedDict[Hashable, tuple[object, object]] = OrderedDict()
_lock = Lock()


def state() -> tuple[object, ...]:
    """What differs after every change that readers can see: each service that writes says when it changed an article.

    Quantities are read anew without a change of their article when the rules change; their keys tell that.
    """
    articles = Article.objects.aggregate(Count("pk"), Max("changed_at"), Max("pk"))
    return (connection.settings_dict["NAME"], *articles.values(), *Quantity.objects.aggregate(Max("pk")).values())


def kept(name: Hashable, count: Callable[[], T]) -> T:
    """The answer of `count`, or that of an earlier call under this name in the same state of the archive."""
    now = state()
    with _lock:
        held = _kept.get(name)
        if held is not None and held[0] == now:
            _kept.move_to_end(name)
            return held[1]  # type: ignore[return-value]  # a name stands for one kind of answer
    found = count()
    with _lock:
        _kept[name] = (now, found)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found
