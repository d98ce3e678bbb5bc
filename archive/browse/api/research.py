"""The research views for programs: trends, milestones, who reports on whom, spread, coverage, quantities."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from archive.catalog.denominators import Scope, outlets_by_day
from archive.catalog.models import Article
from archive.catalog.reprints import spreads
from archive.search import facet_values

from ..citations.piece import permanent_address
from ..finding.state import SearchState, bound
from ..selectors import coverage as held_months
from ..selectors.matrix import UNKNOWN, bare, matrix
from ..selectors.periods import Grain, folded
from ..selectors.provinces import provinces
from ..selectors.timeline import WINDOWS, Asked, timeline
from ..selectors.trends import MOST_PHRASES, Question, Series, characters, trends
from . import research_schemas as shapes
from .cursors import next_address, number_of, place_of
from .problems import bad_parameter
from .questions import Filters, refuse, told

router = Router(tags=["research"])


class Sampled(Schema):
    sample: bool = Field(False, description="计入虚构的示例 · whether the invented sample counts")


class InTime(Sampled):
    """Where and when."""

    place: str = Field("", description="写到的地区，区划代码 · what articles are about, a division code")
    from_: str = Field("", alias="from", description="最早一天，可只写年或年月 · earliest day, month or year")
    to: str = Field("", description="最晚一天，可只写年或年月 · latest day, month or year")
    synonyms: bool = Field(True, description="同义词一并检索 · whether synonyms are searched too")

    def asked(self, phrases: list[str], grain: Grain) -> Question:
        """The question. Raises Problem for a value that means nothing."""
        for name, typed in (("from", self.from_), ("to", self.to)):
            if typed and bound(typed, last=name == "to") is None:
                raise bad_parameter(
                    name, _("“%(typed)s”不是日期。请写作 2020-02 或 2020-02-24。") % {"typed": typed[:20]}
                )
        if self.place and facet_values.known("place", [self.place])[1]:
            raise bad_parameter("place", _("筛选值“%(value)s”不存在。") % {"value": self.place[:40]})
        state = SearchState(
            include={"place": (self.place,)} if self.place else {}, earliest=self.from_, latest=self.to,
            synonyms=self.synonyms,
        )  # fmt: skip
        return Question(
            tuple(dict.fromkeys(one.strip() for one in phrases if one.strip())), state, "articles", grain, False, ()
        )


class TrendsQuestion(InTime):
    q: list[str] = Field(
        [], description="说法，至多六个，写法同检索 · phrases, six at most, in the language of the search"
    )
    grain: Grain = Field("month", description="每点是月、周还是日 · what a point is")


class MilestonesQuestion(InTime):
    q: str = Field("", description="只数含有这些词的文章 · count only articles with these words")
    days: Literal["1", "7", "14", "30"] = Field(
        "7", description="数此后几天的文章 · days of which articles are counted"
    )


class PagedSample(Sampled):
    per_page: int = Field(100, ge=1, le=500, description="一次给出几条 · how many at a time")
    cursor: str = Field("", description="续读记号，取自上一次回答的 next · where to read on, from `next`")


class CoverageQuestion(PagedSample):
    province: str = Field("", description="来源所在的省份 · province of the outlets")


def _trend(one: Series) -> dict[str, Any]:
    return {
        "phrase": one.phrase or None,
        "asked": one.asked.explanation.sentence,
        "total": one.total,
        "points": [
            {
                "period": point.period.key,
                "dates": list(point.period.values),
                "count": point.count,
                "known_to_the_day": point.count - sum(one.dates.get(f"{value}~", 0) for value in point.period.values),
            }
            for point in one.points
        ],
        "imprecise": one.imprecise.count,
        "outside": one.outside.count,
        "places": [{"code": code, "count": count} for code, count in sorted(one.by_place.items()) if count],
    }


@router.get("/trends", response=shapes.Trends, summary="Phrases over time and place", operation_id="trends")
def trends_of(request: HttpRequest, question: Query[TrendsQuestion]) -> dict[str, Any]:
    if len(question.q) > MOST_PHRASES:
        raise bad_parameter("q", _("一次最多比较 %(most)d 个说法。") % {"most": MOST_PHRASES})
    made = trends(question.asked(question.q, question.grain), with_sample=question.sample, places=False)
    for one in (made.whole, *made.series):
        refuse(one.asked.error)
    scope = Scope(question.place, made.whole.asked.earliest, made.whole.asked.latest, question.sample)
    days, texts = folded(made.row, outlets_by_day(scope).items()), characters(made.row, scope)
    return {
        "grain": question.grain,
        "place": question.place or None,
        "notices": told(question.sample, list(dict.fromkeys(made.notices))),
        "wholes": [
            {
                "period": one.period.key, "articles": one.count, "outlet_days": days.get(one.period.key, 0),
                "characters": texts.get(one.period.key, 0),
            }
            for one in made.whole.points
        ],
        "all": _trend(made.whole),
        "phrases": [_trend(one) for one in made.series],
        "later": made.row.later.isoformat() if made.row.later else None,
    }  # fmt: skip


@router.get("/milestones", response=shapes.Milestones, summary="Milestones and the articles after them", operation_id="milestones", by_alias=True)  # fmt: skip
def milestones(request: HttpRequest, question: Query[MilestonesQuestion]) -> dict[str, Any]:
    asked = Asked(question.asked([question.q], "month"), next(one for one in WINDOWS if str(one) == question.days))
    made = timeline(asked, with_sample=question.sample)
    refuse(made.series.asked.error)
    return {
        "total": made.series.total,
        "asked": made.series.asked.explanation.sentence,
        "notices": told(question.sample, list(dict.fromkeys(made.notices))),
        "items": [
            {
                "key": event.milestone.key,
                "date": event.milestone.date,
                "place": event.milestone.place or None,
                "title": event.milestone.title,
                "title_en": event.milestone.title_en or None,
                "source": event.milestone.source or None,
                "source_url": event.milestone.url or None,
                "source_read_on": event.milestone.read_on.isoformat() if event.milestone.read_on else None,
                "note": event.milestone.note or None,
                "from": event.first.isoformat(),
                "to": event.last.isoformat(),
                "count": event.found.count,
                "count_here": event.here.count if event.here else None,
            }
            for event in made.events
        ],
    }


@router.get("/matrix", response=shapes.Matrix, summary="Who reports on whom", operation_id="matrix")
def who_reports_on_whom(request: HttpRequest, question: Query[Filters]) -> dict[str, Any]:
    for name in ("place", "not_place", "outlet_place", "not_outlet_place"):
        if getattr(question, name):
            raise bad_parameter(name, _("这张表本身就按地区分，不能再按地区筛选。"))
    made = matrix(bare(question.state()), with_sample=question.sample)
    refuse(made.asked.error)
    units = {"all": "articles", "one": "stories", "originals": "originals"}
    return {
        "total": made.total,
        "asked": made.asked.explanation.sentence,
        "notices": told(question.sample, made.asked.notices),
        "unit": units[made.asked.copies],
        "cells": [
            {"outlet_province": one.row or None, "event_province": one.column or None, "count": one.count}
            for row in made.rows
            for one in row.cells
            if one.count
        ],
        "outlets": [{"province": row.code or None, "count": row.total.count} for row in made.rows],
        "events": [
            {"province": None if code == UNKNOWN else code, "count": one.count} for code, _name, one in made.columns
        ],
    }


@router.get("/spread", response=shapes.Stories, summary="How far stories were reprinted", operation_id="spread")
def spread(request: HttpRequest, question: Query[PagedSample]) -> dict[str, Any]:
    page = number_of(place_of(request, question.cursor))
    every = sorted(spreads(with_sample=question.sample), key=lambda one: one.cluster)
    shown = every[(page - 1) * question.per_page : page * question.per_page]
    ids = dict(Article.objects.filter(pk__in=[one.original for one in shown]).values_list("pk", "public_id"))
    return {
        "total": len(every),
        "next": next_address(request, [str(page + 1)]) if page * question.per_page < len(every) else None,
        "notices": told(question.sample, ()),
        "items": [
            {
                "cluster": one.cluster,
                "original": ids[one.original],
                "copies": one.copies,
                "origin": one.origin or None,
                "lag_days": one.lag,
                "provinces": [{"code": code, "count": count} for code, count in sorted(one.provinces.items())],
                "address": permanent_address(ids[one.original]),
            }
            for one in shown
        ],
    }


@router.get(
    "/coverage", response=shapes.Coverage, summary="What is held of each outlet and month", operation_id="coverage"
)
def coverage(request: HttpRequest, question: Query[CoverageQuestion]) -> dict[str, Any]:
    if question.province and question.province not in provinces():
        raise bad_parameter("province", _("筛选值“%(value)s”不存在。") % {"value": question.province[:40]})
    page = number_of(place_of(request, question.cursor))
    held = held_months.coverage(question.province, with_sample=question.sample)
    shown = held.outlets[(page - 1) * question.per_page : page * question.per_page]
    return {
        "total": held.total,
        "outlets": len(held.outlets),
        "next": next_address(request, [str(page + 1)]) if page * question.per_page < len(held.outlets) else None,
        "notices": told(question.sample, ()),
        "totals": [
            {"column": one.key, "dates": list(one.values), "count": held.totals[one.key]} for one in held.columns
        ],
        "items": [
            {
                "slug": slug,
                "total": held.outlet_totals[slug],
                "held": [
                    {"column": one.key, "dates": list(one.values), "count": count}
                    for one in held.columns
                    if (count := held.counts[one.key].get(slug, 0))
                ],
            }
            for slug in shown
        ],
        "missing": list(held.missing),
    }
