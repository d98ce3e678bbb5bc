"""Outlets, and topics: who reported, and on what."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.models import Outlet

from ..charts.histogram import bars, histogram
from ..finding.links import month_links
from ..finding.state import SearchState
from ..names import kind_name, place_name, place_path, topic_name
from ..reading.listed import bar_rows
from ..selectors.cards import cards
from ..selectors.figures import figures
from ..selectors.outlets import outlets_by_province
from ..selectors.parts import largest, largest_places
from .page import page

ARTICLES = 10


@require_safe
def outlets(request: HttpRequest) -> HttpResponse:
    held = figures(facets=("outlet",))
    groups = outlets_by_province(held.counts("outlet"))
    context = {"held": held, "groups": groups, "count": sum(len(group.outlets) for group in groups)}
    return page(request, "browse/outlets.html", context)


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    one = (
        Outlet.objects.select_related("region__parent__parent__parent")
        .prefetch_related("aliases")
        .filter(slug=slug)
        .first()
    )
    if one is None:
        raise Http404(_("馆藏里没有这个来源：“%(slug)s”。") % {"slug": slug[:60]})
    state = SearchState(include={"outlet": (slug,)})
    held = figures(include={"outlet": (slug,)}, facets=("place", "date", "topic"), articles=ARTICLES)
    row = bars(held.counts("date"), month_links(state))
    shown = cards(held.articles)
    codes = {code for code in held.counts("place") if not code.endswith("00")}
    context = {
        "outlet": one,
        "kind": kind_name(one.kind),
        "region_path": " › ".join(place_path(one.region)) if one.region else "",
        "region_name": place_name(one.region) if one.region else "",
        "held": held,
        "chart": histogram(row) if held.total else "",
        "bar_rows": bar_rows(row),
        "provinces": largest_places(held, most=34),
        "counties": len(codes),
        "topics": largest(held, "topic"),
        "cards": shown,
        "search_url": reverse("search") + state.query(),
        "state": state,
    }
    return page(request, "browse/outlet.html", context, index=held.total > 0 and not one.is_sample)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    include = {"topic": (slug,)}
    state = SearchState(include={"topic": (slug,)})
    held = figures(include=include, facets=("place", "date", "outlet"), articles=ARTICLES)  # type: ignore[arg-type]
    if not held.total:
        raise Http404(_("馆藏里没有主题为“%(topic)s”的文章。") % {"topic": slug[:60]})
    row = bars(held.counts("date"), month_links(state))
    shown = cards(held.articles)
    context = {
        "name": topic_name(slug),
        "held": held,
        "chart": histogram(row),
        "bar_rows": bar_rows(row),
        "provinces": largest_places(held),
        "outlets": largest(held, "outlet"),
        "cards": shown,
        "search_url": reverse("search") + state.query(),
        "state": state,
    }
    return page(request, "browse/topic.html", context, index=not any(card.sample for card in shown))
