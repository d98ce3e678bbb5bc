"""Where the body of a page of one story is: its first sentence, its end, and what stands in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.ingest.extract.lines import is_open
from archive.ingest.extract.page import Line
from archive.ingest.extract.surroundings import plain_marks
from archive.text.script import HAN

#: A paragraph long enough to be body by itself, in characters; a page of short ones has none so long.
PARAGRAPH, SHORT_PARAGRAPH = 60, 25
#: What markup marks as body opens it from this length on.
SHORTEST_VOUCHED = 12
#: An open line shorter than this is a headline or a heading, not a broken column.
BROKEN = 40
#: A subheading is no longer.
SUBHEADING = 30
#: Body enough for a disclaimer or teaser to open the footer.
ENOUGH = 120
#: A line repeated word for word is a second copy from this length on.
REPEATED = 15
#: A headline is no longer.
HEADLINE = 50
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
_OPENS_FOOTER = frozenset({"disclaimer", "teaser"})
_TEXT = ("body", "list", "table", "heading")
_CLAUSE = re.compile(r"[。，,！!？?；;：:、]")
_REPORT = re.compile(r"[一-鿿]{2,12}(?:讯|电)\s?[(\[记通]")
#: Whom a letter is for, on a line of its own.
_ADDRESS = re.compile(
    r"^(?:[^,。;!?:]{0,30}(?:乡亲|朋友|居民|市民|村民|同胞|同志|群众|人民|家长|师生|业主|老师|同学|员工|乡贤|亲友|住户|旅客|客商|学子)们?、?){1,4}\s?:$"
)
#: A line that names who wrote or edited, and no day.
_PEOPLE = re.compile(r"^\W{0,2}(?:作者|记者|编辑|编审|审核|文|图|文/图|撰文|撰稿)\s?[:|/丨]\s?[一-鿿 、]{2,20}$")
_SUMMARY_ABOVE = re.compile(r"^(?:摘要|导读|核心提示|内容提要|内容摘要|导语|提要)$")
_SUMMARY = re.compile(r"^(?:摘要|导读|核心提示|内容提要|内容摘要|导语|提要)\s?[::]\s*")


@dataclass(slots=True)
class Zones:
    """The lines of the body; of the others, by start, why they were set aside (second-copy, footer, tail)."""

    body: list[Line] = field(default_factory=list)
    aside: dict[int, str] = field(default_factory=dict)
    flags: list[str] = field(default_factory=list)


def find_body(lines: Sequence[Line], *, markup: bool = False) -> Zones:
    """Return the body of a page of one story and what was set aside; a page without prose has no body.

    `markup`: the kinds come from HTML, whose judgement of what is body goes before the rules for plain text.
    """
    zones = Zones()
    seen: set[str] = set()
    footer = False
    amount = 0
    first = _first_paragraph(lines, markup)
    vouched = max((i for i, line in enumerate(lines) if markup and _is_vouched(line)), default=-1)
    for position, line in enumerate(lines):
        if line.kind == "blank":
            continue
        if line.kind == "furniture" and line.furniture in _OPENS_FOOTER and amount >= ENOUGH and position > vouched:
            footer = True
        key = "".join(line.simplified.split())
        repeated = key in seen and len(key) >= REPEATED
        seen.add(key)
        if repeated:
            zones.aside[line.start] = "second-copy"
            if line.kind in _TEXT and "second-copy-dropped" not in zones.flags:
                zones.flags.append("second-copy-dropped")
        elif line.kind not in _TEXT:
            continue
        elif footer:
            zones.aside[line.start] = "footer"
        elif first is not None and position >= first:
            if _told_again(line, lines[position + 1 :]) or _summed_up(lines, position):
                zones.aside[line.start] = "summary"
                continue
            zones.body.append(line)
            amount += len(line.text)
    if not markup:
        _cut_tail(zones, next((line for line in reversed(lines) if line.kind != "blank"), None))
    return zones


def _is_vouched(line: Line) -> bool:
    """Prose that the markup holds for body."""
    return line.kind in _TEXT and len(line.text) >= SHORT_PARAGRAPH and "。" in line.simplified


def _first_paragraph(lines: Sequence[Line], markup: bool) -> int | None:
    """Where the body begins: its first sentence. A short page may have none as long as a paragraph."""
    for shortest in (SHORTEST_VOUCHED,) if markup else (PARAGRAPH, SHORT_PARAGRAPH):
        for position, line in enumerate(lines):
            long = line.kind in ("body", "list", "table") and len(line.text) >= shortest
            if (
                long
                and _CLAUSE.search(line.simplified)
                and (not markup or _is_sentence(line.simplified) or len(line.text) >= PARAGRAPH)
            ):
                return _back(lines, position)
    return None


def _back(lines: Sequence[Line], position: int) -> int:
    """Take the short sentences just above the first paragraph into the body (a quotation, a first line)."""
    start = position
    address = _address(lines, position)
    for earlier in range(position - 1, -1, -1):
        line = lines[earlier]
        if line.kind in ("blank", "image", "caption"):
            continue
        if line.kind == "meta" and _stands_in_the_text(lines, earlier):
            continue
        if address is not None and earlier >= address and line.kind in ("body", "heading"):
            start = earlier
            continue
        if line.kind not in ("body", "heading") or _is_repeated(lines, earlier):
            break
        if not (
            (line.kind == "body" and (_is_sentence(line.simplified) or _goes_on(lines, earlier)))
            or _heads_a_part(lines, earlier)
            or (line.kind == "body" and earlier == _above(lines, start) and _is_broken_off(lines, earlier))
        ):
            break
        start = earlier
    return start


def _stands_in_the_text(lines: Sequence[Line], position: int) -> bool:
    """A byline between the first sentences and the rest: a long sentence stands above it and the other people's lines."""
    if not _PEOPLE.match(plain_marks(lines[position].simplified)):
        return False
    above = [line for line in lines[:position] if line.kind != "blank"]
    lead = next((line for line in above[::-1] if not _PEOPLE.match(plain_marks(line.simplified))), None)
    return (
        lead is not None
        and lead.kind == "body"
        and len(lead.text) >= BROKEN
        and plain_marks(lead.simplified).endswith("。")
        and not _SUMMARY.match(plain_marks(lead.simplified))
    )


