"""What the archive holds of each outlet in each month, as a page and as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.models import Outlet
from archive.search.records import FacetName

from ..finding.notices import chosen_province
from ..finding.pages import page_numbers
from ..finding.state import LAST_PAGE
from ..names import place_name, short_place_name
from ..selectors.coverage import PER_PAGE, Cell, Column, Coverage, coverage, link, rows
from ..selectors.provinces import provinces
from .page import page
from .research import table


@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    known = provinces()
    province, notices = chosen_province(request.GET.get("province", ""), known)
    held = coverage(province)
    pages = max(-(-len(held.outlets) // PER_PAGE), 1)
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else 1
    number = min(max(number, 1), pages, LAST_PAGE)
    asked = [("province", province)] if province else []
    context = {
        "held": held,
        "notices": notices,
        "columns": [_words(column) for column in held.columns],
        "totals": [_total(held, column) for column in held.columns],
        "whole": Cell(held.total, link({"outlet_place": (province,)} if province else {}), 0),
        "rows": rows(held, number),
        "province": place_name(known[province]) if province else "",
        "choices": [(code, place_name(one), code == province) for code, one in known.items() if code not in held.missing or code == province],
        "missing": [short_place_name(known[code]) for code in held.missing] if not province and len(held.missing) < len(known) else [],
        "pager": page_numbers(number, pages, lambda to: "?" + urlencode([*asked, ("page", str(to))])),
    }  # fmt: skip
    return page(request, "browse/coverage.html", context, index=not request.GET)


def _words(column: Column) -> str:
    if column.key == "earlier":
        return _("更早")
    return _("不到月份") if column.key == "imprecise" else column.key


def _total(held: Coverage, column: Column) -> Cell:
    count = held.totals[column.key]
    include: dict[FacetName, tuple[str, ...]] = {"date": column.values}
    if held.province:
        include["outlet_place"] = (held.province,)
    return Cell(count, link(include) if count else "", 0)


@require_safe
def coverage_csv(request: HttpRequest) -> StreamingHttpResponse:
    """One line for each outlet and month that holds something; the sample is left out unless asked for."""
    held = coverage(with_sample=request.GET.get("sample") == "1")
    return table("coverage", ("outlet", "name", "province_code", "month", "articles"), _lines(held))


def _lines(held: Coverage) -> Iterator[tuple[str, ...]]:
    found = Outlet.objects.select_related("region").in_bulk(held.outlets, field_name="slug")
    for slug in held.outlets:
        one = found.get(slug)
        for column in held.columns:
            count = held.counts[column.key].get(slug, 0)
            if one and count:
                yield slug, one.name, one.region.province_code if one.region else "", column.key, str(count)
