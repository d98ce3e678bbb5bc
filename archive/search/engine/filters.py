"""Haystack's filters (SQ objects) as our tree: content='疫情 防控', content__exact='网格员', place='510000', published__range=…"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from haystack.backends import SQ, SearchNode
from haystack.inputs import AutoQuery, BaseInput, Exact, Raw
from haystack.inputs import Not as Without

from archive.catalog.models import Article
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
        if field in _TEXTS and isinstance(value, Raw | AutoQuery | Without):
            return _input(value, _TEXTS[field])
        kind = "exact" if isinstance(value, Exact) else kind
        value = value.query_string
    if field in ("published", "date"):
        return _dates(kind or "exact", value)
    if field in ("pk", "django_id"):
        wanted = list(value) if kind == "in" else [value]
        found = Article.objects.filter(pk__in=wanted).values_list("public_id", flat=True)
        return Or(tuple(Key("id", public_id) for public_id in found)) if found else Nothing()
    if field in _KEYS:
        values = [value] if isinstance(value, str) else list(value)
        keys: list[Node] = [Key(_KEYS[field], str(one)) for one in values]
        return keys[0] if len(keys) == 1 else Or(tuple(keys)) if keys else Nothing()
    if field not in _TEXTS:
        raise ValueError(f"the index has no field {field}")
    return _text(kind or "content", value, _TEXTS[field])


def _input(value: Raw | AutoQuery | Without, parts: Any) -> Node:
    """Haystack's own kinds of queries: Raw is one as our readers type it, AutoQuery what haystack's manual says."""
    if isinstance(value, Raw):
        return parse(str(value), vocabulary=CatalogVocabulary())
    if isinstance(value, Without):
        return And((Everything(), Not(_text("content", value.query_string, parts))))
    nodes: list[Node] = []
    for number, piece in enumerate(AutoQuery.exact_match_re.split(str(value))):
        if number % 2:  # what stood in quotes
            nodes += [_text("exact", piece, parts)]
            continue
        for token in piece.split():
            without = token.startswith("-") and len(token) > 1
            words = _text("content", token[1:] if without else token, parts)
            nodes.append(Not(words) if without else words)
    return And((Everything(), *nodes))


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
        case "gte":
            return Dates(earliest=_day(value))
        case "gt":
            return Dates(earliest=_day(value) + timedelta(days=1))
        case "lte":
            return Dates(latest=_day(value))
        case "lt":
            return Dates(latest=_day(value) - timedelta(days=1))
    raise ValueError(f"there is no date filter {kind}")


def _day(value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value))
