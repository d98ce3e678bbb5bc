"""Where the body of a page of one story begins: its first sentence, and what above the first long paragraph belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.ingest.extract.lines import ASKED, is_open
from archive.ingest.extract.page import Line
from archive.ingest.extract.summaries import SUMMARY
from archive.ingest.extract.surroundings import plain_marks
from archive.ingest.extract.tails import TAIL

#: A paragraph long enough to be body by itself, in characters; a page of short ones has none so long.
PARAGRAPH, SHORT_PARAGRAPH = 60, 25
#: A whole sentence opens the body from this length on: where markup marks it as body, or where nothing longer stands.
SHORTEST_VOUCHED = 12
#: An open line shorter than this is a headline or a heading, not a broken column.
BROKEN = 40
#: A text set in short lines has so many of them, none longer.
SHORT_LINES, SHORT_LINE = 4, 30
#: A page of nothing but short lines has so many.
VERSES = 12
#: A subheading is no longer.
SUBHEADING = 30
#: A line repeated word for word is a second copy from this length on.
REPEATED = 15
#: A headline is no longer.
HEADLINE = 50
TEXT = ("body", "list", "table", "heading")
#: The number of a part or an item before its words: 一、…, (二)…, 3.….
ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d))\s?\S{3}"
)
#: What goes on behind a figure at which a column broke; a sentence may begin with 台州 or 名山, too.
_UNIT = re.compile(
    r"公里|平方|立方|公斤|公顷|吨|亩|%|℃|例(?!如)|[万亿][元人名户亩吨斤个只件箱多余]|余[万名人户]|[米斤元人名户岁天个只件箱辆台套次度](?=[,。;、)的])"
)
_CLAUSE = re.compile(r"[。，,！!？?；;：:、]")
_REPORT = re.compile(r"[一-鿿]{2,12}(?:讯|电)\s?[(\[记通]")
#: A quotation, or a day and its clause: 某日,有人留言:“….
_SPOKEN = re.compile(r"“|(?:\d{4}年)?\d{1,2}月\d{1,2}日,")
#: Whom a letter is for, on a line of its own.
_ADDRESS = re.compile(
    r"^(?:(?:[^,。;!?:]{0,30}(?:乡亲|朋友|居民|市民|村民|同胞|同志|群众|人民|家长|师生|业主|老师|同学|员工|乡贤|亲友|住户|旅客|客商|学子)们?、?){1,4}|各[一-鿿()、,]{1,60}(?:单位|部门|企业|学校|村|社区|街道|办事处|团体))\s?:$"
)
#: A line that names who wrote or edited, and no day.
_PEOPLE = re.compile(
    r"^\W{0,2}(?:(?:作者|记者|编辑|编审|审核|文|图|文/图|撰文|撰稿)\s?[:|/丨]\s?[一-鿿、]{2,8}(?:[ 、][一-鿿]{2,4}){0,6}\s*){1,3}$"
    r"|^(?:来源|文章来源|转自)\s?:\s?\S{2,30}$"
)
#: What the line of a source says.
_DATED = re.compile(r"来源|\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}")


def first_paragraph(lines: Sequence[Line], markup: bool) -> int | None:
    """Where the body begins: its first sentence. A short page may have none as long as a paragraph."""
    for shortest in (SHORTEST_VOUCHED,) if markup else (PARAGRAPH, SHORT_PARAGRAPH, SHORTEST_VOUCHED):
        position = _prose(lines, shortest)
        if position is not None:
            return _back(lines, position)
    return _verse(lines)


def _prose(lines: Sequence[Line], shortest: int) -> int | None:
    """The first line with clauses of at least so many characters; a short one is a whole sentence before it is half of one."""
    halves: list[int] = []
    for position, line in enumerate(lines):
        if line.kind not in ("body", "list", "table") or len(line.text) < shortest:
            continue
        if not _CLAUSE.search(line.simplified):
            continue
        if len(line.text) >= PARAGRAPH or _is_sentence(line.simplified):
            broken = bool(halves) and halves[-1] == position - 1 and lines[halves[-1]].text[-1:].isdigit()
            return halves[-1] if broken else position  # …边境线长达169.8 / 公里,三面…
        if shortest > SHORTEST_VOUCHED:
            halves.append(position)
    return halves[0] if halves else None


def _verse(lines: Sequence[Line]) -> int | None:
    """Where a page begins that is set in short lines throughout, as accounts set theirs: below the line of the date."""
    top = next((n for n, line in enumerate(lines) if line.kind == "meta" and _DATED.search(line.simplified)), None)
    rows = [n for n, line in enumerate(lines) if line.kind == "body" and top is not None and n > top]
    told = sum(len(lines[n].text) for n in rows)
    return rows[0] if len(rows) >= VERSES and told >= PARAGRAPH and told <= SHORT_LINE * len(rows) else None


def _back(lines: Sequence[Line], position: int) -> int:
    """Take the short sentences just above the first paragraph into the body (a quotation, a first line, rows of verse)."""
    start = position
    address = _address(lines, position)
    for earlier in range(position - 1, -1, -1):
        line = lines[earlier]
        if line.kind in ("blank", "image", "caption") or _numbers_a_part(line) or _lends_a_picture(line):
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
            or (line.kind == "body" and ENUMERATED.match(plain_marks(line.simplified)))
            or _broken_before_mark(lines, earlier)
            or (line.kind == "body" and earlier == _above(lines, start) and _is_broken_off(lines, earlier))
        ):
            break
        start = earlier
    return _below_the_source(lines, _first_of_short_lines(lines, start))


def _first_of_short_lines(lines: Sequence[Line], start: int) -> int:
    """Where a text set in short lines begins: they stand between the line of source and date and the first paragraph."""
    top = start
    run: list[int] = []  # their lengths
    for earlier in range(start - 1, -1, -1):
        line = lines[earlier]
        if line.kind in ("blank", "image", "caption") or (line.kind == "furniture" and line.furniture == "address"):
            continue
        if line.kind != "body" or len(line.text) > SHORT_LINE or "|" in plain_marks(line.simplified):
            whole = len(run) >= SHORT_LINES and 6 * len(run) <= sum(run) <= 16 * len(run)
            return top if line.kind == "meta" and whole else start
        top = earlier
        run.append(len(line.text))
    return start


def _below_the_source(lines: Sequence[Line], start: int) -> int:
    """Where the body begins right below the line of source and date: nothing but prose stands between, a sentence among it."""
    top, told = start, False
    for earlier in range(start - 1, -1, -1):
        line = lines[earlier]
        if line.kind in ("blank", "image", "caption"):
            continue
        if line.kind == "meta":
            headed = any(other.kind in ("body", "heading", "title") for other in lines[:earlier])
            return top if told and headed and _DATED.search(plain_marks(line.simplified)) else start
        bare = plain_marks(line.simplified)
        if line.kind != "body" or "|" in bare or _is_repeated(lines, earlier):
            return start
        told = told or (len(bare) >= SHORT_PARAGRAPH and bare.endswith("。"))
        top = earlier
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
        and not SUMMARY.match(plain_marks(lead.simplified))
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
    if bare[-1:].isdigit() and "," in bare:
        below = next((line for line in lines[position + 1 :] if line.kind != "blank"), None)
        return below is not None and bool(_UNIT.match(plain_marks(below.simplified)))  # …边境线长达169.8 / 公里
    if len(bare) < (SHORT_PARAGRAPH if "。" in bare else BROKEN) or not is_open(bare) or bare.endswith((")", "|")):
        return False
    above = [line for line in lines[:position] if line.kind in ("body", "heading", "title")]
    headed = bool(above) and is_open(above[-1].simplified) and len(above[-1].text) <= TAIL
    return "。" in bare or (bool(_REPORT.match(bare)) and "," in bare) or (headed and "," in bare)


def _heads_a_part(lines: Sequence[Line], position: int) -> bool:
    """A subheading between a short lead and the first paragraph: a headline stands above that lead, or nothing."""
    above = [
        line
        for line in lines[:position]
        if line.kind not in ("blank", "image", "caption") and not _numbers_a_part(line)
    ]
    bare = lines[position].simplified.rstrip("”」』")
    if len(lines[position].text) > SUBHEADING or not is_open(bare) or not above:
        return False
    if len(above) == 1:  # nothing above: a first sentence too long for a summary of one line
        return (
            len(above[0].text) >= BROKEN and above[0].kind == "body" and plain_marks(above[0].simplified)[-1:] == "。"
        )
    lead, rest = above[-1], above[:-1]
    told = lead.kind == "body" and len(lead.text) >= SHORTEST_VOUCHED and _is_sentence(lead.simplified)
    run = len(rest) >= 2 and all(line.kind == "body" and _is_sentence(line.simplified) for line in rest[-2:])
    headed = any(line.kind in ("body", "heading", "title") and is_open(line.simplified) for line in rest[-3:])
    return told and (run or headed)


def _numbers_a_part(line: Line) -> bool:
    """The number of a part on a line of its own: 01, 2."""
    return line.kind == "furniture" and re.fullmatch(r"0?[1-9]\.?", line.text.strip()) is not None


def _lends_a_picture(line: Line) -> bool:
    """Whose picture stands here: 图片来源:某图网."""
    return (
        line.kind == "meta" and re.match(r"(?:图片|照片|题图|封面)来源\s?:", plain_marks(line.simplified)) is not None
    )


def _is_sentence(text: str) -> bool:
    """A line that ends as sentences do and headlines do not."""
    bare = plain_marks(text).rstrip().rstrip("�")
    if "。" in bare:
        return bare.endswith(("。", "。”", "?", "!", "!”", "”", ")"))
    if ASKED.match(bare):
        return True
    if bare.endswith(("!”", "?”", "…”")) and len(bare) >= SHORT_PARAGRAPH and _SPOKEN.match(bare):
        return True
    return bare.endswith((",", ";", "……")) or (
        bare.endswith(":") and (len(bare) >= 12 or re.search(r"(?:如下|是|\d个):$", bare) is not None)
    )


def _broken_before_mark(lines: Sequence[Line], position: int) -> bool:
    """Whether the next line begins with the mark of this one's sentence: 某某忙坏了 / ,她一个人采茶."""
    below = next((line for line in lines[position + 1 :] if line.kind != "blank"), None)
    return below is not None and begins_with_mark(below)


def begins_with_mark(line: Line) -> bool:
    """Whether a line begins with a mark that ends a clause: it was cut off the line above."""
    return line.kind == "body" and line.simplified[:1] in ",，。；;、！？"


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
