"""Places: the map, and a page for each division."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..charts.histogram import bars, histogram
from ..charts.tiles import tile_items, tiles
from ..finding.links import addressed, month_links
from ..finding.state import SearchState
from ..names import place_name
from ..reading.listed import bar_rows
from ..selectors.cards import cards
from ..selectors.figures import figures
from ..selectors.parts import largest
from ..selectors.places import find_region, parts_of, townships_of
from .page import page

ARTICLES = 10


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    held = figures(facets=("place",))
    made = tiles(held.counts("place"), addressed("place"))
    named = sum(tile.count for tile in made)
    context = {
        "held": held,
        "tiles": tile_items(made),
        "provinces": made,
        "covered": sum(1 for tile in made if tile.count),
        "named": named,
    }
    return page(request, "browse/places.html", context)


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    region = find_region(code)
    if region is None:
        raise Http404(_("区划表里没有代码“%(code)s”。") % {"code": code[:20]})
    if len(code) > 6:
        raise Http404(_("文章最细归到县级；请看“%(name)s”所在的县。") % {"name": region.name})
    held = figures(include={"place": (code,)}, facets=("place", "date", "outlet", "topic"), articles=ARTICLES)
    state = SearchState(include={"place": (code,)})
    row = bars(held.counts("date"), month_links(state))
    chain = region.chain()
    shown = cards(held.articles)
    context = {
        "region": region,
        "name": place_name(region),
        "chain": [(place_name(one), reverse("place", args=[one.code])) for one in chain[:-1]],
        "held": held,
        "parts": parts_of(region, held.counts("place")),
        "townships": townships_of(region) if held.total else [],
        "chart": histogram(row) if held.total else "",
        "bar_rows": bar_rows(row),
        "outlets": largest(held, "outlet"),
        "topics": largest(held, "topic"),
        "cards": shown,
        "search_url": reverse("search") + state.query(),
        "state": state,
    }
    return page(request, "browse/place.html", context, index=held.total > 0 and not any(card.sample for card in shown))