def _address(lines: Sequence[Line], position: int) -> int | None:
    """Where those are addressed whom a letter is for (全县父老乡亲们:), a few lines above its first long paragraph."""
    told = 0
    for earlier in range(position - 1, -1, -1):
        line = lines[earlier]
        if line.kind == "blank":
            continue
        if _ADDRESS.match(plain_marks(line.simplified)):
            return earlier
        told += 1
        if line.kind not in ("body", "heading", "image", "caption") or told > 3:
            return None
    return None


def _is_repeated(lines: Sequence[Line], position: int) -> bool:
    """A line that comes back word for word is the headline, printed again under its pictures; no sentence is."""
    words = "".join(lines[position].simplified.split())
    return (
        REPEATED <= len(words) <= HEADLINE
        and "。" not in words
        and any("".join(line.simplified.split()) == words for line in lines[position + 1 :])
    )


def _above(lines: Sequence[Line], position: int) -> int | None:
    """Where the next line with text stands above `position`."""
    return next((n for n in range(position - 1, -1, -1) if lines[n].kind != "blank"), None)


def _is_broken_off(lines: Sequence[Line], position: int) -> bool:
    """The beginning of a paragraph that a column cut: prose without an end, and the headline stands above it."""
    bare = plain_marks(lines[position].simplified).rstrip()
    if len(bare) < BROKEN or not is_open(bare) or bare.endswith((")", "|")):
        return False
    above = [line for line in lines[:position] if line.kind in ("body", "heading", "title")]
    headed = bool(above) and is_open(above[-1].simplified) and len(above[-1].text) <= TAIL
    return "。" in bare or (bool(_REPORT.match(bare)) and "," in bare) or (headed and "," in bare)


