"""The Whoosh engine: exact strings, BM25, filters and facets with numpy, on an index that Whoosh can open.

`evaluate(request)` is the door; `archive.search.engine.backend.WhooshEngine` the one for haystack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..records import Request, Response
    from ..tree import Node
    from .lexicon import Lexicon

__all__ = ["evaluate", "holds", "words", "words_beginning"]


def evaluate(request: Request) -> Response:
    """Answer a request from the index of haystack's default connection (hits without snippets).

    An index that is missing, incomplete or damaged is told in the response's `state`.
    """
    from .answering import answer_from
    from .upkeep import current_folder

    return answer_from(current_folder(), request)


def holds(node: Node) -> bool:
    """Whether any article matches."""
    from ..records import Request

    return evaluate(Request(node, limit=0)).total > 0


def words() -> Lexicon:
    """The frequent words of the index; an empty lexicon when it is damaged."""
    from .container import DamagedIndex
    from .lexicon import Lexicon, lexicon
    from .upkeep import current_folder

    try:
        return lexicon(current_folder().generation())
    except DamagedIndex:
        return Lexicon(())


def words_beginning(prefix: str, count: int) -> list[tuple[str, int]]:
    """The most frequent words that begin with a folded prefix (or its pinyin), with how many articles hold each."""
    from .container import DamagedIndex
    from .lexicon import lexicon, living
    from .upkeep import current_folder

    try:
        index = current_folder().generation()
        return living(index, lexicon(index).beginning(prefix, 3 * count), count)
    except DamagedIndex:
        return []
