"""Nearness that no query of OpenSearch tells exactly, of three strings and more or of one that is to stand twice: looked up in the texts themselves."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from archive.catalog.models import Article

from ..folded import folded_strings
from ..texts import texts_of
from ..tree import And, Near, Node, Not, Or
from .queries import tells

#: Articles read from the database at a time.
_CHUNK = 200


def doubtful(node: Node) -> list[Near]:
    """The parts of a tree that OpenSearch alone cannot decide."""
    match node:
        case Near() if not tells(node):
            return [node]
        case And(parts) | Or(parts):
            return [one for part in parts for one in doubtful(part)]
        case Not(part):
            return doubtful(part)
    return []


def confirmed(node: Near, keys: list[int]) -> list[int]:
    """Those of the articles `keys` in which the strings of `node` really stand so."""
    found: list[int] = []
    for start in range(0, len(keys), _CHUNK):
        articles = Article.objects.filter(pk__in=keys[start : start + _CHUNK]).select_related("current_version")
        found += [article.pk for article in articles if _stands(node, article)]
    return found


def _stands(node: Near, article: Article) -> bool:
    version = article.current_version
    if version is None:
        return False
    return any(
        _in_a_row([one.folded().places(phrase.text) for phrase in node.phrases],
                  [len(folded_strings(phrase.text)[0]) for phrase in node.phrases], node.distance)
        for one in texts_of(version)
        if all(one.part in phrase.parts for phrase in node.phrases)
    )  # fmt: skip


def _in_a_row(starts: list[list[int]], lengths: list[int], distance: int) -> bool:
    if not all(starts):
        return False
    for order in permutations(range(len(starts))):
        ends = {start + lengths[order[0]] for start in starts[order[0]]}
        for number in order[1:]:
            near = {start for start in starts[number] if ends.intersection(range(start - distance, start + 1))}
            ends = {start + lengths[number] for start in near}
        if ends:
            return True
    return False


def replaced(node: Node, known: dict[Near, Node]) -> Node:
    """The tree with other nodes for the doubtful ones."""
    match node:
        case Near():
            return known.get(node, node)
        case And(parts) | Or(parts):
            return replace(node, parts=tuple(replaced(part, known) for part in parts))
        case Not(part):
            return Not(replaced(part, known))
    return node
