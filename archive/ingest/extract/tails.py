"""What stands behind the last sentence of a body, and what the capture cut off there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.ingest.extract.lines import is_open
from archive.ingest.extract.page import Line
from archive.ingest.extract.surroundings import plain_marks
from archive.text.script import HAN

#: A line without an end mark behind the last sentence is furniture up to this length.
TAIL = 45

#: So many characters of body, and the page may have been too long for its capture.
CUT_PAGE = 300

_OPENING_WORDS = re.compile(r"^(?:[-·]\s|\(?\d{1,2}[.、)]\s?|[“《])?[一-鿿\d]")
#: What the last line of a whole page begins with; a capture may cut these words short, too.
_FRAME_WORDS = re.compile(
    r"^(?:转|责|编|审|校|监|来源|作者|记者|通讯员|供稿|摄|图|文[/:]|上一|下一|分享|相关|关注|点击|扫|返回|回|版权|网站|本文|本网|本站|网友|评论|推荐|更多|"
    r"标签|关键|热|声明|免责|投稿|阅读|浏览|展开|收起|加载|查看|打[印开]|关[闭于]|下载|登录|注册|首页|联系|举报|赞|微[信博]|公众号|客户端|发布|时间|日期|原标题|"
    r"新闻|今日|最新|友情|主办|地址|电话|邮箱|技术)|.*(?:报|网|台|社|公众号|客户端|论坛|频道|新闻|发布|在线|中心|版权所有)$"
)
#: So many words between blanks, as long as the names of pages, are a row of links.
LINKS, LINK = 5, 4
#: So many lines, none with an end mark, are a text set in rows; or nearly all without one, and all as short as rows are.
ROWS, ROW, OPEN_ROWS = 8, 25, 0.85


#: Who edited the piece: nothing of it stands below.
EDITED = re.compile(r"(?:责任编辑|责编|文字编辑|编辑|审核|监制)\s?[:|/]\s?[一-鿿]{2}")
#: So many lines without a full stop below the editors, each as short as a headline, are other pieces' headlines.
HEADLINES, HEADLINE = 3, 60
#: What no run of headlines holds and the track of a case does: clauses, and a day, a number or the case at the beginning.
_TRACK = re.compile(
    r"、|^\W{0,3}(?:\d|[一二三四五六七八九十]{1,3}[.)是]|第[一二三四五六七八九十\d]|病例|患者|确诊)|^[-·*•]"
)


def cut_headlines(body: list[Line], aside: dict[int, str], lines: Sequence[Line]) -> None:
    """Take the headlines of other pieces below the line of the editors out of `body`."""
    ends = [line.start for line in lines if line.kind == "meta" and EDITED.search(plain_marks(line.simplified))]
    below = [line for line in body if ends and line.start > ends[-1]]
    told = sum(len(line.text) for line in body) - sum(len(line.text) for line in below)
    if len(below) < HEADLINES or told < TAIL:
        return
    if any(len(line.text) > HEADLINE or "。" in line.simplified for line in below):
        return
    if any(_TRACK.search(plain_marks(line.simplified)) for line in below):
        return
    aside.update({line.start: "tail" for line in below})
    del body[-len(below) :]


def cut_tail(body: list[Line], aside: dict[int, str], last: Line | None) -> None:
    """Take short lines behind the last sentence that neither end nor begin like prose out of `body`.

    A page may be cut off inside a sentence: the line that holds clauses stays, and so does a mere beginning
    of one where it is the `last` line of the page and the only short one.
    """
    rows = sum(is_open(line.simplified) and len(line.text) < ROW for line in body)
    if len(body) >= ROWS and (all(is_open(line.simplified) for line in body) or rows >= OPEN_ROWS * len(body)):
        return  # set in rows without marks, or with few
    end = len(body)
    while end > 1:
        line = body[end - 1]
        if line.kind != "body" or not is_open(line.simplified) or _is_cut(line.simplified):
            break
        bare = plain_marks(line.simplified)
        if len(line.text) >= TAIL and not _is_row(bare) and not _is_pair(bare):
            break
        if line is last and end == len(body) and _begins_a_paragraph(body):
            break
        end -= 1
        aside[line.start] = "tail"
    del body[end:]


def _is_row(text: str) -> bool:
    """Names of pages in a row, parted by nothing but blanks."""
    words = text.split()
    return len(words) >= LINKS and len(text) >= LINK * len(words) and not re.search("[,。;!?“”]", text)


def _is_pair(text: str) -> bool:
    """Two headlines of other pieces on one line, with nothing but a blank between."""
    words = text.split()
    return len(words) == 2 and min(map(len, words)) >= 8 and len(text) <= 80 and not re.search("[,。;!?]", text)


def _is_cut(text: str) -> bool:
    """Prose that breaks off: clauses or a sentence before the break, or an opened quotation."""
    bare = plain_marks(text)
    return len(HAN.findall(bare)) >= 8 and ("," in bare.rstrip(",") or "。" in bare or bare.startswith("“"))


def _begins_a_paragraph(body: Sequence[Line]) -> bool:
    """Whether the last line is the first words of a paragraph that the capture cut off, and no word of a page's frame."""
    *told, line = body
    text = plain_marks(line.simplified)
    return (
        sum(len(other.text) for other in told) >= CUT_PAGE
        and not is_open(told[-1].simplified)
        and bool(_OPENING_WORDS.match(text))
        and not _FRAME_WORDS.match(text)
    )
