"""From a request to a response: filters, order, one page, facets."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np

from ..records import FacetCount, FacetName, Hit, Request, Response
from ..tree import Dates
from .container import DamagedIndex
from .evaluation import Found, dates, evaluate_node
from .folder import IndexFolder
from .generation import Generation, Ids, Mask
from .ordering import places_by

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
        facets[name] = _counts(index, name, counted.ids)
    end = None if request.limit is None else request.offset + request.limit
    if order_by:
        ids, scores = _page_by(index, page_of, order_by, request.offset, end)
    else:
        ids, scores = _page(index, page_of, request.sort, request.offset, end)
    hits = tuple(Hit(pk, score) for pk, score in zip(index.pk[ids].tolist(), scores, strict=True))
    return Response(len(page_of.ids), hits, facets, "ready" if index.complete else "building")


def _always(index: Generation, request: Request) -> Mask | None:
    """What no facet's own choice may lift: the sample, the span of days, what is excluded."""
    mask: Mask | None = None
    if not request.with_sample:
        mask = ~index.sample
    if request.earliest is not None or request.latest is not None:
        span = dates(index, Dates(request.earliest, request.latest))
        mask = span if mask is None else mask & span
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
    keep = mask[found.ids]
    return Found(found.ids[keep], None if found.scores is None else found.scores[keep])


def _counts(index: Generation, name: FacetName, ids: Ids) -> tuple[FacetCount, ...]:
    """How many of the documents hold each value, most first, then by value."""
    if name in index.strings:
        _table, column = index.strings[name]
        held = column[ids]
    else:
        _table, held, owners = index.multi[name]
        if len(ids) < index.size:
            chosen = np.zeros(index.size, bool)
            chosen[ids] = True
            held = held[chosen[owners]]
    names, order = index.names[name]
    counts = np.bincount(held, minlength=len(names))
    present = np.flatnonzero(counts)
    present = present[np.lexsort((order[present], -counts[present]))]
    found = zip([names[number] for number in present.tolist()], counts[present].tolist(), strict=True)
    return tuple(FacetCount(value, count) for value, count in found if value)


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
    order, rank = index.oldest if sort == "oldest" else index.newest
    if sort != "relevance" or found.scores is None:
        ranks = rank[ids]
        if end < len(ranks):
            ranks = np.partition(ranks, end - 1)[:end]
        chosen = order[np.sort(ranks)[start:end]]
        if found.scores is None:
            return chosen, [0.0] * len(chosen)
        return chosen, found.scores[np.searchsorted(ids, chosen)].tolist()
    scores = found.scores
    if end < len(ids):
        least = np.partition(scores, len(ids) - end)[len(ids) - end]
        best = np.flatnonzero(scores >= least)
        ids, scores = ids[best], scores[best]
    places = np.lexsort((rank[ids], -scores))[start:end]
    return ids[places], scores[places].tolist()
