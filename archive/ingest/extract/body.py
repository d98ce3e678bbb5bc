"""Where the body of a page of one story is: its first sentence, its end, and what stands in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.ingest.extract.lines import is_open
from archive.ingest.extract.page import Line
from archive.ingest.extract.summaries import SUMMARY, summed_up, told_again
from archive.ingest.extract.surroundings import plain_marks
from archive.ingest.extract.tails import TAIL, cut_tail

#: A paragraph long enough to be body by itself, in characters; a page of short ones has none so long.
PARAGRAPH, SHORT_PARAGRAPH = 60, 25
#: A whole sentence opens the body from this length on: where markup marks it as body, or where nothing longer stands.
SHORTEST_VOUCHED = 12
#: An open line shorter than this is a headline or a heading, not a broken column.
BROKEN = 40
#: A text set in short lines has so many of them, none longer.
SHORT_LINES, SHORT_LINE = 4, 30
#: A subheading is no longer.
SUBHEADING = 30
#: Body enough for a disclaimer or teaser to open the footer.
ENOUGH = 120
#: A line repeated word for word is a second copy from this length on.
REPEATED = 15
#: A headline is no longer.
HEADLINE = 50
_OPENS_FOOTER = frozenset({"disclaimer", "teaser"})
_TEXT = ("body", "list", "table", "heading")
#: The number of a part or an item before its words: 一、…, (二)…, 3.….
ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d))\s?\S{3}"
)
_CLAUSE = re.compile(r"[。，,！!？?；;：:、]")
_REPORT = re.compile(r"[一-鿿]{2,12}(?:讯|电)\s?[(\[记通]")
#: Whom a letter is for, on a line of its own.
_ADDRESS = re.compile(
    r"^(?:(?:[^,。;!?:]{0,30}(?:乡亲|朋友|居民|市民|村民|同胞|同志|群众|人民|家长|师生|业主|老师|同学|员工|乡贤|亲友|住户|旅客|客商|学子)们?、?){1,4}|各[一-鿿()、,]{1,60}(?:单位|部门|企业|学校|村|社区|街道|办事处|团体))\s?:$"
)
#: A line that names who wrote or edited, and no day.
_PEOPLE = re.compile(r"^\W{0,2}(?:作者|记者|编辑|编审|审核|文|图|文/图|撰文|撰稿)\s?[:|/丨]\s?[一-鿿 、]{2,20}$")


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
            if told_again(line, lines[position + 1 :]) or summed_up(lines, position):
                zones.aside[line.start] = "summary"
                continue
            zones.body.append(line)
            amount += len(line.text)
    if not markup:
        cut_tail(zones.body, zones.aside, next((line for line in reversed(lines) if line.kind != "blank"), None))
    return zones


def _is_vouched(line: Line) -> bool:
    """Prose that the markup holds for body."""
    return line.kind in _TEXT and len(line.text) >= SHORT_PARAGRAPH and "。" in line.simplified


def _first_paragraph(lines: Sequence[Line], markup: bool) -> int | None:
    """Where the body begins: its first sentence. A short page may have none as long as a paragraph."""
    for shortest in (SHORTEST_VOUCHED,) if markup else (PARAGRAPH, SHORT_PARAGRAPH, SHORTEST_VOUCHED):
        for position, line in enumerate(lines):
            long = line.kind in ("body", "list", "table") and len(line.text) >= shortest
            if (
                long
                and _CLAUSE.search(line.simplified)
                and (shortest > SHORTEST_VOUCHED or _is_sentence(line.simplified) or len(line.text) >= PARAGRAPH)
            ):
                return _back(lines, position)
    return None


def _back(lines: Sequence[Line], position: int) -> int:
    """Take the short sentences just above the first paragraph into the body (a quotation, a first line, rows of verse)."""
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
            or (line.kind == "body" and ENUMERATED.match(plain_marks(line.simplified)))
            or _broken_before_mark(lines, earlier)
            or (line.kind == "body" and earlier == _above(lines, start) and _is_broken_off(lines, earlier))
        ):
            break
        start = earlier
    return _first_of_short_lines(lines, start)


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
