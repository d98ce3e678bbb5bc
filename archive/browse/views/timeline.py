"""The timeline: milestones kept by editors over the archive's own curve, as a page and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..charts.panels import Mark, panel
from ..finding.notices import refusal
from ..names import in_english, place_name, short_place_name
from ..printed_dates import day_in_words, edtf_in_words
from ..selectors.provinces import provinces
from ..selectors.timeline import WINDOWS, Asked, Event, Timeline, asked, timeline
from .milestones import pins_of, title_of
from .page import page, sentence
from .research import table
from .trends import grain_names, year_label


@require_safe
def timeline_page(request: HttpRequest) -> HttpResponse:
    question = asked(request.GET)
    made = timeline(question)
    known = provinces()
    of = question.question
    context = {
        "asked": of,
        "made": made,
        "notices": list(dict.fromkeys(made.notices)),
        "chart": _chart(made),
        "events": [_told(number, one) for number, one in enumerate(made.events, 1)],
        "days_said": days_said(question.days),
        "grains": _switch(question, "grain", grain_names(), of.grain),
        "windows": _switch(question, "days", {str(days): days_said(days) for days in sorted(WINDOWS)}, str(question.days)),
        "kept": [pair for pair in question.pairs(place="", **{"from": "", "to": ""}) if pair[0] != "q"],
        "choices": [(code, place_name(one), code == of.place) for code, one in known.items()],
        "place": place_name(known[of.place]) if of.place in known else of.place,
        "listed": not of.place or of.place in known,
        "later": "?" + urlencode(question.pairs(**{"from": made.row.later.isoformat()})) if made.row.later else "",
        "trends": reverse("trends") + "?" + urlencode([*of.pairs(), ("pins", "1")]),
        "csv": reverse("timeline_csv") + "?" + urlencode(question.pairs()),
        "json": reverse("api-milestones") + "?" + urlencode(_for_programs(question)),
    }  # fmt: skip
    return page(request, "browse/timeline.html", context, index=not request.GET)


def _for_programs(question: Asked) -> list[tuple[str, str]]:
    return [pair for pair in question.pairs() if pair[0] not in ("grain",)]


def days_said(days: int) -> str:
    return _("当天") if days == 1 else _("%(days)d 天内") % {"days": days}


def _switch(question: Asked, name: str, names: dict[str, str], own: str) -> list[dict[str, Any]]:
    return [
        {"name": words, "url": "?" + urlencode(question.pairs(**{name: key})), "current": key == own}
        for key, words in names.items()
    ]


def _chart(made: Timeline) -> Any:
    marks = [
        Mark(
            one.value,
            _("%(period)s：%(count)s 篇") % {"period": one.period.words, "count": f"{one.count:,}"}
            if one.count
            else "",
            one.url,
            year_label(made.row, place),
        )
        for place, one in enumerate(made.series.points)
    ]
    pins = pins_of([(n, one.milestone, one.at) for n, one in enumerate(made.events, 1) if one.at is not None])
    most = max((one.value or 0 for one in made.series.points), default=0)
    return panel(marks, most=most, label=_("文章与大事"), width=960, height=230, pins=pins)


def _told(number: int, event: Event) -> dict[str, Any]:
    one = event.milestone
    return {
        "number": number,
        "event": event,
        "title": title_of(one),
        "lang": "" if in_english() and one.title_en else "zh",
        "date": edtf_in_words(one.date),
        "place": short_place_name(event.place) if event.place else "",
        "read_on": day_in_words(one.read_on) if one.read_on else "",
    }


@require_safe
def timeline_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """One line for each milestone with the articles after it; the sample is left out unless asked for."""
    question = asked(request.GET, refused=True)
    made = timeline(question, with_sample=request.GET.get("sample") == "1")
    refused = refusal(question.question.state, made.series.asked)
    if refused or question.question.notices:
        return sentence("\n".join(filter(None, [*question.question.notices, refused])))
    head = (
        "key", "date", "earliest", "latest", "place_code", "place", "title", "title_en", "source", "source_url", "source_read_on",
        "note", "articles_from", "articles_to", "articles", "articles_about_place",
    )  # fmt: skip
    return table("milestones", head, _lines(made))


def _lines(made: Timeline) -> Iterator[tuple[str, ...]]:
    for event in made.events:
        one = event.milestone
        yield (
            one.key, one.date, one.earliest.isoformat(), one.latest.isoformat(), one.place,
            event.place.name if event.place else "", one.title, one.title_en, one.source, one.url,
            one.read_on.isoformat() if one.read_on else "", one.note, event.first.isoformat(), event.last.isoformat(),
            str(event.found.count), str(event.here.count) if event.here else "",
        )  # fmt: skip
