"""The first page: what this is, what it holds, and a box to search it."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..charts.histogram import bars, histogram
from ..charts.tiles import tile_items, tiles
from ..citations.piece import today
from ..finding.links import month_links
from ..finding.state import SearchState
from ..names import in_script
from ..selectors.cards import cards
from ..selectors.figures import figures
from ..selectors.places import counties
from .page import page

#: Searches to try, each of another kind: a word, a quotation, a word with a place.
EXAMPLES = ("网格员", "“外防输入”", "志愿者 送菜", "地区:湖北 物资", "口罩 日期:2020-02")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    held = figures(facets=("place", "date", "outlet"), articles=6)
    row = bars(held.counts("date"), month_links(SearchState()))
    shown = cards(held.articles)
    context = {
        "held": held,
        "outlets": sum(1 for count in held.counts("outlet").values() if count),
        "tiles": tile_items(tiles(held.counts("place"), lambda code: reverse("place", args=[code]))),
        "chart": histogram(row, root=request.GET.get("scale") == "root"),
        "root": request.GET.get("scale") == "root",
        "bars": [bar for bar in row if bar.count],
        "cards": shown,
        "today": today(),
        "headline": re.split(r"(?<=[，,]) ?", _("谁，在哪里，哪一天，做了什么")),
        "counties": counties(held.counts("place")),
        "examples": [(words, reverse("search") + SearchState(q=words).query()) for words in map(in_script, EXAMPLES)],
    }
    return page(request, "browse/home.html", context, index=not any(card.sample for card in shown))
