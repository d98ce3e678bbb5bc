"""A page of one story, or of briefs that only their bylines divide: title, what tells about it, body, captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from archive.ingest.extract.body import find_body
from archive.ingest.extract.lines import is_open
from archive.ingest.extract.openings import BROKEN, VERSES, begins_with_mark
from archive.ingest.extract.page import Line, Story
from archive.ingest.extract.placed import Placed
from archive.ingest.extract.stated_titles import bracketed_title, glued_title, labelled_title, trail_title
from archive.ingest.extract.surroundings import plain_marks
from archive.ingest.extract.titles import Around, choose_title
from archive.ingest.records import Block, Passage
from archive.text.script import HAN, han_count

#: Fewer Han characters are no brief of their own.
BRIEF = 40
#: A piece of a headline that is printed again has so many Han characters.
PIECE = 8
_THE_END = re.compile(r"\s*[(（]\s?完\s?[)）]$")
_CLOSING = re.compile(r"^[(\[](?!.*(?:编辑|责编|审核|校对|来源|摄|供图|图片)).{2,40}[)\]]$")


def single_stories(lines: Sequence[Line], *, markup_title: str = "", joins: bool = True) -> list[Placed]:
    """Return the story of a page, or its briefs; a page without prose gives one Story without blocks."""
    zones = find_body(lines, markup=not joins)
    parts = _briefs(lines, zones.body)
    if len(parts) == 1:
        return [_story(lines, zones.body, zones.aside, zones.flags, markup_title, joins)]
    stories = []
    for part in parts:
        starts = {line.start for line in part}
        body = [line for line in zones.body if line.start in starts]
        heading = body[0] if len(body) > 1 and _is_headline(body[0]) else None
        stories.append(_story(part, body[1:] if heading else body, zones.aside, ["divided-by-byline"], "", joins))
    return stories


def _briefs(lines: Sequence[Line], body: Sequence[Line]) -> list[Sequence[Line]]:
    """Parts of a page that each end in a byline in brackets on a line of its own; else the page as one part."""
    starts = {line.start for line in body}
    cuts = []
    amount = 0
    for position, line in enumerate(lines):
        if line.start in starts and line.kind != "blank":
            amount += han_count(line.text)
        elif line.kind == "meta" and amount >= BRIEF and _CLOSING.match(plain_marks(line.simplified)):
            cuts.append(position + 1)
            amount = 0
    if amount < BRIEF and cuts:
        cuts.pop()
    if not cuts or (len(cuts) == 1 and amount < BRIEF):
        return [lines]
    if len(cuts) == 1 and not _closes(lines, cuts[0]):
        return [lines]
    return [lines[a:b] for a, b in zip([0, *cuts], [*cuts, len(lines)], strict=True)]


def _closes(lines: Sequence[Line], cut: int) -> bool:
    """Whether the last part, too, ends in a byline: one byline alone may stand inside a story."""
    return any(line.kind == "meta" and _CLOSING.match(plain_marks(line.simplified)) for line in lines[cut:])


def _is_headline(line: Line) -> bool:
    return line.kind == "heading" or (5 <= len(line.text) <= 30 and is_open(line.simplified))


def _story(
    lines: Sequence[Line],
    body: Sequence[Line],
    aside: dict[int, str],
    flags: Sequence[str],
    markup_title: str,
    joins: bool,
) -> Placed:
    notes = list(flags)
    title, title_lines = _title(lines, body, markup_title, notes)
    again = _headline_again(title, body)
    aside = aside | {line.start: "second-copy" for line in body[:again]}
    body = body[again:]
    blocks = _blocks(body, notes, joins=joins)
    story = Story(title=replace(title, kind="title") if title else None, blocks=blocks, flags=notes)
    placed = Placed(story, [*title_lines, *(line.start for line in body)])
    used = set(placed.starts)
    for line in lines:
        if line.kind == "blank" or line.start in used:
            continue
        if line.kind == "meta" and line.start not in aside:
            story.meta.append(line)
        elif line.kind == "caption" and line.start not in aside:
            story.captions.append(Passage("caption", line.text, line.start, line.end))
        else:
            kind = aside.get(line.start) or line.furniture or ("image" if line.kind == "image" else "line")
            story.furniture.append(Passage(kind, line.text, line.start, line.end))
    ends = [block.end for block in blocks]
    starts = [block.start for block in blocks] + ([title.start] if title else [])
    story.span = (min(starts, default=0), max(ends, default=0))
    return placed


def _title(
    lines: Sequence[Line], body: Sequence[Line], markup_title: str, notes: list[str]
) -> tuple[Line | None, list[int]]:
    """The headline, and the starts of the lines that it takes up whole."""
    first = body[0] if body else None
    taken = {line.start for line in body}
    shown = [line for line in lines if line.kind != "blank"]
    above = [line for line in shown if first is not None and line.start < first.start and line.start not in taken]
    labelled = labelled_title(shown)
    known = markup_title or (labelled.simplified if labelled else "")
    around = _around(shown)
    candidates = [
        without_hashes(line)
        for line in above
        if line.kind in ("body", "heading", "title", "list")
        or (line.kind == "caption" and (len(line.text) > 12 or line.start in around.before_meta))
        or _is_known(line, known)
    ]
    lost = {line.simplified for line in candidates}  # words for lost pictures, above the body and in it: no support
    text = "".join(line.simplified for line in body if line.simplified not in lost)
    title = choose_title(candidates, text, around=around, markup=known)
    if title is not None:
        covered = [line.start for line in above if title.start <= line.end and line.start < title.end]
        return title, covered
    if labelled is not None:
        notes.append("title-from-label")
        return labelled, []
    glued = glued_title(above)
    if glued is not None:
        notes.append("title-from-head")
        return glued, []
    bracketed = bracketed_title(first) if first is not None else None
    if bracketed is not None:
        notes.append("title-from-bracket")
        return bracketed, []
    trail = trail_title(above) if not markup_title else None
    if trail is not None:
        notes.append("title-from-trail")
    return trail, []


def _headline_again(title: Line | None, body: Sequence[Line]) -> int:
    """How many lines at the head of the body only print the headline again, whole or piece by piece."""
    headline = "".join(HAN.findall(title.simplified)) if title is not None else ""
    count = 0
    for line in body[:-1][:4]:
        words = "".join(HAN.findall(line.simplified))
        whole = 2 * len(words) >= len(headline) and plain_marks(line.simplified)[-1:] in "!?"
        if len(words) < PIECE or words not in headline or not (whole or is_open(line.simplified)):
            break
        count += 1
    return count


def _is_known(line: Line, known: str) -> bool:
    """A line that markup held for no text, and that is the headline which the page's head gives."""
    text = plain_marks(line.simplified)
    return line.kind == "furniture" and not line.furniture and len(text) >= 5 and plain_marks(known).startswith(text)


