"""The Whoosh engine: exact strings, BM25, filters and facets with numpy, on an index that Whoosh can open.

`evaluate(request)` is the door; `archive.search.engine.backend.WhooshEngine` the one for haystack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..records import Request, Response
    from ..tree import Node
    from .lexicon import Lexicon

__all__ = ["evaluate", "holders", "holds", "words", "words_beginning"]


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


def holders(strings: Sequence[str]) -> tuple[int, list[int]]:
    """How many articles there are, and how many hold each string; none in an index that is damaged."""
    from .container import DamagedIndex
    from .counting import holders as counted
    from .upkeep import current_folder

    try:
        return counted(current_folder().generation(), strings)
    except DamagedIndex:
        return 0, [0] * len(strings)


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
