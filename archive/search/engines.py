"""Which engine answers: the one on disk, or the cluster of SEARCH_URL. Pages and commands speak to this door alone."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from django.conf import settings

from . import measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .engine.lexicon import Lexicon
    from .records import Request, Response
    from .tree import Node


def on_cluster() -> bool:
    """Whether the index stands on a cluster (SEARCH_URL)."""
    return bool(settings.SEARCH_URL)


def _chosen() -> Any:
    return importlib.import_module("archive.search.opensearch" if on_cluster() else "archive.search.engine")


def upkeep() -> Any:
    """The upkeep of the index in use: update, rebuild, compare, mend, clear, tidy."""
    return importlib.import_module(".upkeep", _chosen().__name__)


def evaluate(request: Request) -> Response:
    """Answer a request (see `records`)."""
    with measures.SECONDS.labels("cluster" if on_cluster() else "disk").time():
        response: Response = _chosen().evaluate(request)
    return response


def holds(node: Node) -> bool:
    """Whether any article matches."""
    return bool(_chosen().holds(node))


def holders(strings: Sequence[str]) -> tuple[int, list[int]]:
    """How many articles there are, and how many hold each string."""
    found: tuple[int, list[int]] = _chosen().holders(strings)
    return found


def words() -> Lexicon:
    """The frequent words of the index."""
    found: Lexicon = _chosen().words()
    return found


def words_beginning(prefix: str, count: int) -> list[tuple[str, int]]:
    """The most frequent words that begin with a folded prefix, with how many articles hold each."""
    found: list[tuple[str, int]] = _chosen().words_beginning(prefix, count)
    return found
