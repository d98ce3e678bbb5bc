"""The Whoosh engine: exact strings, BM25, filters and facets with numpy, on an index that Whoosh can open.

`evaluate(request)` is the door; `archive.search.engine.backend.WhooshEngine` the one for haystack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..records import Request, Response

__all__ = ["evaluate"]


def evaluate(request: Request) -> Response:
    """Answer a request from the index of haystack's default connection (hits without snippets).

    An index that is missing, incomplete or damaged is told in the response's `state`.
    """
    from .answering import answer_from
    from .upkeep import current_folder

    return answer_from(current_folder(), request)
