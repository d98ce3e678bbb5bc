"""Headlines that a page says are headlines: behind a label, glued to the source line, in brackets, in its markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from archive.ingest.extract.labels import LABEL, labelled_values
from archive.ingest.extract.outlet_names import is_outlet_name, leading_outlet
from archive.ingest.extract.page import Line
from archive.ingest.extract.surroundings import plain_marks

LABELLED = re.compile(r"^(?:(?:原|完整|完整新闻)?标题|题目|主题|查看完整版本)\s?[::]\s?(?P<title>\S.{3,60})$")
#: What an electronic paper leaves below its text: day, page, paper, file and the headline.
_RESIDUE = re.compile(r"\scontent_\d+\.html?\s(?:\d+\s){1,3}(?P<title>\S.{3,60}?)\s*/enpproperty")
_NEXT_LABEL = re.compile(rf"\s(?={LABEL.pattern})")
_BRACKETED = re.compile(r"^\s*【(?P<title>[^【】]{8,40})】")
#: 某网某镇讯, 某社2月3日电: a dateline in such brackets; 某镇送来喜讯 is none.
_DATELINE = re.compile(
    r"日(?:讯|电|报[道导])$|\d日$|消息$|(?:本报|[网社](?![格络上点友民购课区会员保])).{0,12}(?<![喜资通短简音捷停供用])(?:讯|电|报[道导])$"
)
_SITE_TAIL = re.compile(r"\s*(?:[-_|–—]+\s*[^-_|–—]{2,20})+$")
#: 首页 > 问答 > 某事: the way to a page ends in its headline; behind 专题 or 专栏 stands the name of a column.
_TRAIL = re.compile(r"^(?=.*首页).*(?<!专[栏题])(?<!专[栏题]\s)[>»›]\s*(?P<title>[^>»›]{8,44})$")
_BUTTONS = re.compile(
    r"(?:\s*[\[【(](?:打印|复制|收藏|关闭|返回|分享|举报|推荐)[^\[\]【】()]{0,4}[\]】)]|\s*\|?\s*(?:查看|回复|浏览|阅读)\s?:\s?\d+)+\s*$"
)


def part(line: Line, a: int, b: int) -> Line:
    """The characters from `a` to `b` of a line as a line."""
    return replace(line, text=line.text[a:b], simplified=line.simplified[a:b], start=line.start + a, end=line.start + b)


def joined(line: Line, second: Line, mark: str) -> Line:
    """Two lines as one, with `mark` between them."""
    return replace(
        line, text=line.text + mark + second.text, simplified=line.simplified + mark + second.simplified, end=second.end
    )


def title_end(text: str, match: re.Match[str]) -> int:
    """Where the title ends that a label names: 原标题:某事 来源:某报 — before the next label."""
    end = match.end("title")
    following = _NEXT_LABEL.search(text, match.start("title"))
    return following.start() if following and following.start() - match.start("title") >= 5 else end


def labelled_title(lines: Sequence[Line]) -> Line | None:
    """A line 标题: X, as aggregators print above or below the body; the Line is X itself."""
    for line in lines:
        text = plain_marks(line.simplified)
        match = LABELLED.match(text) or _RESIDUE.search(text)
        if match:
            a, b = match.start("title"), title_end(text, match)
            return replace(without_buttons(part(line, a, b)), kind="title", furniture="")
    return None


def trail_title(lines: Sequence[Line]) -> Line | None:
    """The headline at the end of the way of navigation above a body: 首页 > 问答 > 某事; the name of a column is none."""
    for line in lines:
        match = _TRAIL.match(plain_marks(line.simplified))
        if match is None or is_outlet_name(match["title"].strip(), labelled=True):
            continue
        a = match.start("title")
        return replace(part(line, a, a + len(match["title"].rstrip())), kind="title", furniture="")
    return None


def without_buttons(line: Line) -> Line:
    """A headline without the buttons of the page behind it: 某事 [打印本页]."""
    match = _BUTTONS.search(line.simplified)
    return part(line, 0, match.start()) if match else line


_GLUED = re.compile(
    r"^(?P<title>(?=(?:[^一-鿿]*[一-鿿]){8})[^|/<>\[\]():]{8,44}?)\s*(?:(?:发布)?(?:时间|日期)\s?:\s?)?(?=20\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2})"
)


def glued_title(lines: Sequence[Line]) -> Line | None:
    """A headline that runs into its source line: 某县网格员上门登记2020-02-12 08:15 来源:某报."""
    for line in lines:
        match = _GLUED.match(plain_marks(line.simplified))
        if match is None or line.kind != "meta":
            continue
        head = match["title"].strip()
        if labelled_values(head) or is_outlet_name(head) or leading_outlet(head) == head:
            continue
        a = line.simplified.index(head[0])
        return Line(
            "title",
            line.text[a : a + len(head)],
            line.simplified[a : a + len(head)],
            line.start + a,
            line.start + a + len(head),
        )
    return None


def bracketed_title(line: Line) -> Line | None:
    """A headline in 【】 at the head of the first paragraph; it stays part of the body."""
    match = _BRACKETED.match(line.simplified)
    if match is None or _DATELINE.search(match["title"]):
        return None
    a, b = match.span("title")
    return replace(part(line, a, b), kind="title", furniture="")


def without_site(title: str) -> str:
    """The title tag of a page without the names of section and site behind it."""
    return _SITE_TAIL.sub("", title).strip()
