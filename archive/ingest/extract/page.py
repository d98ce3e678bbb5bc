"""What structure (lines, stories) hands to the fields (date, outlet, authors …)."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Literal

from archive.catalog.usages import Usage, shipped_usages
from archive.ingest.records import Block, Passage
from archive.text.script import Script

#: meta: a line of source, date, byline or page label above or below a body, kept for the fields.
LineKind = Literal["blank", "title", "heading", "meta", "body", "list", "table", "caption", "image", "furniture"]
#: All pairs of characters of a body; for a few lines the body itself, in which theirs are found sooner.
Pairs = Container[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the repaired text, as printed and in its simplified reading (same length)."""

    kind: LineKind
    text: str
    simplified: str
    start: int
    end: int
    furniture: str = ""  # kind of furniture: disclaimer, share, editor, navigation, contact, teaser …


@dataclass(slots=True)
class Story:
    """One piece of a page: its headline, the lines above and below that tell about it, its body."""

    title: Line | None
    blocks: list[Block]
    meta: list[Line] = field(default_factory=list)
    captions: list[Passage] = field(default_factory=list)
    furniture: list[Passage] = field(default_factory=list)
    span: tuple[int, int] = (0, 0)
    flags: list[str] = field(
        default_factory=list
    )  # column-join, interleaved, second-copy-dropped, title-from-bracket …


@dataclass(slots=True)
class Page:
    """One capture: its repaired text, lines and stories. Page-wide facts are fallbacks for the stories."""

    text: str
    simplified: str
    script: Script
    lines: list[Line]
    stories: list[Story]
    source_url: str | None = None
    captured_at: str | None = None
    #: from HTML only: what the markup says (title, og:title, meta dates, author, site name …), never believed alone
    markup: dict[str, str] = field(default_factory=dict)
    #: the words that date a text, as editors keep them
    usages: tuple[Usage, ...] = field(default_factory=shipped_usages)
