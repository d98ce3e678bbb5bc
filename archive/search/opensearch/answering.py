"""From a request to a response: totals, one page in order however deep, and complete facets."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from opensearchpy.exceptions import NotFoundError

from archive.catalog.models import Article

from ..records import FacetCount, FacetCounts, FacetName, Hit, Request, Response
from ..tree import Dates, Key, Near, Node, Nothing, Or
from . import stories, verifying
from .connection import Unreachable, alias, client, reaching
from .queries import ALL, Query, condition, filtered, query_of, unweighed
from .weights import weighing

log = logging.getLogger(__name__)

#: Hits of one question: what lies deeper is reached by `search_after`.
WINDOW = 10_000
#: Values of a facet in one question; where there are as many, the rest is asked for page by page.
VALUES = 10_000

_NEWEST: list[dict[str, Any]] = [
    {"latest": {"order": "desc", "missing": "_last"}},
    {"earliest": {"order": "desc", "missing": "_last"}},
    {"pk": "desc"},
]
_OLDEST: list[dict[str, Any]] = [
    {"earliest": {"order": "asc", "missing": "_last"}},
    {"latest": {"order": "asc", "missing": "_last"}},
    {"pk": "asc"},
]
ORDERS: dict[str, list[dict[str, Any]]] = {
    "newest": _NEWEST,
    "oldest": _OLDEST,
    "relevance": [{"_score": {"order": "desc"}}, *_NEWEST],
}


def answer_or_state(request: Request) -> Response:
    """Answer; where no node does, nothing is found and the state says why."""
    nothing = Response(0, (), dict.fromkeys(request.facets, ()))
    try:
        return answer(request)
    except Unreachable as error:
        log.error("the search cluster does not answer: %s", error)
        nothing.state = "unreachable"
    except NotFoundError:
        nothing.state = "building"
    return nothing


def answer(request: Request, sort: list[dict[str, Any]] | None = None) -> Response:
    """Totals, one page of hits in order, and the facets asked for. Unreachable; NotFoundError without an index.

    `sort` stands for the request's own order.
    """
    node = _certain(request.node)
    weigh = weighing(node) if request.sort == "relevance" and request.limit != 0 and sort is None else unweighed
    chosen = {name: _any_of(name, values) for name, values in request.include.items() if values}
    body: dict[str, Any] = {
        "query": {"bool": {"must": [query_of(node, weigh)], **_always(request)}},
        "post_filter": filtered(list(chosen.values())),
        "sort": sort or ORDERS[request.sort],
        "track_scores": True,
        "track_total_hits": True,
        "_source": False,
        "aggs": {name: _facet(name, chosen) for name in request.facets},
    }
    told = _stories(body, request) if request.copies == "one" else None
    if told is not None:
        body["post_filter"] = filtered([*chosen.values(), *told.others()])
    end = None if request.limit is None else request.offset + request.limit
    hits, found = _page(body, request.offset, end)
    total = int(found["hits"]["total"]["value"])
    counted = found.get("aggregations", {})
    facets: dict[FacetName, Sequence[FacetCount]] = {
        name: _counts(counted[name]["values"]["buckets"], body, name, told) for name in request.facets
    }
    return Response(total, hits, facets, copies=told.copies([hit.article_id for hit in hits]) if told else {})


def _stories(body: dict[str, Any], request: Request) -> stories.Stories:
    """All that is found of reprint clusters, page by page."""
    asked = {**stories.question(body, request, _OLDEST), "size": WINDOW}
    members: list[stories.Member] = []
    while found := _ask(asked)["hits"]["hits"]:
        members += map(stories.member, found)
        if len(found) < WINDOW:
            break
        asked = {**asked, "search_after": found[-1]["sort"]}
    return stories.Stories(members, request)


def _certain(node: Node) -> Node:
    """The tree with everything decided that OpenSearch alone cannot decide."""
    known: dict[Near, Node] = {}
    for one in verifying.doubtful(node):
        if one not in known:
            body = {"query": query_of(one), "sort": _OLDEST, "track_total_hits": True, "_source": False}
            keys = verifying.confirmed(one, [hit.article_id for hit in _page(body, 0, None)[0]])
            known[one] = _articles(keys) if keys else Nothing()
    return verifying.replaced(node, known) if known else node


def _articles(keys: list[int]) -> Node:
    found = Article.objects.filter(pk__in=keys).values_list("public_id", flat=True)
    return Or(tuple(Key("id", public_id) for public_id in found))


def _always(request: Request) -> dict[str, list[Query]]:
    """What no facet's own choice may lift."""
    fixed: list[Query] = []
    if request.earliest is not None or request.latest is not None:
        fixed.append(condition(Dates(request.earliest, request.latest)))
    if request.copies == "originals":
        fixed.append({"term": {"original": True}})
    if request.among is not None:
        fixed.append({"terms": {"pk": list(request.among)}})
    less = [_any_of(name, values) for name, values in request.exclude.items() if values]
    if not request.with_sample:
        less.append({"term": {"sample": True}})
    return {"filter": fixed or [ALL], "must_not": less}