def _heads_a_part(lines: Sequence[Line], position: int) -> bool:
    """A subheading between a short lead and the first paragraph: a headline stands above that lead, or nothing."""
    above = [line for line in lines[:position] if line.kind not in ("blank", "image", "caption")]
    if len(lines[position].text) > SUBHEADING or not is_open(lines[position].simplified) or not above:
        return False
    if len(above) == 1:  # nothing above: a first sentence too long for a summary of one line
        return (
            len(above[0].text) >= BROKEN and above[0].kind == "body" and plain_marks(above[0].simplified)[-1:] == "。"
        )
    lead, rest = above[-1], above[:-1]
    told = lead.kind == "body" and len(lead.text) >= SHORTEST_VOUCHED and _is_sentence(lead.simplified)
    return told and any(line.kind in ("body", "heading", "title") and is_open(line.simplified) for line in rest[-3:])


def _is_sentence(text: str) -> bool:
    """A line that ends as sentences do and headlines do not."""
    bare = plain_marks(text).rstrip().rstrip("�")
    if "。" in bare:
        return bare.endswith(("。", "。”", "?", "!", "!”", "”", ")"))
    if bare.startswith("“") and bare.endswith(("!”", "?”", "…”")) and len(bare) >= SHORT_PARAGRAPH:
        return True
    return bare.endswith((",", ";", "……")) or (bare.endswith(":") and len(bare) >= 12)


def _goes_on(lines: Sequence[Line], position: int) -> bool:
    """A line without a mark inside a sentence that is set line by line: the line above ends in a comma."""
    above = next((line for line in reversed(lines[:position]) if line.kind != "blank"), None)
    below = next((line for line in lines[position + 1 :] if line.kind != "blank"), None)
    return (
        above is not None
        and above.kind == "body"
        and plain_marks(above.simplified).endswith(",")
        and below is not None
        and len(below.text) < PARAGRAPH
    )


def _told_again(line: Line, rest: Sequence[Line]) -> bool:
    """A summary that only repeats how the first paragraph begins, or that paragraph cut short."""
    text = line.simplified.strip()
    if (
        len(text) >= 30
        and is_open(text)
        and any(len(o.text) > len(text) and o.simplified.strip().startswith(text.rstrip(".…")) for o in rest[:4])
    ):
        return True
    match = _SUMMARY.match(plain_marks(line.simplified))
    if match is None:
        return False
    start = "".join(HAN.findall(line.simplified[match.end() :]))[:12]
    following = ["".join(HAN.findall(other.simplified)) for other in rest[:8] if other.kind != "blank"]
    return len(start) >= 8 and any("".join(following[i:]).startswith(start) for i in range(min(6, len(following))))


def _summed_up(lines: Sequence[Line], position: int) -> bool:
    """A paragraph under the word 导读 that ends in words of the body."""
    above = _above(lines, position)
    if above is None or not _SUMMARY_ABOVE.match(plain_marks(lines[above].simplified).strip()):
        return False
    end = "".join(HAN.findall(lines[position].simplified))[-12:]
    return len(end) == 12 and any(end in "".join(HAN.findall(line.simplified)) for line in lines[position + 1 :])


def _cut_tail(zones: Zones, last: Line | None) -> None:
    """Short lines behind the last sentence that neither end nor begin like prose are furniture.

    A page may be cut off inside a sentence: the line that holds clauses stays, and so does a mere beginning
    of one where it is the `last` line of the page and the only short one.
    """
    body = zones.body
    end = len(body)
    while end > 1:
        line = body[end - 1]
        if line.kind != "body" or len(line.text) >= TAIL or not is_open(line.simplified) or _is_cut(line.simplified):
            break
        if line is last and end == len(body) and _begins_a_paragraph(body):
            break
        end -= 1
        zones.aside[line.start] = "tail"
    del body[end:]


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
