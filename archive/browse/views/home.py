"""The first page: what this is, what it holds, and a box to search it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..by_language import by_language
from ..charts.histogram import Bar, bars, histogram
from ..charts.tiles import tile_items, tiles
from ..citations.piece import today
from ..finding.links import addressed, month_links
from ..finding.state import SearchState
from ..names import in_script
from ..reading.listed import bar_rows
from ..selectors.cards import cards
from ..selectors.figures import figures
from ..selectors.places import counties
from .page import page

#: Searches to try, each of another kind: a word, a quotation, a word with a place.
EXAMPLES = ("网格员", "“外防输入”", "志愿者 送菜", "地区:湖北 物资", "口罩 日期:2020-02")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    held = figures(facets=("place", "date", "outlet"), articles=6)
    root = request.GET.get("scale") == "root"
    shown = cards(held.articles)
    context = {
        "held": held,
        "tiles": held.once("place", "tiles", lambda counts: tile_items(tiles(counts, addressed("place")))),
        "chart": held.once("date", f"chart {root}", lambda counts: histogram(_bars(counts), root=root)),
        "root": root,
        "bar_rows": held.once("date", "bars", lambda counts: bar_rows(_bars(counts))),
        "cards": shown,
        "today": today(),
        "headline": _headline(),
        "counties": held.once("place", "counties", counties),
        "examples": _examples(),
    }
    return page(request, "browse/home.html", context, index=not any(card.sample for card in shown))


@by_language
def _headline() -> tuple[str, ...]:
    return tuple(re.split(r"(?<=[，,]) ?", _("谁，在哪里，哪一天，做了什么")))


@by_language
def _examples() -> tuple[tuple[str, str], ...]:
    return tuple((words, reverse("search") + SearchState(q=words).query()) for words in map(in_script, EXAMPLES))


def _bars(counts: Mapping[str, int]) -> list[Bar]:
    return bars(counts, month_links(SearchState()))
