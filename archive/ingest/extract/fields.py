"""All fields of a story that are not its text or its place: date, outlet, people, source line, topics."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.ingest.extract.bylines import read_bylines
from archive.ingest.extract.datelines import Dateline, read_dateline
from archive.ingest.extract.outlets import outlet_region, read_outlets
from archive.ingest.extract.page import Page, Story
from archive.ingest.extract.publication import UNKNOWN, read_publication
from archive.ingest.extract.signoffs import is_office, noticing_office, read_signoff
from archive.ingest.extract.surroundings import Surroundings, surroundings
from archive.ingest.extract.topics import read_topics
from archive.ingest.records import Author, EvidenceFound, Published


@dataclass(slots=True)
class StoryFields:
    """The fields as an ArticleDraft has them, and why each has its value."""

    outlet: str | None = None
    outlet_as_printed: str | None = None
    publisher: str | None = None
    original_source: str | None = None
    outlet_region: str | None = None
    issuer: str | None = None  # the office that signs or sends the notice, for its place
    source_line: str | None = None
    authors: list[Author] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    page_label: str | None = None
    dateline: str | None = None
    published: Published = UNKNOWN
    topics: list[str] = field(default_factory=list)
    evidence: list[EvidenceFound] = field(default_factory=list)


def read_fields(page: Page, story: Story, file_name: str = "") -> StoryFields:
    """Read the fields of `story`, one of `page`'s stories. Nothing is taken from `file_name`: names of uploads lie."""
    near = surroundings(page, story)
    siblings = [near] if near.alone else [surroundings(page, other) for other in page.stories]
    dateline = read_dateline(near)
    byline = read_bylines(near)
    signed = read_signoff(near)
    outlets = read_outlets(near, byline, dateline, page.markup, signed)
    published, dated = read_publication(page, near, siblings, dateline)
    topics, signals = read_topics(near)
    label, labelled = _page_label(near)
    fields = StoryFields(
        outlet=outlets.outlet,
        publisher=outlets.publisher,
        original_source=outlets.original_source,
        source_line=outlets.source_line,
        authors=byline.authors,
        editors=byline.editors,
        page_label=label,
        dateline=dateline.words if dateline is not None else None,
        published=published,
        topics=topics,
        evidence=[*outlets.evidence, *byline.evidence, *dated, *signals, *labelled, *_dateline_evidence(dateline)],
    )
    fields.issuer = signed.office if signed is not None else noticing_office(near)
    if fields.issuer is None and fields.original_source is not None and is_office(fields.original_source):
        fields.issuer = fields.original_source
    if fields.outlet is not None:
        fields.outlet_as_printed = _as_printed(page, fields.outlet, outlets.evidence)
        fields.outlet_region = outlet_region(fields.outlet)
        if fields.outlet_region is not None:
            fields.evidence.append(
                EvidenceFound(
                    "outlet_region", fields.outlet_region, "outlet-name", None, None, fields.outlet, 0.85, "inferred"
                )
            )
    return fields


def _as_printed(page: Page, name: str, evidence: list[EvidenceFound]) -> str | None:
    """The outlet's name as the page prints it, when that differs from the simplified reading."""
    for row in evidence:
        if row.field == "outlet" and row.start is not None and row.end is not None:
            printed = page.text[row.start : row.end]
            return printed if printed != name and len(printed) == len(name) else None
    return None


_PAGE_LABEL = re.compile(
    r"(?:第?\s?(?:[A-Z]\s?)?\d{1,3}|(?:第|(?<=\s))[一二三四五六七八九十]{1,2})\s?版(?:\s?[::]\s?[一-鿿·]{1,8}|\s+(?!记者|通讯员|作者|编辑)[一-鿿·]{2,6}(?=\s|$))?|(?:版[次面])\s?[::]\s?[^\s,。|]{1,12}(?:\s?[::]\s?[一-鿿]{1,8})?"
)


def _page_label(story: Surroundings) -> tuple[str | None, list[EvidenceFound]]:
    """The page of a printed paper: 第03版:要闻, A2版, 版次:04."""
    for piece in story.zone("head", "page", "foot"):
        if len(piece.text) > 120 or (
            re.search(r"上一版|下一版", piece.text) and not re.search(r"第\s?\w{1,3}\s?版", piece.text)
        ):
            continue
        match = _PAGE_LABEL.search(piece.text)
        if match:
            label = re.sub(r"^版[次面]\s?[::]\s?", "", match.group()).strip()
            row = EvidenceFound(
                "page_label",
                label,
                "page-label",
                piece.start + match.start(),
                piece.start + match.end(),
                match.group(),
                0.9,
            )
            return label, [row]
    return None, []


def _dateline_evidence(dateline: Dateline | None) -> list[EvidenceFound]:
    if dateline is None:
        return []
    start = dateline.piece.start
    return [
        EvidenceFound(
            "dateline", dateline.words, "dateline", start + dateline.start, start + dateline.end, dateline.words, 0.9
        )
    ]
