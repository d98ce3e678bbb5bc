"""The engine behind haystack's own seam: SearchQuerySet and the index commands work on it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils.html import escape
from haystack.backends import BaseEngine, BaseSearchBackend, BaseSearchQuery, SearchNode, log_query
from haystack.models import SearchResult

from archive.catalog.models import Article

from ..records import FACETS, FacetName, Request, Response, Span
from ..snippets import snippets
from ..tree import And, Everything, Node, Nothing
from . import upkeep
from .answering import answer, answer_from
from .filters import node_of
from .folder import folder_at
from .ordering import ready

#: Names under which haystack's facets are asked for.
_FACETS: dict[str, FacetName] = {name: name for name in FACETS}
_LOG = logging.getLogger("haystack")


class Result(SearchResult):
    """Haystack's own result, which asks for its logger once, not once a result."""

    def _get_log(self) -> logging.Logger:
        return _LOG


class WhooshBackend(BaseSearchBackend):
    """Haystack's backend over the index folder."""

    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.path = options["PATH"]

    @property
    def folder(self) -> Any:
        # The path may be set anew (tests): read it each time.
        return folder_at(settings.HAYSTACK_CONNECTIONS[self.connection_alias]["PATH"])

    def evaluate(self, request: Request) -> Response:
        """Answer a request of our own kind (see engine.evaluate)."""
        return answer_from(self.folder, request)

    def respond(self, request: Request, order_by: Sequence[str] = ()) -> Response:
        """Answer haystack's own search, in one of our orders or by haystack's fields."""
        return answer(self.folder.generation(), request, order_by)

    def update(self, index: Any, iterable: Iterable[Model], commit: bool = True) -> None:
        upkeep.update([one.pk for one in iterable], folder=self.folder)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        key = obj_or_string.pk if isinstance(obj_or_string, Model) else int(str(obj_or_string).rsplit(".", 1)[-1])
        with self.folder.writing() as writer:
            writer.remove([key])

    def clear(self, models: Sequence[type[Model]] | None = None, commit: bool = True) -> None:
        if models is None or Article in models:
            upkeep.clear(folder=self.folder)

    def build_schema(self, fields: Any) -> tuple[str, list[dict[str, str]]]:
        """What `haystack_info` and other callers of haystack's seam may ask for: the searched field first."""
        return "text", [{"field_name": name} for name in fields]

    @log_query
    def search(self, query_string: Any, **options: Any) -> dict[str, Any]:
        """Haystack's own search: `query_string` is a tree (of our SearchQuery) or a query as readers type it."""
        node = _whole(query_string, options.get("narrow_queries"), options.get("models"))
        start = options.get("start_offset") or 0
        end = options.get("end_offset")
        order_by = tuple(options.get("sort_by") or ())
        sort = ready(order_by)
        facets = tuple(_FACETS[name] for name in options.get("facets") or () if name in _FACETS)
        if options.get("date_facets") and "date" not in facets:
            facets = (*facets, "date")
        limit = None if end is None else max(end - start, 0)
        request = Request(node, sort=sort or "relevance", offset=start, limit=limit, facets=facets)
        response = self.respond(request, () if sort else order_by)
        kind = options.get("result_class") or SearchResult
        if kind is SearchResult:
            kind = Result
        results = [
            kind("catalog", "article", str(hit.article_id), hit.score, id=f"catalog.article.{hit.article_id}")
            for hit in response.hits
        ]
        if options.get("highlight"):
            _highlight(node, results)
        return {
            "results": results,
            "hits": response.total,
            "facets": _haystack_facets(response, options),
            "spelling_suggestion": None,
        }


def _whole(query: Any, narrowed: Iterable[Any] | None, models: Iterable[type[Model]] | None) -> Node:
    """A query with all that narrows it. Only articles are indexed: of other models there is nothing."""
    if models and Article not in models:
        return Nothing()
    node = node_of(query)
    return And((node, *map(node_of, narrowed))) if narrowed else node


def _highlight(node: Node, results: list[Any]) -> None:
    articles = Article.objects.published().with_parts().in_bulk([int(result.pk) for result in results])
    for result in results:
        article = articles.get(int(result.pk))
        shown = snippets(node, article, 3) if article else ()
        result.highlighted = {"text": [_marked(one.text, one.marks) for one in shown]}


def _marked(text: str, marks: Sequence[Span]) -> str:
    pieces, place = [], 0
    for mark in marks:
        pieces += [escape(text[place : mark.start]), "<em>", escape(text[mark.start : mark.end]), "</em>"]
        place = mark.end
    return "".join([*pieces, escape(text[place:])])


def _haystack_facets(response: Response, options: dict[str, Any]) -> dict[str, Any]:
    if not options.get("facets") and not options.get("date_facets"):
        return {}
    fields = dict(response.facets)  # rows of (value, count), made as they are looked at: there are thousands
    months = [one for one in fields.get("date", ()) if len(one[0]) == 7] if options.get("date_facets") else []
    return {
        "fields": fields,
        "dates": {name: sorted(months) for name in options.get("date_facets") or ()},
        "queries": {},
    }


class _Filters(SearchNode):
    """The conditions of a query. Each step of a chain copies them: the nodes, which the next step changes, not the values."""

    def __deepcopy__(self, memo: dict[int, Any]) -> SearchNode:
        return _copied(self)


def _copied(node: Any) -> Any:
    twin = copy(node)
    twin.children = [_copied(child) if isinstance(child, SearchNode) else child for child in node.children]
    twin.subtree_parents = [_copied(parent) for parent in node.subtree_parents]
    return twin


class WhooshQuery(BaseSearchQuery):
    """Builds the tree itself: nothing is joined into a string on the way."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.query_filter = _Filters()

    def build_query(self) -> Any:
        return node_of(self.query_filter)

    def matching_all_fragment(self) -> Any:
        return Everything()

    def build_params(self, spelling_query: Any = None) -> dict[str, Any]:
        options: dict[str, Any] = {"result_class": self.result_class, "highlight": bool(self.highlight)}
        if self.order_by:
            options["sort_by"] = list(self.order_by)
        if self.end_offset is not None:
            options["end_offset"] = self.end_offset
        options["start_offset"] = self.start_offset or 0
        options["facets"] = list(self.facets)
        options["date_facets"] = dict(self.date_facets)
        options["narrow_queries"] = set(self.narrow_queries)
        options["models"] = set(self.models)
        return options

    def run(self, spelling_query: Any = None, **kwargs: Any) -> None:
        results = self.backend.search(self.build_query(), **{**self.build_params(), **kwargs})
        self._results = results.get("results", [])
        self._hit_count = results.get("hits", 0)
        self._facet_counts = self.post_process_facets(results)
        self._spelling_suggestion = None

    def get_count(self) -> int:
        if self._hit_count is None:
            node = _whole(self.query_filter, self.narrow_queries, self.models)
            self._hit_count = self.backend.respond(Request(node, limit=0)).total
        count: int = self._hit_count
        return count


class WhooshEngine(BaseEngine):
    backend = WhooshBackend
    query = WhooshQuery


__all__ = ["WhooshEngine"]
