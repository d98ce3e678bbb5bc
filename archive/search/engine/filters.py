"""Haystack's filters (SQ objects) as our tree: content='疫情 防控', content__exact='网格员', place='510000', published__range=…"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from haystack.backends import SQ, SearchNode
from haystack.inputs import BaseInput

from archive.text.words import word_list

from ..folded import is_blank
from ..language import parse
from ..tree import And, Dates, Everything, Key, Node, Not, Nothing, Or, Phrase, Prefix
from ..vocabulary import CatalogVocabulary

_TEXTS: dict[str, Any] = {
    "content": ("title", "body", "caption"),
    "text": ("title", "body", "caption"),
    "title": ("title",),
    "body": ("body",),
    "caption": ("caption",),
}
_KEYS: dict[str, Any] = {name: name for name in ("place", "outlet", "outlet_place", "topic", "script", "author", "id")}


def node_of(query: Any) -> Node:
    """A tree from what haystack hands on: a tree, an SQ, or a query as readers type it.

    Raises QueryError for a query that cannot be read, ValueError for a field or filter that does not exist.
    """
    if isinstance(query, SearchNode):
        return _of_sq(query)
    if isinstance(query, str):
        return Everything() if query.strip() in ("", "*", "*:*") else parse(query, vocabulary=CatalogVocabulary())
    node: Node = query
    return node


def _of_sq(query: SearchNode) -> Node:
    parts = [_of_sq(child) if isinstance(child, SearchNode) else _leaf(*child) for child in query.children]
    if not parts:
        return Everything()
    node: Node = parts[0]
    if len(parts) > 1:
        node = Or(tuple(parts)) if query.connector == SQ.OR else And(tuple(parts))
    return And((Everything(), Not(node))) if query.negated else node


def _leaf(expression: str, value: Any) -> Node:
    field, _, kind = expression.partition("__")
    if isinstance(value, BaseInput):
        exact = type(value).__name__ == "Exact"
        value = value.query_string
        kind = "exact" if exact else kind
    if field in ("published", "date"):
        return _dates(kind or "exact", value)
    if field in _KEYS:
        values = [value] if isinstance(value, str) else list(value)
        keys: list[Node] = [Key(_KEYS[field], str(one)) for one in values]
        return keys[0] if len(keys) == 1 else Or(tuple(keys)) if keys else Nothing()
    if field not in _TEXTS:
        raise ValueError(f"the index has no field {field}")
    return _text(kind or "content", value, _TEXTS[field])


def _text(kind: str, value: Any, parts: Any) -> Node:
    if kind == "in":
        return Or(tuple(Phrase(str(one), parts=parts) for one in value)) if value else Nothing()
    text = str(value)
    if is_blank(text):
        return Everything()
    if kind == "exact":
        return Phrase(text, parts=parts)
    if kind == "startswith":
        return Prefix(text, parts)
    if kind not in ("content", "contains", "fuzzy"):
        raise ValueError(f"there is no text filter {kind}")
    words = list(dict.fromkeys(_covering(text)))
    nodes: tuple[Node, ...] = tuple(Phrase(word, word=True, parts=parts) for word in words)
    return nodes[0] if len(nodes) == 1 else And(nodes)


def _covering(text: str) -> Iterable[str]:
    """The words of a query; what has none (marks alone) counts as it stands."""
    for piece in text.split():
        yield from word_list(piece) or [piece]


def _dates(kind: str, value: Any) -> Node:
    match kind:
        case "exact" | "content":
            return Dates(_day(value), _day(value), exact=True)
        case "range":
            return Dates(_day(value[0]), _day(value[1]))
        case "gte" | "gt":
            return Dates(earliest=_day(value))
        case "lte" | "lt":
            return Dates(latest=_day(value))
    raise ValueError(f"there is no date filter {kind}")


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value))
