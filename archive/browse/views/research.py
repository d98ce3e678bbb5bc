"""Who reports on whom, and how far stories were reprinted; each as a page and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.models import Article, Printing, ReprintCluster
from archive.catalog.reprints import Spread, spreads
from archive.search.texts import printed_title

from ..charts.scale import shade, thresholds
from ..citations.piece import permanent_address
from ..exports.formats import csv_lines
from ..finding.notices import chosen_province, refusal, unused
from ..finding.pages import page_numbers
from ..finding.state import LAST_PAGE, SearchState
from ..names import place_name, short_place_name
from ..reading.copies import copies_in
from ..selectors.cards import cards
from ..selectors.matrix import bare, matrix
from ..selectors.provinces import provinces
from .page import page, sentence

STORIES = 30
_ORDERS = {
    "provinces": lambda one: (-len(one.provinces), -one.copies, one.cluster),
    "copies": lambda one: (-one.copies, -len(one.provinces), one.cluster),
    "lag": lambda one: (-(one.lag if one.lag is not None else -1), -one.copies, one.cluster),
}


@require_safe
def matrix_page(request: HttpRequest) -> HttpResponse:
    state = bare(SearchState.of(request.GET))
    made = matrix(state)
    context = {
        "state": state,
        "made": made,
        "notices": [*unused(state), *made.asked.notices],
        "csv": reverse("matrix_csv") + state.query(),
        "json": reverse("api-matrix") + state.query_for_programs(),
        "units": [
            {"name": name, "url": state.but(copies=key).query() or "?", "current": state.copies == key}
            for key, name in (("all", _("按刊载篇数")), ("one", _("按报道")), ("originals", _("只数首发")))
        ],
    }
    return page(request, "browse/matrix.html", context, index=state.empty)


@require_safe
def matrix_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """One line for each cell that is not empty; the sample is left out unless asked for."""
    state = bare(SearchState.of(request.GET))
    made = matrix(state, with_sample=request.GET.get("sample") == "1")
    refused = refusal(state, made.asked)
    if refused:
        return sentence(refused)
    names = {code: one.name for code, one in provinces().items()}
    counted = "stories" if made.asked.copies == "one" else "articles"
    head = ("outlet_province_code", "outlet_province", "event_province_code", "event_province", counted)
    lines = (
        (one.row, names.get(one.row, ""), one.column, names.get(one.column, ""), str(one.count))
        for row in made.rows
        for one in row.cells
        if one.count
    )
    return table("who-reports-on-whom", head, lines)


def table(name: str, head: tuple[str, ...], lines: Iterator[tuple[str, ...]]) -> StreamingHttpResponse:
    """A download."""
    response = StreamingHttpResponse(csv_lines(head, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def spread(request: HttpRequest) -> HttpResponse:
    every = spreads()
    order = request.GET.get("order", "")
    order = order if order in _ORDERS else "provinces"
    by = "originals" if request.GET.get("count") == "originals" else "printings"
    known = provinces()
    province, notices = chosen_province(request.GET.get("province", ""), known)
    shown = [one for one in every if not province or (one.origin == province if by == "originals" else province in one.provinces)]  # fmt: skip
    shown.sort(key=_ORDERS[order])
    pages = max(-(-len(shown) // STORIES), 1)
    number = min(_whole(request.GET.get("page", "1")), pages)

    def link(**changes: str) -> str:
        asked = {"province": province, "count": by, "order": order, **changes}
        plain = {"count": "printings", "order": "provinces", "page": "1"}
        return "?" + urlencode([(key, value) for key, value in asked.items() if value and value != plain.get(key)])

    counts = _by_province(every, by)
    bounds = thresholds(counts.values())
    context = {
        "notices": notices,
        "stories": len(shown),
        "printings": sum(_counted(one, province, by) for one in shown),
        "by": by,
        "province": place_name(known[province]) if province else "",
        "all_url": link(province=""),
        "counted": [
            {"name": short_place_name(known[code]), "count": counts[code], "url": link(province=code),
             "shade": shade(counts[code], bounds)}
            for code in known if counts.get(code)
        ],
        "rows": _stories(shown[(number - 1) * STORIES : number * STORIES]),
        "units": [
            {"name": _("按刊载次数"), "url": link(count="printings"), "current": by == "printings"},
            {"name": _("按首发篇数"), "url": link(count="originals"), "current": by == "originals"},
        ],
        "sorts": [
            {"name": name, "url": link(order=key), "current": key == order}
            for key, name in (("provinces", _("省份多")), ("copies", _("刊载多")), ("lag", _("历时长")))
        ],
        "pager": page_numbers(number, pages, lambda to: link(page=str(to))),
    }  # fmt: skip
    return page(request, "browse/spread.html", context, index=not request.GET)


def _whole(typed: str) -> int:
    return min(max(int(typed), 1), LAST_PAGE) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else 1


def _counted(one: Spread, province: str, by: str) -> int:
    if by == "originals":
        return 1
    return one.provinces[province] if province else one.copies


def _by_province(every: list[Spread], by: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in every:
        parts = one.provinces if by == "printings" else {one.origin: 1} if one.origin else {}
        for code, count in parts.items():
            counts[code] = counts.get(code, 0) + count
    return counts


def _stories(shown: list[Spread]) -> list[dict[str, Any]]:
    found = Article.objects.published().with_parts().in_bulk([one.original for one in shown])
    kept = [one for one in shown if one.original in found]
    made = cards([found[one.original] for one in kept])
    return [{"spread": one, "card": card, "reached": len(one.provinces)} for one, card in zip(kept, made, strict=True)]


@require_safe
def story(request: HttpRequest, number: int) -> HttpResponse:
    cluster = ReprintCluster.objects.filter(pk=number).first()
    copies = copies_in(cluster) if cluster else None
    if copies is None:
        raise Http404(_("没有这一组转载：可能已经并入别的一组，或者不再公开。"))
    return page(request, "browse/story.html", {"copies": copies, "title": copies.rows[0].title}, index=False)


@require_safe
def spread_csv(request: HttpRequest) -> StreamingHttpResponse:
    """One line for each printing of each story; the sample is left out unless asked for."""
    every = {one.cluster: one for one in spreads(with_sample=request.GET.get("sample") == "1")}
    head = (
        "cluster", "copies", "provinces", "lag_days", "original", "id", "url", "title", "printer", "province_code",
        "published", "overlap",
    )  # fmt: skip
    return table("reprint-spread", head, _printings(every, with_sample=request.GET.get("sample") == "1"))


def _printings(every: dict[int, Spread], *, with_sample: bool) -> Iterator[tuple[str, ...]]:
    found = Article.objects.published()
    rows = (
        Printing.objects.filter(article__in=found if with_sample else found.without_sample())
        .select_related("article__current_version", "article__publisher__region", "article__outlet__region")
        .order_by("cluster_id", "-is_original", "article_id")
    )
    for one in rows.iterator(chunk_size=500):
        story = every.get(one.cluster_id)
        version, printer = one.article.current_version, one.article.publisher or one.article.outlet
        if story is None or version is None:
            continue
        yield (
            str(one.cluster_id), str(story.copies), str(len(story.provinces)),
            "" if story.lag is None else str(story.lag), "1" if one.is_original else "0", one.article.public_id,
            permanent_address(one.article.public_id), printed_title(version), printer.name if printer else "",
            printer.region.province_code if printer and printer.region else "", version.published, f"{one.overlap:.2f}",
        )  # fmt: skip
