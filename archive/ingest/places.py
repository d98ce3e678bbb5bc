"""Places of a story: what the places room finds, as the records of a draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from archive.ingest.extract.fields import StoryFields
from archive.ingest.extract.page import Page, Story
from archive.ingest.records import Block, EvidenceFound, PlaceFound
from archive.places.resolver import resolve
from archive.places.results import Place, PlaceEvidence, PlaceResult
from archive.text.script import HAN

#: Below this confidence, and where nothing is found, the lines that stand close to the text are asked too.
_DOUBTFUL = 0.6
#: A line of prose has so many Han characters and a mark of a sentence; so many lines and captions are read.
_LEAST_HAN, _MOST_LINES, _MOST_CAPTIONS = 10, 2, 4
#: Broken lines without marks, as under a film: so many of them are read where no line of prose stands there.
_MOST_BROKEN = 12


def places_of(
    title: str | None,
    text: str,
    story: Story,
    page: Page,
    *,
    dateline: str | None,
    outlet_region: str | None,
    page_region: str | None,
    issuer: str | None,
    when: date | None,
) -> tuple[PlaceFound | None, list[PlaceFound], list[EvidenceFound]]:
    """The primary place, all places, and the passages that decided, in places of the repaired text."""

    def read(lead: str | None) -> PlaceResult:
        return resolve(
            title,
            text,
            dateline=lead,
            outlet_region=outlet_region,
            page_region=page_region,
            issuer=issuer,
            when=when,
        )

    found = read(dateline)
    if found.about is None or found.confidence < _DOUBTFUL:
        beside = _prose_beside(story, page)
        again = read("\n".join(filter(None, (dateline, *beside)))) if beside else found
        found = again if again.confidence > found.confidence else found
    about = _record(found.about) if found.about else None
    others = [_record(place) for place in found.others]
    evidence = [_evidence(row, story, page) for row in found.evidence]
    return about, [*([about] if about else []), *others], evidence


def _prose_beside(story: Story, page: Page) -> list[str]:
    """Sentences above the body that structure did not take into it, and captions: they tell of the same story."""
    start = story.blocks[0].start if story.blocks else 0
    above = [p for p in story.furniture if p.kind == "line" and p.end <= start]
    lines = [page.simplified[p.start : p.end].strip() for p in above]
    long = [t for t in lines if len(HAN.findall(t)) >= _LEAST_HAN]
    prose = [t for t in long if re.search(r"[。，,：:！!]", t)][-_MOST_LINES:] or long[-_MOST_BROKEN:]
    captions = [page.simplified[p.start : p.end].strip() for p in story.captions[:_MOST_CAPTIONS]]
    return [*prose, *captions]


def place_of_page(titles: Sequence[str | None], texts: Sequence[str], fields: Sequence[StoryFields]) -> str | None:
    """The prefecture that most stories of a page are about: what 我市 means on it. None when none prevails."""
    votes: Counter[str] = Counter()
    for title, text, its in zip(titles, texts, fields, strict=True):
        about = resolve(title, text, dateline=its.dateline).about
        if about is not None and about.level != "province":
            votes[about.code[:4] + "00"] += 1
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0] if ranked[0][1] >= 2 else None


def _record(place: Place) -> PlaceFound:
    return PlaceFound(place.code, place.names, place.level, place.role)


def _evidence(row: PlaceEvidence, story: Story, page: Page) -> EvidenceFound:
    start, end = _in_page(row, story, page)
    return EvidenceFound("about", row.value, row.rule, start, end, row.text, row.confidence, row.basis)


def _in_page(row: PlaceEvidence, story: Story, page: Page) -> tuple[int | None, int | None]:
    """Places in the repaired text of what was found in the title or the joined body."""
    if row.start is None or row.end is None:
        return None, None
    if row.part == "title" and story.title is not None:
        lead = len(story.title.text) - len(story.title.text.lstrip())
        return story.title.start + lead + row.start, story.title.start + lead + row.end
    if row.part == "body":
        return _in_blocks(row, story.blocks, page)
    return None, None


def _in_blocks(row: PlaceEvidence, blocks: Sequence[Block], page: Page) -> tuple[int | None, int | None]:
    assert row.start is not None
    assert row.end is not None
    offset = 0
    for block in blocks:
        if offset <= row.start < offset + len(block.text):
            inside = row.start - offset
            if block.end - block.start == len(block.text):
                return block.start + inside, block.start + inside + (row.end - row.start)
            # Joined over a column break: the words stand somewhere between its first and last piece.
            place = page.simplified.find(row.text, block.start, block.end)
            return (place, place + len(row.text)) if place >= 0 else (None, None)
        offset += len(block.text) + 2
    return None, None
