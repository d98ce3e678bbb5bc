"""Numbers of the texts for programs, under the names of the page of quantities."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router

from ..citations.piece import permanent_address
from ..selectors.quantities import asked, rows, sentence_of, with_texts
from . import research_schemas as shapes
from .cursors import next_address, number_of, place_of
from .problems import bad_parameter
from .questions import told
from .research import PagedSample

router = Router(tags=["research"])


class QuantitiesQuestion(PagedSample):
    noun: str = Field("", description="所数之物含有这些字 · nouns that hold these characters")
    exact: bool = Field(False, description="所数之物恰为这些字 · the noun is exactly these")
    unit: str = Field("", description="单位 · unit as printed")
    place: str = Field("", description="写到的地区，区划代码 · division code")
    article: str = Field("", description="只要这一篇 · only of this article")
    from_: str = Field("", alias="from", description="最早一天 · earliest day, 2020-02-24")
    to: str = Field("", description="最晚一天 · latest day")
    min: str = Field("", description="不小于 · at least")
    max: str = Field("", description="不大于 · at most")
    order: Literal["newest", "largest", "smallest"] = Field("newest", description="次序 · order")


@router.get(
    "/quantities", response=shapes.Quantities, summary="Numbers with unit, noun and sentence", operation_id="quantities"
)
def quantities(request: HttpRequest, question: Query[QuantitiesQuestion]) -> dict[str, Any]:
    page = number_of(place_of(request, question.cursor))
    typed = {
        name: str(getattr(question, name)) for name in ("noun", "unit", "place", "article", "to", "min", "max", "order")
    }
    read = asked({**typed, "from": question.from_, "exact": "1" if question.exact else ""})
    if read.notices:
        raise bad_parameter("", read.notices[0])
    found = rows(read, with_sample=question.sample)
    total, first = found.count(), (page - 1) * question.per_page
    return {
        "total": total,
        "next": next_address(request, [str(page + 1)]) if first + question.per_page < total else None,
        "notices": told(question.sample, ()),
        "items": [_row(one) for one in with_texts(found)[first : first + question.per_page]],
    }


def _row(one: Any) -> dict[str, Any]:
    version = one.version
    primary = version.primary_region
    return {
        "low": one.low,
        "high": one.high,
        "approximate": one.approximate,
        "unit": one.unit or None,
        "noun": one.noun or None,
        "sentence": sentence_of(one)[0] or None,
        "start": one.start,
        "end": one.end,
        "article": version.article.public_id,
        "address": permanent_address(version.article.public_id),
        "published": version.published or None,
        "place": primary.region.code if primary else None,
    }
