"""Pages for the tests of the fields, put together from invented lines; no structure is guessed here."""

from __future__ import annotations

from archive.ingest.extract.fields import StoryFields, read_fields
from archive.ingest.extract.page import Line, LineKind, Page, Story
from archive.ingest.records import Block
from archive.text.script import to_simplified

BODY = "示例县示例镇的干部群众连日来坚守在疫情防控一线，村里的大喇叭每天提醒大家少出门、戴口罩、勤洗手。"


def page_of(
    *,
    head: str = "",
    title: str | None = "示例镇筑牢防线",
    body: str = BODY,
    foot: str = "",
    url: str | None = None,
    captured: str | None = None,
) -> Page:
    """A page of one story: lines of the head, headline, paragraphs, lines of the foot (each a text with line breaks)."""
    lines: list[Line] = []
    blocks: list[Block] = []
    text = ""
    parts: list[tuple[LineKind, str]] = [("meta", line) for line in head.split("\n") if line]
    if title is not None:
        parts.insert(0, ("title", title))
    parts += [("body", line) for line in body.split("\n") if line]
    parts += [("meta", line) for line in foot.split("\n") if line]
    heading = None
    meta = []
    for kind, words in parts:
        start = len(text)
        text += words + "\n"
        line = Line(kind, words, to_simplified(words), start, start + len(words))
        lines.append(line)
        if kind == "title":
            heading = line
        elif kind == "body":
            blocks.append(Block("paragraph", words, start, start + len(words)))
        else:
            meta.append(line)
    story = Story(heading, blocks, meta, span=(0, len(text)))
    return Page(text, to_simplified(text), "Hans", lines, [story], source_url=url, captured_at=captured)


def fields_of(**parts: str | None) -> StoryFields:
    """The fields of the one story of `page_of(**parts)`."""
    page = page_of(**parts)  # type: ignore[arg-type]
    return read_fields(page, page.stories[0], "上传.txt")


def newspaper_of(masthead: str, titles: list[str]) -> Page:
    """A page of a paper: a line above all headlines, then one story of one paragraph under each."""
    lines: list[Line] = []
    stories: list[Story] = []
    text = ""

    def add(kind: LineKind, words: str) -> Line:
        nonlocal text
        line = Line(kind, words, to_simplified(words), len(text), len(text) + len(words))
        text += words + "\n"
        lines.append(line)
        return line

    top = add("meta", masthead)
    for number, title in enumerate(titles):
        heading = add("title", title)
        body = add("body", f"本报讯（通讯员 李示例）{BODY}")
        block = Block("paragraph", body.text, body.start, body.end)
        stories.append(Story(heading, [block], [] if number else [top], span=(heading.start, body.end)))
    return Page(text, to_simplified(text), "Hans", lines, stories)
