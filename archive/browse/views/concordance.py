"""The concordance: a keyword in its contexts, one place a line; and all lines as a table."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.search.concordance import Line, concordance, concordance_lines
from archive.search.service import understood
from archive.search.texts import printed_title

from ..citations.piece import permanent_address
from ..exports.formats import csv_lines
from ..finding.notices import refusal, unused
from ..finding.pages import page_numbers
from ..finding.state import SearchState
from ..printed_dates import published_in_words
from ..selectors.cards import article_language
from .page import page, sentence

ORDERS = ("left", "right", "keyword", "newest", "oldest")


def _asked(state: SearchState, order: str) -> dict[str, Any]:
    return {
        "include": state.include,
        "exclude": state.exclude,
        "earliest": state.first_day,
        "latest": state.last_day,
        "synonyms": state.synonyms,
        "copies": state.copies,
        "order": order,
    }


def _order(request: HttpRequest) -> str:
    typed = request.GET.get("order", "right")
    return typed if typed in ORDERS else "right"


def _address(state: SearchState, order: str, number: int = 1) -> str:
    pairs = [(name, value) for name, value in state.pairs() if name not in ("page", "sort", "per_page", "scale")]
    pairs += [("order", order)] if order != "right" else []
    pairs += [("page", str(number))] if number > 1 else []
    return "?" + urlencode(pairs)


def _row(line: Line) -> dict[str, Any]:
    version = line.article.current_version
    assert version is not None
    return {
        "left": line.left,
        "keyword": line.keyword,
        "right": line.right,
        "lang": article_language(version),
        "url": reverse("article", args=[line.article.public_id]),
        "title": printed_title(version) or version.display_title,
        "date": published_in_words(version),
        "outlet": line.article.outlet.name if line.article.outlet else "",
        "sample": line.article.is_sample,
    }


@require_safe
def concordance_page(request: HttpRequest) -> HttpResponse:
    state = SearchState.of(request.GET)
    order = _order(request)
    found = concordance(state.q, page=state.page, **_asked(state, order)) if state.q else None
    names = {
        "left": _("左侧文字"),
        "right": _("右侧文字"),
        "keyword": _("中心词"),
        "newest": _("最新"),
        "oldest": _("最早"),
    }
    context = {
        "state": state,
        "found": found,
        "rows": [_row(line) for line in found.lines] if found else [],
        "sorts": [{"name": names[key], "url": _address(state, key), "current": key == order} for key in ORDERS],
        "pager": page_numbers(found.page, found.pages, lambda number: _address(state, order, number))
        if found
        else None,
        "table_url": reverse("concordance_table") + _address(state, order),
        "search_url": reverse("search") + state.but(page=1).query(),
        "notices": [*unused(state), *(found.notices if found else ())],
    }
    return page(request, "browse/concordance.html", context, index=False)


@require_safe
def concordance_table(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Every line, streamed as CSV; the sample is left out unless asked for."""
    state = SearchState.of(request.GET)
    with_sample = request.GET.get("sample") == "1"
    asked = _asked(state, _order(request))
    refused = refusal(state, understood(state.q, **{name: one for name, one in asked.items() if name != "order"}))
    if refused:
        return sentence(refused)
    lines = concordance_lines(state.q, with_sample=with_sample, **asked)
    head = ("left", "keyword", "right", "part", "start", "end", "id", "url", "title", "published", "outlet")
    response = StreamingHttpResponse(csv_lines(head, map(_cells, lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="concordance.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _cells(line: Line) -> list[str]:
    version = line.article.current_version
    assert version is not None
    return [
        line.left, line.keyword, line.right, line.part, str(line.start), str(line.end), line.article.public_id,
        permanent_address(line.article.public_id), printed_title(version), version.published,
        line.article.outlet.name if line.article.outlet else "",
    ]  # fmt: skip
