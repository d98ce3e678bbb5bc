"""The OpenSearch engine: the same tree, promises and counts as the engine on disk, on a cluster of nodes.

Text goes in already analysed by our own analysis, so that words and characters are the same in both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..engine.lexicon import Lexicon
    from ..records import Request, Response
    from ..tree import Node

__all__ = ["evaluate", "holders", "holds", "words", "words_beginning"]


def evaluate(request: Request) -> Response:
    """Answer a request; a cluster that cannot be reached is told in the response's `state`."""
    from .answering import answer_or_state

    return answer_or_state(request)


def holds(node: Node) -> bool:
    """Whether any article matches."""
    from ..records import Request

    return evaluate(Request(node, limit=0)).total > 0


def holders(strings: Sequence[str]) -> tuple[int, list[int]]:
    """How many articles there are, and how many hold each string."""
    from ..similar import asked_for

    return asked_for(strings, evaluate)


def words() -> Lexicon:
    """The frequent words of the index; an empty lexicon when no node answers."""
    from .vocabulary import lexicon

    return lexicon()


def words_beginning(prefix: str, count: int) -> list[tuple[str, int]]:
    """The most frequent words that begin with a folded prefix (or its pinyin), with how many articles hold each."""
    known = words()
    return [(word, known.articles[word]) for word in known.beginning(prefix, count)]