def _any_of(name: str, values: tuple[str, ...]) -> Query:
    return {"terms": {name: list(values)}}


def _facet(name: FacetName, chosen: dict[FacetName, Query]) -> dict[str, Any]:
    others = [query for other, query in chosen.items() if other != name]
    return {
        "filter": filtered(others),
        "aggs": {"values": {"terms": {"field": name, "size": VALUES, "order": {"_key": "asc"}}}},
    }


def _counts(
    buckets: list[dict[str, Any]], body: dict[str, Any], name: FacetName, told: stories.Stories | None
) -> FacetCounts:
    if len(buckets) >= VALUES:
        buckets = _every_value(body, name)
    again = told.again(name) if told is not None else {}
    return FacetCounts(
        [one["key"] for one in buckets], [one["doc_count"] - again.get(one["key"], 0) for one in buckets]
    )


def _every_value(body: dict[str, Any], name: FacetName) -> list[dict[str, Any]]:
    """All values of a facet, page by page."""
    facet = body["aggs"][name]
    pages: dict[str, Any] = {"size": VALUES, "sources": [{"value": {"terms": {"field": name}}}]}
    found: list[dict[str, Any]] = []
    while True:
        asked = {"size": 0, "query": body["query"], "aggs": {name: {**facet, "aggs": {"values": {"composite": pages}}}}}
        page = _ask(asked)["aggregations"][name]["values"]
        found += [{"key": one["key"]["value"], "doc_count": one["doc_count"]} for one in page["buckets"]]
        if "after_key" not in page or len(page["buckets"]) < VALUES:
            return found
        pages["after"] = page["after_key"]


def _ask(body: dict[str, Any]) -> Any:
    """The answer of all shards: a part of them would be a wrong count."""
    return reaching(lambda: client().search(index=alias(), body=body, params={"allow_partial_search_results": "false"}))


def _page(body: dict[str, Any], start: int, end: int | None) -> tuple[tuple[Hit, ...], Any]:
    """The hits from place `start` to `end` (None: all), and the first answer, which has totals and facets."""
    if end is not None and end <= WINDOW:
        first = _ask({**body, "from": min(start, end), "size": end - start})
        return tuple(map(_hit, first["hits"]["hits"])), first
    first = answer = _ask({**body, "size": WINDOW})
    hits: list[Hit] = []
    walked = 0
    while found := answer["hits"]["hits"]:
        hits += map(_hit, found[max(start - walked, 0) : None if end is None else max(end - walked, 0)])
        walked += len(found)
        if len(found) < WINDOW or (end is not None and walked >= end) or start >= first["hits"]["total"]["value"]:
            break
        after = {**body, "size": WINDOW, "search_after": found[-1]["sort"], "track_total_hits": False}
        answer = _ask({name: value for name, value in after.items() if name != "aggs"})
    return tuple(hits), first


def _hit(found: dict[str, Any]) -> Hit:
    return Hit(int(found["_id"]), found["_score"] or 0.0)
