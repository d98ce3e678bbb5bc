"""A newspaper page: several stories under their headings, or under headlines before 本报讯."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from archive.ingest.extract.columns import Column, Paragraph, Rareness, slipped_section
from archive.ingest.extract.page import Line, Story
from archive.ingest.extract.placed import Placed
from archive.ingest.extract.surroundings import plain_marks
from archive.ingest.records import Block, Passage

_LEVEL = re.compile(r"^(#+)\s*")
_OPENING = re.compile(
    r"^\s*(?:本报|本台|本网|[一-鿿]{2,8}[报网台]|[一-鿿]{2,4}社)(?:[一-鿿]{0,6}\d{1,2}月\d{1,2}日)?[一-鿿]{0,4}[讯电]\s?(?:[(\[]|记者|通讯员|\s)"
)
_QUOTED = ("“", "《", "「")


def is_newspaper_page(lines: Sequence[Line]) -> bool:
    """Two headings of the first level, or two short headlines each before a paragraph that opens 本报讯."""
    return sum(_level(line) == 1 for line in lines) >= 2 or len(_headlines(lines)) >= 2


def newspaper_stories(lines: Sequence[Line]) -> list[Placed]:
    """Return the stories of a newspaper page, in the order of their headlines; each line is used once."""
    headlines: set[int] = set()
    if sum(_level(line) == 1 for line in lines) < 2:
        headlines = _headlines(lines)
        lines = [replace(line, kind="heading") if line.start in headlines else line for line in lines]
    shown = [line for line in lines if line.kind != "blank"]
    rareness = Rareness(line for line in shown if line.kind in ("body", "heading"))
    stories: list[Story] = []
    column = Column()
    columns: list[Column] = []
    position = 0
    while position < len(shown):
        line = shown[position]
        position += 1
        if line.kind == "heading":
            level, bare = max(1, _level(line)), _bare(line)
            byline = shown[position] if position < len(shown) and shown[position].kind == "meta" else None
            if level == 1 or byline is not None or line.start in headlines:
                story = Story(title=replace(bare, kind="title"), blocks=[])
                if byline is not None:
                    story.meta.append(byline)
                    position += 1
                held = column.held if level > 1 and column.held and _goes_on(shown[position:]) else []
                if held:
                    column.held = []
                else:
                    _settle(column)
                column = Column(
                    paragraphs=held, title=bare.simplified, flags=["headline-after-section"] if held else []
                )
                stories.append(story)
                columns.append(column)
                continue
            if not stories:
                stories, columns = [Story(title=None, blocks=[])], [column]
            if column.open:
                section = slipped_section(column, bare, _text_until_heading(shown[position:]), rareness)
                if section is not None:
                    _settle(column)
                    column.held = section
                    position = _behind(shown, section[-1].lines[-1])
                    continue
            column.add_heading(bare)
        elif not stories:
            stories, columns = [Story(title=None, blocks=[])], [column]
            position -= 1
        elif line.kind in ("body", "list", "table"):
            column.add(line)
        elif line.kind == "meta":
            stories[-1].meta.append(line)
        elif line.kind == "caption":
            stories[-1].captions.append(Passage("caption", line.text, line.start, line.end))
        else:
            stories[-1].furniture.append(Passage(line.furniture or line.kind, line.text, line.start, line.end))
    _settle(column)
    return _merge_empty([_finish(story, its) for story, its in zip(stories, columns, strict=True)])


def _settle(column: Column) -> None:
    """A section that no headline claimed stays where it was found."""
    if column.held:
        column.paragraphs.extend(column.held)
        column.held = []
        column.flags.append("interleaved-unsure")


def _finish(story: Story, column: Column) -> Placed:
    story.flags = [*story.flags, *column.flags]
    story.blocks = [_block(paragraph) for paragraph in column.paragraphs]
    places = [block.start for block in story.blocks] + ([story.title.start] if story.title else [])
    story.span = (min(places, default=0), max([block.end for block in story.blocks], default=0))
    starts = [line.start for paragraph in column.paragraphs for line in paragraph.lines]
    return Placed(story, starts + ([story.title.start] if story.title else []))


def _block(paragraph: Paragraph) -> Block:
    kind = "heading" if paragraph.heading else "paragraph"
    return Block(
        "heading" if kind == "heading" else "paragraph",
        paragraph.text,
        paragraph.lines[0].start,
        paragraph.lines[-1].end,
    )


def _merge_empty(stories: list[Placed]) -> list[Placed]:
    """A heading without text (a section's name, a page's head) is furniture of the story behind it."""
    kept: list[Placed] = []
    waiting: list[Passage] = []
    for placed in stories:
        story = placed.story
        if story.blocks:
            story.furniture = [*waiting, *story.furniture]
            kept.append(placed)
            waiting = []
            continue
        lines = [*([story.title] if story.title else []), *story.meta]
        waiting += [Passage("section", line.text, line.start, line.end) for line in lines]
        waiting += [*story.furniture, *story.captions]
    if kept and waiting:
        kept[-1].story.furniture += waiting
    return kept


def _goes_on(rest: Sequence[Line]) -> bool:
    """Whether the text behind a headline continues a sentence rather than begins one."""
    text = next((line for line in rest[:2] if line.kind == "body"), None)
    return (
        text is not None
        and not text.simplified.startswith(_QUOTED)
        and not _OPENING.match(plain_marks(text.simplified))
    )


def _text_until_heading(rest: Sequence[Line]) -> list[Line]:
    found = []
    for line in rest:
        if line.kind == "heading":
            break
        if line.kind in ("body", "list", "table"):
            found.append(line)
    return found


def _behind(lines: Sequence[Line], last: Line) -> int:
    return next(position for position, line in enumerate(lines) if line.start == last.start) + 1


def _level(line: Line) -> int:
    match = _LEVEL.match(line.text) if line.kind == "heading" else None
    return len(match[1]) if match else 0


def _bare(line: Line) -> Line:
    cut = len(line.text) - len(_LEVEL.sub("", line.text))
    return replace(line, text=line.text[cut:], simplified=line.simplified[cut:], start=line.start + cut)


def _headlines(lines: Sequence[Line]) -> set[int]:
    """Starts of short lines just before (a byline and) a paragraph that opens with 本报讯.

    They may be headings of a lower level, where the paper's masthead is the one of the first.
    """
    found = set()
    shown = [line for line in lines if line.kind not in ("blank", "meta", "image", "caption")]
    for before, line in pairwise(shown):
        opens = line.kind == "body" and len(line.text) > 40 and _OPENING.match(plain_marks(line.simplified))
        if (
            opens
            and before.kind in ("body", "heading")
            and 5 <= len(before.text.lstrip("# ")) <= 45
            and not before.simplified.endswith(("。", "”"))
        ):
            found.add(before.start)
    return found
