"""Dates: years, the days of a year, the days of a month, one day."""

from __future__ import annotations

import calendar
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..charts.calendar import month_sheets, year_rows
from ..finding.state import SearchState
from ..printed_dates import day_in_words, in_words, month_in_words, month_name
from ..selectors.cards import cards
from ..selectors.figures import figures
from ..selectors.parts import largest, largest_places
from .page import page

ARTICLES = 20
#: The calendar's own end is year 9999; a page of a year looks one day beyond it.
LAST_YEAR = 9998


@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    held = figures(facets=("date",))
    counts = held.counts("date")
    context = {
        "held": held,
        "rows": year_rows(counts),
        "months": [month_name(number, short=True) for number in range(1, 13)],
        "undated": counts.get("~", 0),
        "undated_url": _search_url("~"),
        "days": held.days(),
    }
    return page(request, "browse/dates.html", context)


@require_safe
def year(request: HttpRequest, year: str) -> HttpResponse:
    number = _whole(year, 1, LAST_YEAR)
    held = figures(facets=("date",))
    counts = held.counts("date")
    years = sorted(int(value) for value, count in counts.items() if len(value) == 4 and count)
    context = {
        "year": number,
        "words": in_words(number),
        "total": counts.get(f"{number:04d}", 0),
        "sheets": month_sheets(number, range(1, 13), counts),
        "imprecise": counts.get(f"{number:04d}~", 0),
        "imprecise_url": _search_url(f"{number:04d}~"),
        "all_url": _search_url(f"{number:04d}"),
        "previous": max((one for one in years if one < number), default=None),
        "next": min((one for one in years if one > number), default=None),
    }
    return page(request, "browse/year.html", context, index=bool(context["total"]))


@require_safe
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    first = _day(year, month, "1")
    value = first.isoformat()[:7]
    held = figures(include={"date": (value,)}, facets=("date", "place", "outlet", "topic"), articles=ARTICLES)
    counts = held.counts("date")
    context = {
        "first": first,
        "words": month_in_words(first.year, first.month),
        "sheet": month_sheets(first.year, [first.month], counts)[0],
        "imprecise_url": _search_url(value + "~"),
        **_context(held, value),
        **_neighbours([one for one in counts if len(one) == 7 and counts[one]], value),
    }
    return page(request, "browse/month.html", context, index=held.total > 0 and not context["sample"])


@require_safe
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    that = _day(year, month, day)
    value = that.isoformat()
    held = figures(include={"date": (value,)}, facets=("date", "place", "outlet", "topic"), articles=ARTICLES)
    counts = held.counts("date")
    context = {
        "day": that,
        "words": day_in_words(that),
        "weekday": _weekdays()[that.weekday()],
        "month_words": month_in_words(that.year, that.month),
        "month_only": counts.get(value[:7] + "~", 0),
        "month_only_url": _search_url(value[:7] + "~"),
        **_context(held, value),
        **_neighbours([one for one in counts if len(one) == 10 and counts[one]], value),
    }
    return page(request, "browse/day.html", context, index=held.total > 0 and not context["sample"])


def _context(held: Any, value: str) -> dict[str, Any]:
    shown = cards(held.articles)
    return {
        "held": held,
        "cards": shown,
        "sample": any(card.sample for card in shown),
        "outlets": largest(held, "outlet"),
        "topics": largest(held, "topic"),
        "provinces": largest_places(held),
        "search_url": _search_url(value),
        "state": SearchState(include={"date": (value,)}),
    }


def _neighbours(values: list[str], value: str) -> dict[str, str]:
    """The nearest dates before and after that have articles, as addresses and words."""
    before = max((one for one in values if one < value), default="")
    after = min((one for one in values if one > value), default="")
    return {
        "previous_url": date_url(before),
        "previous_words": in_words(*map(int, before.split("-"))) if before else "",
        "next_url": date_url(after),
        "next_words": in_words(*map(int, after.split("-"))) if after else "",
    }


def date_url(value: str) -> str:
    """The page of "2020", "2020-02" or "2020-02-24"; "" for ""."""
    parts = value.split("-") if value else []
    return reverse(("year", "month", "day")[len(parts) - 1], args=parts) if parts else ""


def _search_url(value: str) -> str:
    return reverse("search") + SearchState(include={"date": (value,)}).query()


def _day(year: str, month: str, day: str) -> date:
    number = _whole(year, 1, LAST_YEAR), _whole(month, 1, 12), _whole(day, 1, 31)
    try:
        return date(*number)
    except ValueError:
        last = calendar.monthrange(number[0], number[1])[1]
        words = month_in_words(number[0], number[1])
        raise Http404(_("%(month)s只有 %(last)d 天。") % {"month": words, "last": last}) from None


def _whole(typed: str, least: int, most: int) -> int:
    if typed.isascii() and typed.isdecimal() and least <= int(typed) <= most:
        return int(typed)
    raise Http404(_("“%(typed)s”不能作年、月、日。日期的地址写作 /dates/2020/02/24/。") % {"typed": typed[:20]})


def _weekdays() -> tuple[str, ...]:
    return (_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"))
