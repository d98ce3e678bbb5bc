"""Phrases over time and place: small multiples, a table of provinces, all numbers as a table and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.catalog.denominators import Scope, outlets_by_day
from archive.places.models import Region
from archive.search.models import Slogan

from ..charts.panels import Mark, Pin, panel, written
from ..charts.scale import shade, thresholds
from ..finding.notices import refusal
from ..names import place_name, short_place_name
from ..printed_dates import month_in_words
from ..selectors.periods import Row, folded
from ..selectors.provinces import provinces
from ..selectors.timeline import pinned
from ..selectors.trends import CHARACTERS, MOST_PHRASES, Point, Question, Series, Trends, characters, question, trends
from .milestones import pins_of
from .page import page, sentence
from .research import table

#: Slogans drawn where nothing was asked.
FIRST = 3
#: Places with fewer articles set no shade: one article of one is a hundred percent.
TELLING = 5


@require_safe
def trends_page(request: HttpRequest) -> HttpResponse:
    slogans = list(Slogan.objects.filter(active=True))
    asked = question(request.GET)
    shown = asked if asked.phrases else replace(asked, phrases=tuple(one.query for one in slogans[:FIRST]))
    made = trends(shown)
    labels = {straight(one.query): one.label for one in slogans}
    pins = _pins(made) if asked.pins else []
    context = {
        "asked": asked,
        "made": made,
        "notices": list(dict.fromkeys(made.notices)),
        "boxes": [*asked.phrases, *[""] * (min(max(3, len(asked.phrases) + 1), MOST_PHRASES) - len(asked.phrases))],
        "panels": _panels(made, labels, pins),
        "whole": _whole_panel(made, pins),
        "rows": [_line(made, place) for place in range(len(made.row.periods))] if made.series else [],
        "slogans": [
            {"slogan": one, "url": _with(asked, one.query), "on": straight(one.query) in map(straight, asked.phrases)}
            for one in slogans
        ],
        "units": _switch(asked, "unit", _unit_names()),
        "grains": _switch(asked, "grain", grain_names()),
        "pinning": _switch(asked, "pins", {"0": _("不标"), "1": _("标出大事")}),
        "scales": _switch(asked, "scale", {"common": _("同一刻度"), "own": _("各自刻度")}),
        "unit_said": _unit_said(asked.unit),
        "kept": [pair for pair in asked.pairs(place="", **{"from": "", "to": ""}) if pair[0] != "q"],
        "choices": [(code, place_name(one), code == asked.place) for code, one in provinces().items()],
        "place": _place(asked),
        "regions": _regions(made, labels),
        "later": "?" + urlencode(asked.pairs(**{"from": made.row.later.isoformat()})) if made.row.later else "",
        "csv": reverse("trends_csv") + "?" + urlencode(shown.pairs()),
        "json": reverse("api-trends") + "?" + urlencode([one for one in shown.pairs() if one[0] not in ("unit", "scale", "pins")]),
    }  # fmt: skip
    return page(request, "browse/trends.html", context, index=not request.GET)


def _unit_names() -> dict[str, str]:
    return {
        "articles": _("篇数"),
        "share": _("占全部文章"),
        "outlet_day": _("每媒体日"),
        "characters": _("每万字"),
    }


def grain_names() -> dict[str, str]:
    return {"month": _("按月"), "week": _("按周"), "day": _("按日")}


def _unit_said(unit: str) -> str:
    return {
        "articles": _("柱高是含有这个说法的文章篇数。"),
        "share": _("柱高是含有这个说法的文章占同期同地全部文章的百分比。"),
        "outlet_day": _("柱高是篇数除以媒体日：一家媒体在某日有文章收在本馆，算一个媒体日。只计日期到日的文章。"),
        "characters": _("柱高是篇数除以同期同地全部文章的正文字数，以万字计。"),
    }[unit]


def _switch(asked: Question, name: str, names: Mapping[str, str]) -> list[dict[str, Any]]:
    own = dict(asked.pairs()).get(name) or {"unit": "articles", "grain": "month", "scale": "common", "pins": "0"}[name]
    return [
        {"name": words, "url": "?" + urlencode(asked.pairs(**{name: key})), "current": key == own}
        for key, words in names.items()
    ]


def _with(asked: Question, query: str) -> str:
    """The address with a phrase added, or taken away where it is there."""
    kept = tuple(one for one in asked.phrases if straight(one) != straight(query))
    phrases = kept if len(kept) < len(asked.phrases) else (*kept, query)
    return "?" + urlencode(replace(asked, phrases=phrases).pairs())


def straight(query: str) -> str:
    """A query with straight quotation marks: “封控” and "封控" ask the same."""
    return query.replace("“", '"').replace("”", '"')


def _place(asked: Question) -> dict[str, str] | None:
    """The place asked for, where it is none of the provinces of the list."""
    region = Region.objects.filter(code=asked.place).first() if asked.place else None
    return {"code": region.code, "name": place_name(region), "listed": region.code[2:] == "0000"} if region else None  # type: ignore[dict-item]


def in_unit(value: float | None, unit: str) -> str:
    """A value as it is written: 12 · 3.5% · 0.12; "" where there is none."""
    if value is None:
        return ""
    return f"{written(value * 100)}%" if unit == "share" else written(value)


def _told(one: Point, unit: str) -> str:
    said = {"period": one.period.words, "count": f"{one.count:,}", "value": in_unit(one.value, unit)}
    if unit == "articles":
        return _("%(period)s：%(count)s 篇") % said
    if unit == "share":
        return _("%(period)s：%(count)s 篇，占 %(whole)s 篇的 %(value)s") % {**said, "whole": f"{one.whole:,.0f}"}
    if unit == "outlet_day":
        return _("%(period)s：%(count)s 篇，%(whole)s 个媒体日，每媒体日 %(value)s 篇") % {
            **said, "whole": f"{one.whole:,.0f}",
        }  # fmt: skip
    return _("%(period)s：%(count)s 篇，全部正文 %(whole)s 字，每万字 %(value)s 篇") % {
        **said, "whole": f"{one.whole * CHARACTERS:,.0f}",
    }  # fmt: skip


def _panels(made: Trends, labels: Mapping[str, str], pins: list[Pin]) -> list[dict[str, Any]]:
    asked = made.question
    tops = [max((one.value or 0 for one in series.points), default=0) for series in made.series]
    factor = 100 if asked.unit == "share" else 1
    common = max(tops, default=0)
    return [
        {
            "series": series,
            "name": labels.get(straight(series.phrase), series.phrase),
            "without": "?" + urlencode(replace(asked, phrases=tuple(p for p in asked.phrases if p != series.phrase)).pairs()),
            "removable": series.phrase in asked.phrases,
            "chart": panel(
                [
                    Mark(
                        None if one.value is None else one.value * factor, _told(one, asked.unit) if one.count else "",
                        one.url, year_label(made.row, place),
                    )
                    for place, one in enumerate(series.points)
                ],
                most=(top if asked.own_scale else common) * factor,
                label=_("含有“%(phrase)s”的文章") % {"phrase": labels.get(straight(series.phrase), series.phrase)}, suffix="%" if asked.unit == "share" else "", pins=pins,
            ),
        }
        for series, top in zip(made.series, tops, strict=True)
    ]  # fmt: skip


def _pins(made: Trends) -> list[Pin]:
    """Milestones over the panels, without numbers: each opens its entry of the timeline."""
    found = pinned(made.row, made.question.place)
    return pins_of([(0, one, at) for one, at in found], reverse("timeline"))


def _whole_panel(made: Trends, pins: list[Pin]) -> SafeString:
    """All articles of the same place and time: what every share is a share of."""
    marks = [
        Mark(one.value, _told(one, "articles") if one.count else "", one.url, year_label(made.row, place))
        for place, one in enumerate(made.whole.points)
    ]
    return panel(
        marks, most=max((one.value or 0 for one in made.whole.points), default=0), label=_("全部文章"), pins=pins
    )


def year_label(row: Row, place: int) -> str:
    """The year, below the first period of it; of days the month too."""
    period = row.periods[place]
    if row.grain == "day":
        return month_in_words(period.first.year, period.first.month) if period.first.day == 1 else ""
    if place and row.periods[place - 1].first.year == period.first.year:
        return ""
    if place == 0 and period.first.month > 10:  # the next year's label would stand on it
        return ""
    return str(period.first.year)


def _line(made: Trends, place: int) -> dict[str, Any]:
    """A row of the table: all articles of the period, and for each phrase its number with the value beside it."""
    unit = made.question.unit
    cells = []
    for series in made.series:
        one = series.points[place] if series.points else None
        beside = in_unit(one.value, unit) if one and one.count and unit != "articles" else ""
        cells.append((one, beside))
    return {"whole": made.whole.points[place], "cells": cells}


def _regions(made: Trends, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """The table of places: number and share of the place's articles."""
    good = [series for series in made.series if series.asked.error is None]
    shares = {
        (region.code, place): series.by_place.get(region.code, 0) / made.whole.by_place[region.code]
        for region in made.places
        for place, series in enumerate(good)
    }
    telling = {code for code, count in made.whole.by_place.items() if count >= TELLING}
    bounds = thresholds(round(share * 1000) for (code, _place), share in shares.items() if code in telling)
    return [
        {
            "name": short_place_name(region),
            "count": made.whole.by_place[region.code],
            "url": made.whole.place_url(region.code),
            "cells": [
                {
                    "count": series.by_place.get(region.code, 0),
                    "share": in_unit(shares[region.code, place], "share"),
                    "shade": shade(round(shares[region.code, place] * 1000), bounds),
                    "url": series.place_url(region.code),
                }
                for place, series in enumerate(good)
            ],
        }
        for region in made.places
    ]


