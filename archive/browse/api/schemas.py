"""The shapes of the answers. Whatever is not known is null."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict, RootModel


class Strict(Schema):
    """A shape that refuses what it does not name, so that records and descriptions cannot drift apart."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """RFC 9457. `type` names the kind and does not change; `detail` is a sentence for a person."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    detail: str
    instance: str
    parameter: str | None = Field(None, description="the parameter that is wrong")


class OutletName(Strict):
    slug: str
    name: str
    kind: str


class Author(Strict):
    name: str
    role: str | None = None


class Published(Strict):
    """A civil date of Asia/Shanghai, as far as it is known."""

    edtf: str | None = Field(description="EDTF: 2020, 2020-02, 2020-02-24, 2020-02-24T08:32")
    precision: str | None
    earliest: date | None
    latest: date | None
    standing: Literal["stated", "inferred", "unknown", "editor"]


class ArticlePlace(Strict):
    code: str
    name: str
    role: Literal["primary", "other"]
    township: str | None


class CaptureOf(Strict):
    sha256: str
    media_type: str


class Paragraph(Strict):
    anchor: str
    kind: str
    text: str


class EvidenceOf(Strict):
    field: str
    value: str
    rule: str
    confidence: float | None
    basis: str


class CslItem(RootModel[dict[str, Any]]):
    """One item of CSL-JSON."""


class ArticleRecord(Strict):
    """The same record as at /articles/<id>.json. `text`, `captions`, `paragraphs` are null where readers are not shown the whole text."""

    id: str
    address: str
    sample: bool
    access: Literal["full", "snippet"]
    rights: str | None
    changed: datetime
    version: int
    title: str | None
    authors: list[Author]
    outlet: OutletName | None
    publisher: OutletName | None
    published: Published
    page_label: str | None
    source_url: str | None
    places: list[ArticlePlace]
    topics: list[str]
    script: Literal["Hans", "Hant", "Hant-converted"]
    capture: CaptureOf
    text: str | None
    captions: list[str] | None
    paragraphs: list[Paragraph] | None
    evidence: list[EvidenceOf]
    citation: CslItem


class Mark(Strict):
    start: int
    end: int


class SnippetOf(Strict):
    """A passage around what was found; marks are places in its text, in Unicode characters."""

    text: str
    part: Literal["title", "body", "caption"]
    marks: list[Mark]


class Found(Strict):
    """An article in a list; `record` is the address of its whole record."""

    id: str
    address: str
    record: str
    sample: bool
    access: Literal["full", "snippet"]
    title: str | None
    published: Published
    outlet: OutletName | None
    places: list[ArticlePlace]
    topics: list[str]
    score: float | None
    snippets: list[SnippetOf]


class FacetValueOf(Strict):
    value: str
    label: str
    count: int


class Answer(Strict):
    """`asked` is the sentence that tells what was searched; `notices` tell what the person should know."""

    total: int
    next: str | None = Field(description="the address of what follows; null at the end")
    asked: str
    notices: list[str]


class Articles(Answer):
    items: list[Found]
    facets: dict[str, list[FacetValueOf]]


class Citations(Answer):
    items: list[CslItem]


class ConcordanceLine(Strict):
    """`start` and `end` are places of the keyword in the printed text of its part."""

    article: str
    address: str
    part: Literal["title", "body", "caption"]
    start: int
    end: int
    left: str
    keyword: str
    right: str


class ConcordanceLines(Answer):
    articles: int
    whole: bool = Field(description="false where there are more lines than one answer can sort")
    items: list[ConcordanceLine]


class FacetAnswer(Strict):
    """Counts within the question and all filters but the facet's own."""

    facet: str
    asked: str
    notices: list[str]
    values: list[FacetValueOf]
    more: int = Field(description="values left out")


class Point(Strict):
    """`value` can be given as `date` to /articles and finds these articles."""

    value: str
    count: int


class Timeline(Strict):
    """`points` are articles known at least to the unit; `imprecise` those known less well, under 2020-02~, 2020~ or ~."""

    unit: Literal["year", "month", "day"]
    total: int
    asked: str
    notices: list[str]
    points: list[Point]
    imprecise: list[Point]


class PlaceOf(Strict):
    code: str
    name: str
    english: str | None
    level: Literal["province", "prefecture", "county"]
    parent: str | None
    count: int
    valid_from: int | None = None
    valid_to: int | None = None


class Places(Strict):
    items: list[PlaceOf]
    notices: list[str]


class PlaceDetail(PlaceOf):
    chain: list[str] = Field(description="codes of the units above, the province first")
    parts: list[PlaceOf]


class OutletOf(Strict):
    slug: str
    name: str
    kind: str
    region: str | None = Field(description="division code of where the outlet is, not of what it reports on")
    count: int
    address: str


class Outlets(Strict):
    total: int
    next: str | None
    items: list[OutletOf]
    notices: list[str]


class OutletDetail(OutletOf):
    aliases: list[str]
    homepage: str | None
    rights: str | None


class ChangeOf(Strict):
    """`gone` null: the record stands; else withdrawn, undone, erased, or closed (kept to editors)."""

    id: str
    at: datetime
    gone: Literal["withdrawn", "undone", "erased", "closed"] | None
    reason: str | None
    address: str


class Changes(Strict):
    total: int
    next: str | None
    items: list[ChangeOf]