def _around(shown: Sequence[Line]) -> Around:
    """Which lines have a line of source and date just behind or before them; the frame of a page says nothing."""
    telling = [line for line in shown if line.kind not in ("furniture", "image")]
    before, behind = set(), set()
    for line, following in pairwise(telling):
        if following.kind == "meta" and line.kind != "meta":
            before.add(line.start)
        if line.kind == "meta" and following.kind != "meta":
            behind.add(following.start)
    return Around(frozenset(before), frozenset(behind))


def without_hashes(line: Line) -> Line:
    """A heading without the marks of its level."""
    if line.kind != "heading":
        return line
    cut = len(line.text) - len(line.text.lstrip("# "))
    return replace(line, text=line.text[cut:], simplified=line.simplified[cut:], start=line.start + cut)


def _blocks(body: Sequence[Line], flags: list[str], *, joins: bool) -> list[Block]:
    blocks: list[Block] = []
    # Set in short lines throughout, as accounts set theirs, its lines are the text and no headings of it.
    in_rows = len(body) >= VERSES and 2 * sum(_subheading(line, False) for line in body) > len(body)
    for position, line in enumerate(body):
        last = position == len(body) - 1
        if line.kind == "heading":
            bare = without_hashes(line)
            blocks.append(Block("heading", bare.text, bare.start, bare.end))
        elif line.kind in ("list", "table"):
            blocks.append(Block("list" if line.kind == "list" else "table", line.text, line.start, line.end))
        elif joins and blocks and (begins_with_mark(line) or _is_broken(blocks[-1], line, last)):
            broken = blocks[-1]
            blocks[-1] = Block("paragraph", broken.text + line.text, broken.start, line.end)
            flags += ["column-join"] if "column-join" not in flags else []
        elif _subheading(line, last) and not in_rows:
            blocks.append(Block("heading", line.text, line.start, line.end))
        else:
            blocks.append(Block("paragraph", line.text, line.start, line.end))
    return _without_end_mark(blocks)


def _without_end_mark(blocks: list[Block]) -> list[Block]:
    """The blocks without the agencies' word for the end, (完), behind the last sentence."""
    mark = _THE_END.search(blocks[-1].text) if blocks and blocks[-1].kind == "paragraph" else None
    if mark and mark.start():
        last = blocks[-1]
        blocks[-1] = Block("paragraph", last.text[: mark.start()], last.start, last.end - (mark.end() - mark.start()))
    return blocks


def _is_broken(block: Block, line: Line, last: bool) -> bool:
    """Whether a paragraph breaks off and `line` goes on with it."""
    open_ = block.kind == "paragraph" and is_open(block.text) and len(block.text) >= BROKEN
    return open_ and not _subheading(line, last)


def _subheading(line: Line, last: bool) -> bool:
    """A short line without an end mark between paragraphs."""
    return not last and len(line.text) <= 30 and is_open(line.simplified) and line.simplified[-1:] not in ",,"
