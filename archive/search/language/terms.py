"""Building nodes: words of a run with their variants, prefixes, and conjunctions in their plain form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from ..folded import name_key, reading
from ..tree import And, Everything, Node, Not, Or, Phrase, Prefix, Variants
from .fields import Field
from .words import whole_words

#: From the key of a term (`folded.name_key`) to its variants.
Thesaurus = Mapping[str, tuple[str, ...]]
NO_VARIANTS: Thesaurus = MappingProxyType({})

Places = list[tuple[int, int]]


def word_nodes(run: str, places: Places, field: Field, thesaurus: Thesaurus) -> list[Node]:
    """The words of `run` at `places`; the longest terms of the thesaurus that end at word ends bring their variants.

    Variants widen a search: where a term is several words, these standing apart are found as without it.
    """
    nodes: list[Node] = []
    first = 0
    while first < len(places):
        last = len(places) - 1
        start = places[first][0]
        while last > first and name_key(run[start : places[last][1]]) not in thesaurus:
            last -= 1
        term = run[start : places[last][1]]
        words = tuple(Phrase(run[a:b], word=True, parts=field.parts) for a, b in places[first : last + 1])
        variants = thesaurus.get(name_key(term), ())
        if variants:
            typed = Phrase(term, word=True, parts=field.parts)
            either = Variants(typed, tuple(Phrase(text, word=True, parts=field.parts) for text in variants))
            nodes.append(either if len(words) == 1 else Or((And(words), either)))
        else:
            nodes += words
        first = last + 1
    return nodes


def prefix_node(run: str, field: Field) -> Node:
    """防控*; of a run of several words the last is the prefix, and the whole must stand as a string."""
    places = whole_words(reading(run))
    start, end = places[-1]
    last = Prefix(run[start:end], parts=field.parts)
    if len(places) == 1:
        return last
    return And((Phrase(run[places[0][0] : end], parts=field.parts), last))


def grounded(node: Node) -> Node:
    """A negation alone takes away from everything."""
    return And((Everything(), node)) if isinstance(node, Not) else node


def all_of(nodes: Sequence[Node]) -> Node | None:
    """All of `nodes`, without repetition and without And inside And; None for none."""
    flat: dict[Node, None] = {}
    for node in nodes:
        flat.update(dict.fromkeys(node.parts if isinstance(node, And) else (node,)))
    if any(not isinstance(node, Not | Everything) for node in flat):
        flat.pop(Everything(), None)
    parts = tuple(flat)
    if len(parts) <= 1:
        return parts[0] if parts else None
    return And(parts) if any(not isinstance(node, Not) for node in parts) else And((Everything(), *parts))
