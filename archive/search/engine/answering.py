"""From a request to a response: filters, order, one page, facets."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

import numpy as np

from ..budget import spend
from ..records import FacetCount, FacetName, Hit, Request, Response
from ..tree import Dates
from .container import DamagedIndex
from .evaluation import Found, evaluate_node, within
from .folder import IndexFolder
from .foremost import best, least_of_blocks, lowest
from .generation import Generation, Ids, Mask
from .ordering import places_by
from .stories import one_each

_hit: Any = partial(tuple.__new__, Hit)  # without the arguments by name: there are many
log = logging.getLogger(__name__)


def answer_from(folder: IndexFolder, request: Request) -> Response:
    """Answer from the present state of an index; a damaged one gives nothing, and says so in `state`."""
    try:
        return answer(folder.generation(), request)
    except DamagedIndex as damage:
        log.error("nothing can be searched until rebuild_index has run: %s", damage)
        return Response(0, (), dict.fromkeys(request.facets, ()), "damaged")


def answer(index: Generation, request: Request, order_by: Sequence[str] = ()) -> Response:
    """Totals, one page of hits in order, and the facets asked for.

    `order_by` has haystack's fields (see `ordering`) and then stands for the request's own order.
    """
    found = evaluate_node(index, request.node)
    barred = _always(index, request)
    if barred is not None:
        found = found.only(barred)
    if request.earliest is not None or request.latest is not None:
        found = within(index, found, Dates(request.earliest, request.latest))
    chosen = {name: _alternatives(index, name, values) for name, values in request.include.items() if values}
    page_of = found
    for mask in chosen.values():
        page_of = page_of.only(mask)
    stories = index.story if request.copies == "one" else None
    facets: dict[FacetName, Sequence[FacetCount]] = {}
    for name in request.facets:
        spend()
        counted = page_of
        if name in chosen:
            counted = found
            for other, mask in chosen.items():
                if other != name:
                    counted = counted.only(mask)
        if stories is None and counted.ids is index.everything:
            facets[name] = index.counts_of_all(name)
        else:
            facets[name] = index.counted(name).counts(counted.ids, stories)
    copies: dict[int, int] = {}
    if request.copies == "one":
        page_of, copies = one_each(index, page_of)
    end = None if request.limit is None else request.offset + request.limit
    if order_by:
        ids, scores = _page_by(index, page_of, order_by, request.offset, end)
    else:
        ids, scores = _page(index, page_of, request.sort, request.offset, end)
    hits = tuple(map(_hit, zip(index.pk[ids].tolist(), scores, strict=True)))
    response = Response(len(page_of.ids), hits, facets, "ready" if index.complete else "building")
    if copies:
        shown = zip(ids.tolist(), hits, strict=True)
        response.copies = {hit.article_id: copies[one] for one, hit in shown if one in copies}
    return response


def _always(index: Generation, request: Request) -> Mask | None:
    """What no facet's own choice may lift (besides the span of days): the sample, what is no original, not among those named, or excluded."""
    mask: Mask | None = None
    if not request.with_sample:
        mask = ~index.sample
    if request.copies == "originals":
        mask = index.original if mask is None else mask & index.original
    if request.among is not None:
        named = np.isin(index.pk, np.array(request.among, index.pk.dtype))
        mask = named if mask is None else mask & named
    for name, values in request.exclude.items():
        if values:
            barred = ~_alternatives(index, name, values)
            mask = barred if mask is None else mask & barred
    return mask


def _alternatives(index: Generation, name: FacetName, values: tuple[str, ...]) -> Mask:
    mask = np.zeros(index.size, bool)
    for value in values:
        mask |= index.holding(name, value)
    return mask


def _page_by(
    index: Generation, found: Found, fields: Sequence[str], start: int, end: int | None
) -> tuple[Ids, list[float]]:
    places = places_by(index, found, fields)[start:end]
    return found.ids[places], [0.0] * len(places) if found.scores is None else found.scores[places].tolist()


def _page(index: Generation, found: Found, sort: str, start: int, end: int | None) -> tuple[Ids, list[float]]:
    """The documents from place `start` to `end` in the order asked for."""
    ids = found.ids
    end = len(ids) if end is None else min(end, len(ids))
    if start >= end:
        return ids[:0], []
    if ids is index.everything:
        chosen = (index.living_oldest if sort == "oldest" else index.living_newest)[start:end]
        return chosen, [0.0] * len(chosen)
    if sort != "relevance" or found.scores is None:
        order, ranks, least = _ranks(index, found, "oldest" if sort == "oldest" else "newest")
        chosen = order[lowest(ranks, least, start, end)]
        if found.scores is None:
            return chosen, [0.0] * len(chosen)
        return chosen, found.scores[ids.searchsorted(chosen)].tolist()
    chosen, scores = best(ids, found.scores, found.greatest, index.newest, start, end)
    return chosen, scores.tolist()


def _ranks(index: Generation, found: Found, sort: Literal["newest", "oldest"]) -> tuple[Ids, Ids, Ids]:
    """The order of all documents, the places in it of those found, and the first of every block of these."""
    order, rank = index.oldest if sort == "oldest" else index.newest

    def make() -> tuple[Ids, Ids]:
        ranks = rank[found.ids]
        return ranks, least_of_blocks(ranks)

    if found.term is None:
        return order, rank[found.ids], found.ids[:0]
    return order, *index.cache.get((sort, found.term), make)
