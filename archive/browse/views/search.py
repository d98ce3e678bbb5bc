"""The search page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.search.records import Copies
from archive.search.service import SearchPage, found_keys
from archive.search.service import search as find

from ..by_language import by_language
from ..charts.histogram import Bar, bars, histogram
from ..charts.tiles import tile_items, tiles
from ..exports.formats import EXPORTS
from ..finding.advice import advice
from ..finding.chips import chips, chosen_names
from ..finding.facets import facets
from ..finding.links import choosing, month_queries
from ..finding.notices import unused
from ..finding.pages import page_numbers
from ..finding.receipts import address_of
from ..finding.state import SearchState
from ..reading.listed import bar_rows
from ..selectors.cards import result_cards
from .page import page

SNIPPETS = 2


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    state = SearchState.of(request.GET)
    found = run(state, correct=True, whole=False)
    row = _bars(state, found)
    shown_facets = facets(state, found.facets)
    used = state.but(include=dict(found.include), exclude=dict(found.exclude), page=found.page)
    context = {
        "state": state,
        "found": found,
        "cards": result_cards(found.results, used.but().query(), found.first),
        "facets": shown_facets,
        "chips": chips(used, chosen_names(shown_facets, found.facets)),
        "chart": histogram(row, root=state.root),
        "bar_rows": bar_rows(row),
        "apart": _apart(state, found),
        "scale_url": state.but(root=not state.root).query() or "?",
        "sorts": _sorts(state),
        "copies": _copies(state),
        "pager": page_numbers(found.page, found.pages, lambda number: used.but(page=number).query() or "?"),
        "clear_url": SearchState(q=state.q).query() or "?",
        "advice": advice(used) if not found.total and not found.error else None,
        "tiles": _tiles(used, found),
        "synonyms_url": state.but(synonyms=not state.synonyms).query() or "?",
        "kept": [(name, value) for name, value in state.pairs() if name not in ("q", "page", "from", "to")],
        "notices": [*unused(state), *_depth(state), *found.notices],
        "repairs": _repairs(state, found),
        "takeaway": _takeaway(used),
        "guess_url": state.but(q=found.did_you_mean).query() if found.did_you_mean else "",
    }
    return page(request, "browse/search.html", context, index=False)


def _takeaway(state: SearchState) -> dict[str, str]:
    """Where this search is had as a feed, as files, in context."""
    asked = state.but(page=1).query()
    held = _addresses()
    return {
        **{name: held[name] + asked for name in (*EXPORTS, "atom", "json")},
        "receipt": address_of(state),
        "mail": f"{held['mail']}?{urlencode({'query': asked.lstrip('?'), 'language': get_language() or ''})}",
        "lines": held["lines"] + asked if state.q else "",
    }


@by_language
def _addresses() -> Mapping[str, str]:
    named = {kind: reverse("export", args=[kind]) for kind in EXPORTS}
    others = {"atom": "atom", "json": "json_feed", "mail": "admin:browse_digest_add", "lines": "concordance"}
    return named | {kind: reverse(name) for kind, name in others.items()}


def run(state: SearchState, **changes: Any) -> SearchPage:
    """The search that a state asks for; `changes` go to the service."""
    asked = {**state.conditions(), "page": state.page, "per_page": state.per_page, "snippets": SNIPPETS}
    return find(state.q, **{**asked, **changes})


def keys_of(state: SearchState, **changes: Any) -> list[int]:
    """The primary keys of all articles that a state finds; `changes` go to the service."""
    return found_keys(state.q, **{**state.conditions(), **changes})[1]


def _bars(state: SearchState, found: SearchPage) -> list[Bar]:
    """The bars count what the search finds in each month whatever span of days is chosen."""
    if found.error:
        return []
    counts = _counts(found)
    if state.earliest or state.latest:
        whole = run(state, earliest=None, latest=None, page=1, per_page=1, snippets=0, facets=("date",), whole=False)
        counts = _counts(whole)

    free = {name: values for name, values in state.include.items() if name != "date"}

    return (
        bars(counts, month_queries(state.but(include=free)), earliest=state.earliest, latest=state.latest)
        if any(counts.values())
        else []
    )


def _counts(found: SearchPage) -> Mapping[str, int]:
    """By month, by year, and of unknown dates."""
    table = found.facets.get("date")
    return table.longer_than_days if table else {}


def _apart(state: SearchState, found: SearchPage) -> list[dict[str, Any]]:
    """Articles in no bar: known to the year only, or not at all. Each kind with its link."""
    names = {value: count for value, count in _counts(found).items() if count and value.endswith("~")}
    apart: list[dict[str, Any]] = []
    for value in sorted(names):
        if len(value) == 5 and value.endswith("~"):
            words = _("%(year)s年（月份不详）") % {"year": value[:4]}
        elif value == "~":
            words = _("日期不详")
        else:
            continue
        apart.append({"words": words, "count": names[value], "url": state.only("date", value).query()})
    return apart


def _sorts(state: SearchState) -> list[dict[str, Any]]:
    names = [("relevance", _("相关")), ("newest", _("最新")), ("oldest", _("最早"))]
    return [
        {"name": name, "url": state.but(sort=key).query(), "current": state.order == key}
        for key, name in names
        if state.q or key != "relevance"
    ]


def _copies(state: SearchState) -> list[dict[str, Any]]:
    """The ways to list reprints."""
    names: list[tuple[Copies, str]] = [("all", _("全列")), ("one", _("合为一条")), ("originals", _("只列首发"))]
    return [
        {"name": name, "url": state.but(copies=key).query() or "?", "current": state.copies == key}
        for key, name in names
    ]


def _tiles(state: SearchState, found: SearchPage) -> SafeString | None:
    """The results by province, whatever places are chosen; a tile chooses its province alone, or unchooses it."""
    table = found.facets.get("place")
    if found.error or table is None or not table.counts:
        return None
    chosen = set(state.include.get("place", ()))
    choose = choosing(state, "place")

    def link(code: str) -> str:
        return state.without("place", code).query() if code in chosen else choose(code)

    return tile_items(tiles(table.counts, link, chosen))


def _depth(state: SearchState) -> list[str]:
    return [_("已选的条件很多，下面不再列出可加的条件；去掉几个就能再选。")] if state.deepest else []


def _repairs(state: SearchState, found: SearchPage) -> list[dict[str, str]]:
    """Queries to click instead of one that cannot be read."""
    if not found.error:
        return []
    queries = [(found.error.repaired, found.error.repaired)] if found.error.repaired else []
    queries += [(one.label, one.query) for one in found.error.alternatives]
    return [{"label": label, "url": state.but(q=query).query()} for label, query in queries]
