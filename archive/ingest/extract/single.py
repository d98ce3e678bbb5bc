"""A page of one story: title, what tells about it, body, captions; all else is furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.ingest.extract.lines import is_open
from archive.ingest.extract.page import Line, Story
from archive.ingest.extract.titles import bracketed_title, choose_title, labelled_title
from archive.ingest.records import Block, Passage

#: A paragraph long enough to be body by itself, in characters.
PARAGRAPH = 60
#: Body enough for a disclaimer or teaser to open the footer.
ENOUGH = 120
#: A line repeated word for word is a second copy from this length on.
REPEATED = 15
#: An open paragraph shorter than this is a heading or a list item, not a broken column.
BROKEN = 40
_OPENS_FOOTER = {"disclaimer", "teaser"}


def single_story(lines: Sequence[Line], *, markup_title: str = "", joins: bool = True) -> Story:
    """Return the story of a page; a page without prose gives a Story without blocks."""
    body_lines, aside, flags = _zones(lines)
    first = body_lines[0] if body_lines else None
    above = [line for line in lines if first is not None and line.start < first.start]
    candidates = [
        line for line in above if line.kind in ("body", "heading") or (line.kind == "caption" and len(line.text) > 12)
    ]
    candidates = [_without_hashes(line) for line in candidates]
    shown = [line for line in lines if line.kind != "blank"]
    beside = {
        neighbour.start
        for position, line in enumerate(shown)
        if line.kind == "meta"
        for neighbour in (shown[max(0, position - 1)], shown[min(len(shown) - 1, position + 1)])
    }
    text = "".join(line.simplified for line in body_lines)
    title = choose_title(candidates, text, beside_meta=beside, markup=markup_title)
    if title is None:
        title = labelled_title([line for line in lines if line.kind != "blank"])
        flags += ["title-from-label"] if title else []
    if title is None and first is not None:
        title = bracketed_title(first)
        flags += ["title-from-bracket"] if title else []
    blocks = _blocks(body_lines, flags, joins=joins)
    used = {line.start for line in body_lines}
    story = Story(title=replace(title, kind="title") if title else None, blocks=blocks, flags=flags)
    for line in lines:
        if line.kind == "blank" or line.start in used or (title is not None and line.start == title.start):
            continue
        if line.kind == "meta" and line.start not in aside:
            story.meta.append(line)
        elif line.kind == "caption" and line.start not in aside:
            story.captions.append(Passage("caption", line.text, line.start, line.end))
        else:
            story.furniture.append(
                Passage(aside.get(line.start) or line.furniture or _other(line), line.text, line.start, line.end)
            )
    ends = [block.end for block in blocks]
    starts = [block.start for block in blocks] + ([title.start] if title else [])
    story.span = (min(starts, default=0), max(ends, default=0))
    return story


def _other(line: Line) -> str:
    return "image" if line.kind == "image" else "line"


def _zones(lines: Sequence[Line]) -> tuple[list[Line], dict[int, str], list[str]]:
    """The lines of the body, and the lines set aside as second copies or footer (by start: kind)."""
    seen: set[str] = set()
    body: list[Line] = []
    aside: dict[int, str] = {}
    flags: list[str] = []
    footer = False
    amount = 0
    first = _first_paragraph(lines)
    for position, line in enumerate(lines):
        if line.kind == "blank":
            continue
        if line.kind == "furniture" and line.furniture in _OPENS_FOOTER and amount >= ENOUGH:
            footer = True
        key = "".join(line.simplified.split())
        repeated = key in seen and len(key) >= REPEATED
        if line.kind not in ("body", "list", "table", "heading"):
            if repeated:
                aside[line.start] = "second-copy"
            seen.add(key)
            continue
        if repeated:
            aside[line.start] = "second-copy"
            flags += ["second-copy-dropped"] if "second-copy-dropped" not in flags else []
        elif footer:
            aside[line.start] = "footer"
        elif first is not None and position >= first:
            body.append(line)
            amount += len(line.text)
        seen.add(key)
    return _without_tail(body, aside), aside, flags


def _first_paragraph(lines: Sequence[Line]) -> int | None:
    """Where the body begins: its first sentence. A short page may have none as long as a paragraph."""
    for shortest in (PARAGRAPH, 25):
        for position, line in enumerate(lines):
            if (
                line.kind in ("body", "list", "table")
                and len(line.text) >= shortest
                and any(mark in line.simplified for mark in "。,,!?;:;")
            ):
                return _back(lines, position)
    return None


def _back(lines: Sequence[Line], position: int) -> int:
    """Take short sentences just above the first paragraph into the body (a quotation, a first line)."""
    start = position
    for earlier in range(position - 1, -1, -1):
        line = lines[earlier]
        if line.kind == "blank":
            continue
        if (
            line.kind != "body"
            or not line.simplified.endswith(("。", "。”", "?", "!", "!”", "”"))
            or "。" not in line.simplified
        ):
            break
        start = earlier
    return start


def _without_tail(body: list[Line], aside: dict[int, str]) -> list[Line]:
    """Short lines without an end mark behind the last sentence are furniture."""
    end = len(body)
    while (
        end > 1 and len(body[end - 1].text) < 45 and body[end - 1].kind == "body" and is_open(body[end - 1].simplified)
    ):
        end -= 1
        aside[body[end].start] = "tail"
    return body[:end]


def _without_hashes(line: Line) -> Line:
    if line.kind != "heading":
        return line
    cut = len(line.text) - len(line.text.lstrip("# "))
    return Line("heading", line.text[cut:], line.simplified[cut:], line.start + cut, line.end)


def _blocks(body: Sequence[Line], flags: list[str], *, joins: bool) -> list[Block]:
    blocks: list[Block] = []
    for position, line in enumerate(body):
        last = position == len(body) - 1
        if line.kind == "heading":
            bare = _without_hashes(line)
            blocks.append(Block("heading", bare.text, bare.start, bare.end))
        elif line.kind in ("list", "table"):
            blocks.append(Block("list" if line.kind == "list" else "table", line.text, line.start, line.end))
        elif (
            joins
            and blocks
            and blocks[-1].kind == "paragraph"
            and is_open(blocks[-1].text)
            and len(blocks[-1].text) >= BROKEN
            and not _subheading(line, last)
        ):
            broken = blocks[-1]
            blocks[-1] = Block("paragraph", broken.text + line.text, broken.start, line.end)
            flags += ["column-join"] if "column-join" not in flags else []
        elif _subheading(line, last):
            blocks.append(Block("heading", line.text, line.start, line.end))
        else:
            blocks.append(Block("paragraph", line.text, line.start, line.end))
    return blocks


def _subheading(line: Line, last: bool) -> bool:
    """A short line without an end mark between paragraphs."""
    return not last and len(line.text) <= 30 and is_open(line.simplified) and "," not in line.simplified[-1:]
