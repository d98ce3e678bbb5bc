"""The shapes of the research views. Whatever is not known is null."""

from __future__ import annotations

from typing import Literal

from ninja import Field

from .schemas import Strict


class PlaceCount(Strict):
    code: str
    count: int


class TrendPoint(Strict):
    """`dates` can be given as `date` to /articles and find these articles."""

    period: str = Field(description="2020-02, the Monday of a week, or a day")
    dates: list[str]
    count: int
    known_to_the_day: int


class TrendOf(Strict):
    """A phrase, null for all articles. What is known less well than the period, or lies outside of those given, stands apart."""

    phrase: str | None
    asked: str
    total: int
    points: list[TrendPoint]
    imprecise: int
    outside: int
    places: list[PlaceCount]


class Whole(Strict):
    """What a period can be held against."""

    period: str
    articles: int
    outlet_days: int
    characters: int


class Trends(Strict):
    grain: Literal["month", "week", "day"]
    place: str | None
    notices: list[str]
    wholes: list[Whole]
    all: TrendOf
    phrases: list[TrendOf]
    later: str | None = Field(description="the first day that did not fit: ask again with it as `from`")


class MatrixCell(Strict):
    """Division codes of provinces; null where the place is not known."""

    outlet_province: str | None
    event_province: str | None
    count: int


class ProvinceTotal(Strict):
    province: str | None
    count: int


class Matrix(Strict):
    """An article about two provinces stands in two cells, so that cells can add up to more than the total."""

    total: int
    asked: str
    notices: list[str]
    unit: Literal["articles", "stories", "originals"]
    cells: list[MatrixCell]
    outlets: list[ProvinceTotal]
    events: list[ProvinceTotal]


class Story(Strict):
    """`lag_days` between the first and the last printing; `provinces` by printings there."""

    cluster: int
    original: str
    copies: int
    origin: str | None
    lag_days: int | None
    provinces: list[PlaceCount]
    address: str


class Stories(Strict):
    total: int
    next: str | None
    items: list[Story]
    notices: list[str]


class Held(Strict):
    """`column`: a month, `earlier`, or `imprecise`; `dates` can be given as `date` to /articles."""

    column: str
    dates: list[str]
    count: int


class OutletHeld(Strict):
    slug: str
    total: int
    held: list[Held]


class Coverage(Strict):
    """`totals` are of all outlets, those without a name included."""

    total: int
    outlets: int
    next: str | None
    notices: list[str]
    totals: list[Held]
    items: list[OutletHeld]
    missing: list[str] = Field(description="codes of provinces of which no outlet is held")


class QuantityOf(Strict):
    """`start` and `end` are places in the printed body; `sentence` is null where the text is not open as a whole."""

    low: float
    high: float
    approximate: bool
    unit: str | None
    noun: str | None
    sentence: str | None
    start: int
    end: int
    article: str
    address: str
    published: str | None
    place: str | None


class Quantities(Strict):
    total: int
    next: str | None
    items: list[QuantityOf]
    notices: list[str]


class MilestoneOf(Strict):
    """`count` articles are known to be of the days `from` to `to`; `count_here` of them are about its place."""

    key: str
    date: str = Field(description="EDTF, an interval with a slash")
    place: str | None
    title: str
    title_en: str | None
    source: str | None
    source_url: str | None
    source_read_on: str | None = Field(description="when an editor read the source; null: nobody has")
    note: str | None
    first: str = Field(alias="from")
    last: str = Field(alias="to")
    count: int
    count_here: int | None


class Milestones(Strict):
    total: int = Field(description="articles of the question, whatever their day")
    asked: str
    notices: list[str]
    items: list[MilestoneOf]
