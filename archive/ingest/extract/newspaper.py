"""A newspaper page: several stories under their headings, or under headlines before 本报讯."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from archive.ingest.extract.columns import Column, block_of
from archive.ingest.extract.lines import is_meta, is_open
from archive.ingest.extract.outlet_names import is_outlet_name
from archive.ingest.extract.page import Line, Story
from archive.ingest.extract.placed import Placed
from archive.ingest.extract.seams import SUFFIX, goes_on
from archive.ingest.extract.surroundings import plain_marks
from archive.ingest.extract.threads import Threads, read_threads
from archive.ingest.records import Passage
from archive.text.dates import find_dates

_LEVEL = re.compile(r"^(#+)\s*")
_OPENING = re.compile(
    r"^\s*(?:本报|本台|本网|[一-鿿]{2,8}[报网台]|[一-鿿]{2,4}社)(?:[一-鿿]{0,6}\d{1,2}月\d{1,2}日)?[一-鿿]{0,4}[讯电]\s?(?:[(\[]|记者|通讯员|\s)"
)
#: A sentence that goes on: a comma, a particle that ends no name, or the first digits of the hour behind a day.
_CUT_OFF = re.compile(r"[,的在及被把]$|日\d{1,2}(?:[-—~至]\d{1,2})?$|日至\d{1,2}月$")
#: What makes a line the caption of a picture on a page that has lost its pictures.
_PICTURED = re.compile(r"摄|供图|图为|图片|图/|资料图|[▲▼↑↓←→]")
#: The number of a page in its masthead.
_NUMBERED_PAGE = re.compile(r"第\s?[\dA-Z一二三四五六七八九十]{1,3}\s?版|[A-D]?\d{1,2}\s?版")
#: 防控方案(第九版): the edition of a plan, which is no page.
_EDITION = re.compile(r"方案|指南|诊疗")
_TEXT = ("heading", "body", "list", "table")


def is_newspaper_page(lines: Sequence[Line]) -> bool:
    """Two headings of the first level, or one below a masthead; or two short headlines each before a paragraph that opens 本报讯."""
    return _is_marked(lines) or len(_unmarked(lines)) >= 2


def _is_marked(lines: Sequence[Line]) -> bool:
    """Whether headings head the stories."""
    level = story_level(lines)
    return sum(_level(line) == level for line in lines) >= (1 if level == 2 else 2)


def story_level(lines: Sequence[Line]) -> int:
    """The level of the headings that head stories: 2 where the only one of the first level is the masthead, else 1.

    A masthead stands first and names the paper's day or page: # 某日报 2020年3月2日 第3版.
    """
    first = next((line for line in lines if line.kind != "blank"), None)
    if first is None or _level(first) != 1 or sum(_level(line) == 1 for line in lines) > 1:
        return 1
    bare = _LEVEL.sub("", plain_marks(first.simplified)).strip()
    return 2 if _is_masthead(bare) else 1


def _is_masthead(bare: str) -> bool:
    """Whether a heading names a page, and beside it the paper or the day."""
    page = _NUMBERED_PAGE.search(bare)
    if page is None or _EDITION.search(bare):
        return page is None and is_meta(bare)
    names = re.split(r"[\s|·,:《》()]+", f"{bare[: page.start()]} {bare[page.end() :]}")
    return bool(find_dates(bare)) or any(map(is_outlet_name, names))


def newspaper_stories(lines: Sequence[Line]) -> list[Placed]:
    """Return the stories of a newspaper page, in the order of their headlines; each line is used once."""
    headlines: set[int] = set()
    level = story_level(lines)
    if not _is_marked(lines):
        headlines = _unmarked(lines)
        lines = [replace(line, kind="heading") if line.start in headlines else line for line in lines]
    shown = _with_cut_lines([line for line in lines if line.kind != "blank"])
    read = read_threads([_bare(line) for line in shown if line.kind in _TEXT], _headlines(shown, headlines, level))
    columns = _columns(read)
    stories = [Story(title=None, blocks=[]) for _ in columns]
    thread = 0
    places = {step.line.start: step.thread for step in read.steps}
    for line in shown:
        thread = places.get(_bare(line).start, thread)
        if line.kind in _TEXT:
            continue
        story = stories[thread] if stories else Story(title=None, blocks=[])
        if line.kind == "meta":
            story.meta.append(line)
        else:
            kind = "caption" if line.kind == "caption" else line.furniture or line.kind
            passages = story.captions if line.kind == "caption" else story.furniture
            passages.append(Passage(kind, line.text, line.start, line.end))
    placed = [_finish(story, column) for story, column in zip(stories, columns, strict=True)]
    placed = [one for one in placed if one.starts or one.story.meta or one.story.furniture or one.story.captions]
    return merge_empty(sorted(placed, key=lambda one: _begin(one.story)))


def _with_cut_lines(shown: Sequence[Line]) -> list[Line]:
    """Take lines for text that a column cut short, and that look like a date or a footer only for that.

    The line behind goes on inside a sentence, or it ends in a comma, a particle or the hour; a byline below a headline is none of them.
    """
    kept = list(shown)
    for number, (line, below) in enumerate(pairwise([*shown, *shown[-1:]])):
        headed = number == 0 or shown[number - 1].kind == "heading"
        cut_off = _CUT_OFF.search(plain_marks(line.simplified))  # its rest may stand behind another story
        if line.kind == "caption" and not _PICTURED.search(line.simplified) and not _beside_a_picture(shown, number):
            kept[number] = replace(line, kind="body", furniture="")
        told = line.kind in ("meta", "furniture") and is_open(line.simplified)
        if told and (cut_off or (not headed and below.kind == "body" and goes_on(below.simplified) >= SUFFIX)):
            kept[number] = replace(line, kind="body", furniture="")
    return kept


def _beside_a_picture(shown: Sequence[Line], number: int) -> bool:
    return any(line.kind == "image" for line in shown[max(0, number - 1) : number + 2])


def _columns(read: Threads) -> list[Column]:
    count = max((step.thread for step in read.steps), default=-1) + 1
    columns = [Column() for _ in range(count)]
    for step in read.steps:
        columns[step.thread].add(step)
    _put_back(read, columns)
    for number, column in enumerate(columns):
        if read.mixed and _is_mixed(read, number):
            column.flag("interleaved")
        if number in read.flagged or (read.unsure and not read.flagged):
            column.flag("interleaved-unsure")
    return columns


def _put_back(read: Threads, columns: list[Column]) -> None:
    """A section that no headline claimed stays in the story where it was found."""
    for number, column in enumerate(columns[1:], start=1):
        if column.title is not None or not column.blocks:
            continue
        first = next(position for position, step in enumerate(read.steps) if step.thread == number)
        host = columns[read.steps[first - 1].thread] if first else columns[0]
        host.blocks += column.blocks
        host.flag("interleaved-unsure")
        column.blocks = []


def _is_mixed(read: Threads, number: int) -> bool:
    """Whether lines of other stories stand between the first and the last line of this one."""
    places = [position for position, step in enumerate(read.steps) if step.thread == number]
    return bool(places) and places[-1] - places[0] + 1 != len(places)


def _finish(story: Story, column: Column) -> Placed:
    story.title = replace(column.title, kind="title") if column.title else None
    story.flags = [*story.flags, *column.flags]
    story.blocks = [block_of(lines) for lines in column.blocks]
    places = [block.start for block in story.blocks] + ([story.title.start] if story.title else [])
    story.span = (min(places, default=0), max([block.end for block in story.blocks], default=0))
    return Placed(story, column.starts())


def _begin(story: Story) -> int:
    """Where a story stands in the order of the page: its headline, else its first line."""
    if story.title is not None:
        return story.title.start
    starts = [one.start for one in [*story.furniture, *story.captions]]
    return min([*starts, *(line.start for line in story.meta), *(block.start for block in story.blocks)], default=0)


def merge_empty(stories: list[Placed]) -> list[Placed]:
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


def _headlines(shown: Sequence[Line], unmarked: set[int], level: int) -> frozenset[int]:
    """Starts of the headings that open a story: of the highest level, with a byline below, or before 本报讯."""
    found = set()
    for line, below in zip(shown, [*shown[1:], None], strict=True):
        opens = _level(line) <= level or line.start in unmarked or (below is not None and below.kind == "meta")
        if line.kind == "heading" and opens:
            found.add(_bare(line).start)
    return frozenset(found)


def _level(line: Line) -> int:
    match = _LEVEL.match(line.text) if line.kind == "heading" else None
    return len(match[1]) if match else 0


def _bare(line: Line) -> Line:
    if line.kind != "heading":
        return line
    cut = len(line.text) - len(_LEVEL.sub("", line.text))
    return replace(line, text=line.text[cut:], simplified=line.simplified[cut:], start=line.start + cut)


def _unmarked(lines: Sequence[Line]) -> set[int]:
    """Starts of short lines just before (a byline and) a paragraph that opens with 本报讯.

    They may be headings of a lower level, where the paper's masthead is the one of the first.
    """
    found = set()
    shown = [line for line in lines if line.kind not in ("blank", "meta", "image", "caption")]
    for before, line in pairwise(shown):
        opens = line.kind == "body" and len(line.text) > 40 and _OPENING.match(plain_marks(line.simplified))
        short = before.kind in ("body", "heading") and 5 <= len(before.text.lstrip("# ")) <= 45
        if opens and short and not before.simplified.endswith(("。", "”")):
            found.add(before.start)
    return found