@require_safe
def trends_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """One line for each phrase and period with everything it can be held against; the sample is left out unless asked for."""
    asked = question(request.GET, refused=True)
    with_sample = request.GET.get("sample") == "1"
    made = trends(replace(asked, unit="articles"), with_sample=with_sample, places=False)
    refused = [*asked.notices, *filter(None, [refusal(asked.state, made.whole.asked)])]
    refused += [series.asked.error.sentence for series in made.series if series.asked.error is not None]
    if refused:
        return sentence("\n".join(refused))
    head = (
        "phrase", "place_code", "grain", "period", "articles", "articles_known_to_the_day", "all_articles", "outlet_days",
        "characters",
    )  # fmt: skip
    return table("trends", head, _lines(made, with_sample=with_sample))


def _lines(made: Trends, *, with_sample: bool) -> Iterator[tuple[str, ...]]:
    whole = made.whole.asked
    place = next(iter(whole.include.get("place", ())), "")
    scope = Scope(place, whole.earliest, whole.latest, with_sample)
    days, texts = folded(made.row, outlets_by_day(scope).items()), characters(made.row, scope)
    every: tuple[Series, ...] = made.series or (made.whole,)
    for series in every:
        named = (series.phrase, place, made.question.grain)
        for one, all_of_it in zip(series.points, made.whole.points, strict=True):
            vague = sum(series.dates.get(f"{value}~", 0) for value in one.period.values)
            key = one.period.key
            yield (
                *named, key, str(one.count), str(one.count - vague), str(all_of_it.count), str(days.get(key, 0)),
                str(texts.get(key, 0)),
            )  # fmt: skip
        yield (*named, "imprecise", str(series.imprecise.count), "0", str(made.whole.imprecise.count), "", "")
        yield (*named, "outside", str(series.outside.count), "", str(made.whole.outside.count), "", "")
