"""From a request to a response: filters, order, one page, facets."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Literal

import numpy as np

from ..records import FacetCount, FacetName, Hit, Request, Response
from ..tree import Dates
from .container import DamagedIndex
from .evaluation import Found, days, evaluate_node
from .folder import IndexFolder
from .generation import Generation, Ids, Mask
from .ordering import places_by
from .top import Blocks, greatest_of

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
    found = _filtered(evaluate_node(index, request.node), _always(index, request))
    if request.earliest is not None or request.latest is not None:
        span = Dates(request.earliest, request.latest)
        found = _kept(found, days(index, span, found.ids))
    chosen = {name: _alternatives(index, name, values) for name, values in request.include.items() if values}
    page_of = found
    for mask in chosen.values():
        page_of = _filtered(page_of, mask)
    facets: dict[FacetName, tuple[FacetCount, ...]] = {}
    for name in request.facets:
        counted = page_of
        if name in chosen:
            counted = found
            for other, mask in chosen.items():
                if other != name:
                    counted = _filtered(counted, mask)
        facets[name] = index.counted(name).counts(None if len(counted.ids) == index.size else counted.ids)
    end = None if request.limit is None else request.offset + request.limit
    if order_by:
        ids, scores = _page_by(index, page_of, order_by, request.offset, end)
    else:
        ids, scores = _page(index, page_of, request.sort, request.offset, end)
    hits = tuple(map(Hit, index.pk[ids].tolist(), scores))
    return Response(len(page_of.ids), hits, facets, "ready" if index.complete else "building")


def _always(index: Generation, request: Request) -> Mask | None:
    """What no facet's own choice may lift (besides the span of days): the sample, and what is excluded."""
    mask: Mask | None = None
    if not request.with_sample:
        mask = ~index.sample
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


def _filtered(found: Found, mask: Mask | None) -> Found:
    if mask is None:
        return found
    return _kept(found, mask[found.ids])


def _kept(found: Found, keep: Mask) -> Found:
    if keep.all():
        return found
    return Found(found.ids[keep], None if found.scores is None else found.scores[keep])


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
    if sort != "relevance" or found.scores is None:
        order, ranks = _ranks(index, found, "oldest" if sort == "oldest" else "newest")
        best = -ranks.values[ranks.top(end)]
        best.sort()
        chosen = order[best[start:end]]
        if found.scores is None:
            return chosen, [0.0] * len(chosen)
        return chosen, found.scores[ids.searchsorted(chosen)].tolist()
    scores, rank = found.scores, index.newest[1]
    if end < len(ids):
        blocks = index.cache.get(found.term, lambda: Blocks.of(scores, -np.inf)) if found.term else None
        top = blocks.top(end) if blocks else (scores >= greatest_of(scores, end)).nonzero()[0]
        ids, scores = ids[top], scores[top]
    places = np.lexsort((rank[ids], -scores))[start:end]
    return ids[places], scores[places].tolist()


def _ranks(index: Generation, found: Found, sort: Literal["newest", "oldest"]) -> tuple[Ids, Blocks]:
    """The order of all documents, and for those found how far before its end they stand, the first the greatest."""
    order, rank = index.oldest if sort == "oldest" else index.newest
    if found.term is None:
        return order, Blocks.of(-rank[found.ids], -(2**31))
    return order, index.cache.get((sort, found.term), lambda: Blocks.of(-rank[found.ids], -(2**31)))
