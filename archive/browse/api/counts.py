"""Counts: facets, the timeline, places, outlets. Each number equals what the same question finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from archive.catalog.models import Outlet
from archive.places.models import Level, Region, RegionQuerySet
from archive.search.records import FacetName

from ..finding.state import SearchState
from ..selectors.places import find_region
from ..views.search import run
from . import schemas
from .cursors import next_address, place_of, refused
from .problems import bad_parameter
from .questions import Filters, asked, told

router = Router(tags=["counts"])

Unit = Literal["year", "month", "day"]
_LENGTH: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}


class FacetQuestion(Filters):
    limit: int = Field(100, ge=1, le=5000, description="至多几个值 · values at most")


class TimelineQuestion(Filters):
    unit: Unit = Field("month", description="每点是年、月还是日 · what a point is")


class PlacesQuestion(Schema):
    level: Literal["province", "prefecture", "county"] = Field(
        "province", description="哪一级 · level of the divisions"
    )
    within: str = Field("", description="只要这个区划之内的 · only within this division")
    empty: bool = Field(False, description="没有文章的也列出 · those without articles too")
    sample: bool = Field(False, description="计入虚构的示例 · whether the invented sample counts")


class OutletsQuestion(Schema):
    within: str = Field("", description="所在地在这个区划之内的 · only those that are within this division")
    per_page: int = Field(100, ge=1, le=500, description="一次给出几条 · how many at a time")
    cursor: str = Field("", description="续读记号，取自上一次回答的 next · where to read on, from `next`")
    sample: bool = Field(False, description="计入虚构的示例 · whether the invented sample counts")


class SampleQuestion(Schema):
    sample: bool = Field(False, description="计入虚构的示例 · whether the invented sample counts")


@router.get("/facets/{facet}", response=schemas.FacetAnswer, summary="Counts of one facet", operation_id="facet")
def facet(request: HttpRequest, facet: FacetName, question: Query[FacetQuestion]) -> dict[str, Any]:
    found = asked(question, question.state(), (facet,), per_page=1)
    table = found.facets[facet]
    shown = table.some(list(table.counts)[: question.limit])
    return {
        "facet": facet,
        "asked": found.explanation.sentence,
        "notices": told(question.sample, found.notices),
        "values": [{"value": one.value, "label": one.label, "count": one.count} for one in shown],
        "more": max(len(table.counts) - question.limit, 0),
    }


@router.get("/timeline", response=schemas.Timeline, summary="Articles over time", operation_id="timeline")
def timeline(request: HttpRequest, question: Query[TimelineQuestion]) -> dict[str, Any]:
    if question.date:
        raise bad_parameter("date", _("时间轴用 from 与 to 限定日期，不用 date。"))
    found = asked(question, question.state(), ("date",), per_page=1)
    counts = {value: count for value, count in found.facets["date"].counts.items() if count}
    vague = {
        "year": {"~"},
        "month": {"~", *(v for v in counts if len(v) == 5)},
        "day": {v for v in counts if v[-1] == "~"},
    }
    length = _LENGTH[question.unit]
    return {
        "unit": question.unit,
        "total": found.total,
        "asked": found.explanation.sentence,
        "notices": told(question.sample, found.notices),
        "points": [{"value": v, "count": counts[v]} for v in sorted(counts) if len(v) == length and v[-1] != "~"],
        "imprecise": [{"value": v, "count": counts[v]} for v in sorted(vague[question.unit] & counts.keys())],
    }


def _place(region: Region, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "code": region.code,
        "name": region.name,
        "english": region.pinyin or None,
        "level": region.level,
        "parent": region.parent_id,
        "count": counts.get(region.code, 0),
        "valid_from": region.valid_from,
        "valid_to": region.valid_to,
    }


def _counts(facet: FacetName, sample: bool) -> Mapping[str, int]:
    """Articles by value, over the whole archive."""
    found = run(SearchState(), per_page=1, snippets=0, facets=(facet,), with_sample=sample)
    return found.facets[facet].counts


def _division(name: str, code: str) -> Region:
    region = find_region(code)
    if region is None or region.level == Level.TOWNSHIP:
        raise bad_parameter(name, _("区划表里没有代码“%(code)s”。") % {"code": code[:20]})
    return region


@router.get("/places", response=schemas.Places, summary="Divisions with their counts", operation_id="places")
def places(request: HttpRequest, question: Query[PlacesQuestion]) -> dict[str, Any]:
    counts = _counts("place", question.sample)
    regions: RegionQuerySet = Region.objects.filter(level=question.level)
    if question.within:
        regions = regions.within(_division("within", question.within).code)
    listed = [_place(one, counts) for one in regions.order_by("code") if question.empty or counts.get(one.code)]
    return {"items": listed, "notices": told(question.sample, ())}


@router.get("/places/{code}", response=schemas.PlaceDetail, summary="A division and its parts", operation_id="place")
def place(request: HttpRequest, code: str, question: Query[SampleQuestion]) -> dict[str, Any]:
    region = find_region(code)
    if region is None or region.level == Level.TOWNSHIP:
        raise Http404(_("区划表里没有代码“%(code)s”。") % {"code": code[:20]})
    counts = _counts("place", question.sample)
    parts = Region.objects.below(region.code).exclude(level=Level.TOWNSHIP)
    chain = [one.code for one in region.chain()[:-1]]
    return {**_place(region, counts), "chain": chain, "parts": [_place(one, counts) for one in parts]}


def _outlet(outlet: Outlet, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "slug": outlet.slug,
        "name": outlet.name,
        "kind": outlet.kind,
        "region": outlet.region.code if outlet.region else None,
        "count": counts.get(outlet.slug, 0),
        "address": settings.SITE_URL + reverse("outlet", args=[outlet.slug]),
    }


@router.get("/outlets", response=schemas.Outlets, summary="Outlets that have articles", operation_id="outlets")
def outlets(request: HttpRequest, question: Query[OutletsQuestion]) -> dict[str, Any]:
    held = place_of(request, question.cursor)
    if len(held) > 1 or any("\0" in one for one in held):
        raise refused()
    counts = {slug: count for slug, count in _counts("outlet", question.sample).items() if count}
    listed = Outlet.objects.select_related("region").filter(slug__in=counts).order_by("slug")
    if question.within:
        codes = Region.objects.within(_division("within", question.within).code)
        listed = listed.filter(region__in=codes)
    total = listed.count()
    rows = list((listed.filter(slug__gt=held[0]) if held else listed)[: question.per_page + 1])
    shown = rows[: question.per_page]
    return {
        "total": total,
        "next": next_address(request, [shown[-1].slug]) if len(rows) > len(shown) else None,
        "items": [_outlet(one, counts) for one in shown],
        "notices": told(question.sample, ()),
    }


@router.get("/outlets/{slug}", response=schemas.OutletDetail, summary="An outlet", operation_id="outlet")
def outlet(request: HttpRequest, slug: str, question: Query[SampleQuestion]) -> dict[str, Any]:
    one = Outlet.objects.select_related("region").prefetch_related("aliases").filter(slug=slug).first()
    if one is None:
        raise Http404(_("馆藏里没有这个来源：“%(slug)s”。") % {"slug": slug[:60]})
    return {
        **_outlet(one, _counts("outlet", question.sample)),
        "aliases": [alias.name for alias in one.aliases.all()],
        "homepage": one.homepage or None,
        "rights": one.rights or None,
    }
