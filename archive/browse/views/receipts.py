"""The receipt of a search, as a page, for programs and to cite; and the page of searches that a reader keeps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.search.explain import within_quotes

from ..finding.notices import refusal, unused
from ..finding.receipts import Receipt, Taken, receipt
from ..finding.state import SearchState
from .page import page, sentence


def _citation(made: Receipt) -> str:
    """The receipt in one line."""
    taken = made.shown
    return _(
        "基层战疫新闻档案，检索“%(asked)s”：%(held)s 篇中有 %(found)s 篇；%(at)s；结果指纹 %(results)s，索引指纹 %(index)s。%(url)s"
    ) % {
        "asked": within_quotes(made.page.explanation.sentence),
        "held": taken.held,
        "found": taken.found,
        "at": _time(taken),
        "results": taken.results,
        "index": taken.index,
        "url": made.url,
    }


def _time(taken: Taken) -> str:
    return timezone.localtime(taken.at).isoformat()


def _figures(taken: Taken) -> dict[str, Any]:
    return {
        "at": _time(taken), "found": taken.found, "held": taken.held, "results": taken.results, "index": taken.index,
    }  # fmt: skip


@require_safe
def receipt_page(request: HttpRequest) -> HttpResponse:
    made = receipt(request.GET)
    asked = request.META.get("QUERY_STRING", "")
    context = {
        "receipt": made,
        "notices": [*unused(SearchState.of(request.GET)), *made.page.notices],
        "time": _time(made.shown),
        "now": _time(made.now),
        "citation": _citation(made),
        "json_url": reverse("receipt_json") + f"?{asked}" * bool(asked),
        "text_url": reverse("receipt_text") + f"?{asked}" * bool(asked),
    }
    return page(request, "browse/receipt.html", context, index=False)


@require_safe
def receipt_json(request: HttpRequest) -> HttpResponse:
    made = receipt(request.GET)
    refused = refusal(SearchState.of(request.GET), made.page)
    if refused:
        return _answered(JsonResponse({"error": refused}, status=400, json_dumps_params={"ensure_ascii": False}))
    since = made.since
    body = {
        "query": made.page.query,
        "asked": made.page.explanation.sentence,
        "include": {name: list(values) for name, values in made.page.include.items()},
        "exclude": {name: list(values) for name, values in made.page.exclude.items()},
        "earliest": made.page.earliest.isoformat() if made.page.earliest else None,
        "latest": made.page.latest.isoformat() if made.page.latest else None,
        "synonyms": made.page.synonyms,
        **_figures(made.shown),
        "search": made.search_url,
        "address": made.url,
        "altered": made.altered,
        "now": _figures(made.now) if since else None,
        "since": {
            "same": since.same, "same_index": since.same_index, "added": since.added, "changed": since.changed,
            "lost_at_least": since.lost, "held": since.held,
        } if since else None,
    }  # fmt: skip
    return _answered(JsonResponse(body, json_dumps_params={"ensure_ascii": False}))


@require_safe
def receipt_text(request: HttpRequest) -> HttpResponse:
    made = receipt(request.GET)
    refused = refusal(SearchState.of(request.GET), made.page)
    return _answered(sentence(refused or _citation(made), 400 if refused else 200))


def _answered(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The searches that the reader's own browser keeps; the archive knows of none."""
    return page(request, "browse/saved.html", index=False)
