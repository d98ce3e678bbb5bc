"""Dates of publication that the page or its address states, before any judgement about them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from archive.ingest.extract.labels import labelled_values
from archive.ingest.extract.surroundings import Piece, Surroundings
from archive.text.dates import DateMention, PartialDate, dates_in_url, find_dates

#: A source line is short; a date in a longer line of prose is no statement about the page.
_LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement of a date: the moment as printed, the rule that read it, its place, and how direct it is (0–1)."""

    moment: PartialDate
    rule: str
    text: str
    start: int | None
    end: int | None
    directness: float

    @property
    def day(self) -> date | None:
        days = self.moment.interval()
        return days[0] if days is not None and self.moment.day is not None else None

    @property
    def first(self) -> date | None:
        days = self.moment.interval()
        return days[0] if days is not None else None


_FRAME_LINE = re.compile(
    r"相关(?:新闻|阅读|文章|链接)|推荐|[上下]一[篇条]|版权|[Cc]opyright|©(?!\s?原创)|ICP|备案|许可证|今天是|当前时间|现在是|气温|天气|今日(?=\s|$|[:是天])|有效期|(?:℃|°C)(?!\s?/)"
)
#: A source line behind which the body runs on without a break: 2021/6/2 来源:….
_RUN_ON = re.compile(r"^\D{0,12}20[12]\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s\d{1,2}:\d\d(?::\d\d)?)?\s{0,3}来源\s?[::]")
_LABEL_RANK = {
    "发布时间": 0.97,
    "发布日期": 0.97,
    "发表时间": 0.97,
    "发表日期": 0.97,
    "发稿时间": 0.97,
    "发表于": 0.96,
    "更新时间": 0.905,
}


#: A day and the name of the column under a piece: 2021年4月7日 时事脉搏.
_COLUMN = re.compile(r"^\s*20[12]\d年\d{1,2}月\d{1,2}日\s[一-鿿]{2,6}\s*$")
#: A month behind a label (日期:2020年2月下旬) goes behind any day.
_LABELLED_MONTH = 0.64

#: Labels of when something is done: 采样时间, 静态管理时间.
_ITS_OWN_TIME = re.compile(
    r"(?:采样|检测|接种|报名|活动|会议|培训|考试|比赛|演出|管理|管控|实施|执行|开放|营业|受理|办理|截止|开始|起始|结束|开学|施工|停[水电气])的?(?:时间|日期)\s?[::]\s?$"
)
#: Behind a time: it begins or ends something (7:00开始, 8:00-18:00, 2月10日起); 前沿网 and 起草 do not.
_PLANNED = re.compile(
    r"^\s?(?:开始|结束|截止|至|[-—–~]+\s?\d|(?:起|之?前)(?![一-鿿])|起(?:执行|实施|施行|生效|恢复|暂停|停止|正式|全面|至))"
)
#: What may stand behind the day of a notice on its line.
_BEHIND_SIGNATURE = re.compile(r"^[|\s]*(?:(?:来源|稿源|信息来源|编辑|责编|责任编辑)\s?[::][^,。;]{0,30})?[|\s]*$")


def printed_dates(story: Surroundings) -> list[Stated]:
    """Return the dates that the lines around the body state, most direct first."""
    found: list[Stated] = []
    for piece in story.zone("head", "title"):
        found += _in_line(piece, above=True)
    body = story.body
    for piece in body[:2]:
        if len(piece.text) <= 70 or _RUN_ON.match(piece.text):
            found += _in_line(piece, above=True)
    for piece in story.zone("foot"):
        found += _in_line(piece, above=False)
    below = list(story.zone("foot"))
    signed = {id(day) for office, day in itertools.pairwise([*body, *below]) if _OFFICE_ALONE.search(office.text)}
    for piece in [*body, *below]:
        if piece in body[-2:] or (piece in below and id(piece) in signed) or _SIGNED.match(piece.text):
            found += _signature(piece)
    found += _stacked(story)
    found += _seconds(story)
    for piece in story.zone("page"):
        found += _in_line(piece, above=True, shared=True)
    return sorted(found, key=lambda stated: -stated.directness)


def address_dates(source_url: str | None) -> list[PartialDate]:
    """Return the dates in the address of the page, finest first; years before 2000 are story numbers."""
    if not source_url:
        return []
    moments = [found.moment for found in dates_in_url(source_url)]
    parted = re.search(r"/(20[12]\d)/[a-z0-9]{1,8}_(0[1-9]|1[0-2])([0-2]\d|3[01])/", source_url)  # /2020/24h_0211/
    if parted:
        moments.append(PartialDate(int(parted[1]), int(parted[2]), int(parted[3])))
    return sorted((m for m in moments if m.year is not None), key=lambda m: (m.day is None, m.month is None))


@dataclass(frozen=True, slots=True)
class DayPrinted:
    """A day that the page prints as its own without a year: 02-14 13:58, 2月7日 under a letter."""

    words: str
    month: int
    day: int
    start: int


_CLOCKED = re.compile(r"(?<![\d.:/-])(?P<m>0?[1-9]|1[0-2])[-/月](?P<d>[0-2]?\d|3[01])日?\s\s?\d{1,2}:\d{2}(?!\d)")
#: An office and the day of its notice on one line; replies of readers may follow.
_SIGNED = re.compile(
    r"^[一-鿿()“”]{4,36}(?:办|办公室|指挥部|小组|委员会|政府|局|中心|街道)\s*20[12]\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$"
)
#: The office that signs, or the last line of its name, alone above the day.
_OFFICE_ALONE = re.compile(r"^[一-鿿()“”\s]{0,36}(?:办|办公室|指挥部|小组|委员会|政府|局|中心|街道)\s*$")
_NAMED_DAY = re.compile(
    r"^\s*(?:(?:发[布表]|更新|刊发)(?:时间|日期)|日期)\s?[::]\s?(?P<m>0?[1-9]|1[0-2])[-/月](?P<d>[0-2]?\d|3[01])日?\s*$"
)
_BEFORE_TITLE = re.compile(r"^\s*(?P<m>0[1-9]|1[0-2])[.](?P<d>[0-2]\d|3[01])\s")
_ALONE = re.compile(r"^\s*(?P<m>0?[1-9]|1[0-2])月(?P<d>[0-2]?\d|3[01])日\s*$")


def day_without_year(story: Surroundings) -> DayPrinted | None:
    """Return the day printed above the body or under it without a year; None where there is none."""
    looked = [(_CLOCKED, piece) for piece in story.zone("head") if len(piece.text) <= 60]
    looked += [(_NAMED_DAY, piece) for piece in [*story.zone("head"), *story.body[:2]]]
    looked += [(_BEFORE_TITLE, piece) for piece in story.zone("title")]
    looked += [(_ALONE, piece) for piece in [*story.zone("head"), *story.body[-1:], *list(story.zone("foot"))[:4]]]
    for pattern, piece in looked:
        match = pattern.search(piece.text)
        if match and not _FRAME_LINE.search(piece.text):
            moment = PartialDate(None, int(match["m"]), int(match["d"]))
            if moment.is_possible() and moment.month and moment.day:
                return DayPrinted(match.group().strip(), moment.month, moment.day, piece.start + match.start("m"))
    return None


def _usable(mention: DateMention) -> bool:
    moment = mention.moment
    whole = moment.year is not None and moment.month is not None and moment.day is not None
    return whole and not mention.flaw and moment.is_possible() and mention.calendar in ("gregorian", "roc")


def _month_only(mention: DateMention) -> bool:
    moment = mention.moment
    known = moment.year is not None and moment.month is not None and moment.day is None
    return known and mention.until is None and not mention.flaw and mention.calendar == "gregorian"


def _in_line(piece: Piece, *, above: bool, shared: bool = False) -> list[Stated]:
    text = re.sub(
        r"(20[0-3]\d-\d{2}-\d{2})(\d{3,9})(?![\d:])", lambda m: m[1] + " " * len(m[2]), piece.text
    )  # a counter glued on
    text = re.sub(r"(20\d\d)([-/.]) ?(\d\d?)\2 (\d\d?)(?!\d)", _closed_up, text)
    if len(text) > _LONGEST_LINE and not re.match(r"^\s*(?:发[布表稿]|来源|时间|日期|\d{4}[-年/.])", text):
        return []
    dates = find_dates(text[:400])
    mentions = [mention for mention in dates if _usable(mention)]
    months = [mention for mention in dates if _month_only(mention)]
    if not mentions and not months:
        return []
    found: list[Stated] = []
    labelled: set[int] = set()
    for item in labelled_values(text[:400]):
        if item.kind == "date":
            rank = _LABELLED_MONTH - (0.0 if above else 0.05)
            found += [
                _stated(piece, mention, "month-label", rank)
                for mention in months
                if 0 <= mention.start - item.start <= 3 and not _ITS_OWN_TIME.search(text[: item.start])
            ]
            for mention in mentions:
                if 0 <= mention.start - item.start <= 3 and not _ITS_OWN_TIME.search(text[: item.start]):
                    labelled.add(mention.start)
                    rank = _LABEL_RANK.get(item.label, 0.92)
                    found.append(_stated(piece, mention, "date-label", rank - (0.0 if above else 0.05)))
    if _FRAME_LINE.search(text):
        return found
    for mention in mentions:
        if mention.start in labelled or _ITS_OWN_TIME.search(text[: mention.start]):
            continue
        if _PLANNED.match(text[mention.end :]):
            continue
        clock = mention.moment.minute is not None
        rest = len(text.strip()) - (mention.end - mention.start)
        alone = rest <= 3
        sourced = mention.start <= 12 and _RUN_ON.match(text)
        prose = not sourced and (
            re.search(r"[。!?“”]|自$|[从截至到]$", text[: mention.start])
            or re.search(r"[。!?“”]", text[mention.end :][:60])
        )
        if prose and not clock:
            continue
        if above:
            rank = 0.93 if clock else 0.9 if alone else 0.86 if rest <= 60 or sourced else 0.0
            if piece.zone == "title" and not clock:
                bracketed = (
                    re.match(r"\s*[【\[]\s?$", text[: mention.start]) and text[mention.end :][:2].strip()[:1] in "】]"
                )
                rank = 0.88 if bracketed else 0.0
            if piece.zone == "body" and not (clock or alone or sourced):
                rank = 0.0
        else:
            column = bool(_COLUMN.match(text))
            rank = 0.8 if clock and rest <= 40 else 0.78 if alone else 0.7 if _residue(text) or column else 0.0
            if re.search(r"^\s*[-·\[]?\s*(?:\[|\()?\d{4}", text) is None and not _residue(text) and rest > 25:
                rank = 0.0
            if re.search(r"下一[篇页条]|上一[篇页条]|相关|推荐", text):
                rank = 0.0
        if rank and shared:
            rank -= 0.06
        if rank:
            found.append(_stated(piece, mention, "date-line", rank))
    return found


def _stacked(story: Surroundings) -> list[Stated]:
    """A date set over several lines: -2021- / 10/24 / 03:03."""
    pieces = list(story.zone("head"))
    for year, day in itertools.pairwise(pieces):
        first = re.fullmatch(r"\s*-?\s*(20[12]\d)\s*-?\s*年?\s*", year.text)
        second = re.fullmatch(r"\s*(\d{1,2})[-/.月]\s?(\d{1,2})日?\s*", day.text)
        if first and second:
            moment = PartialDate(int(first[1]), int(second[1]), int(second[2]))
            if moment.is_possible():
                words = f"{year.text.strip()} {day.text.strip()}"
                return [Stated(moment, "stacked-date", words, year.start, day.end, 0.88)]
    return []


def _seconds(story: Surroundings) -> list[Stated]:
    """Seconds since 1970 that a page left unformatted, alone on a line of the head."""
    for piece in story.zone("head"):
        if re.fullmatch(r"\s*1[56]\d{8}\s*", piece.text):
            when = datetime.fromtimestamp(int(piece.text), timezone(timedelta(hours=8)))
            if date(2019, 12, 1) <= when.date() <= date(2023, 12, 31):
                moment = PartialDate(when.year, when.month, when.day)
                return [Stated(moment, "seconds", piece.text.strip(), piece.start, piece.end, 0.8)]
    return []


def _closed_up(match: re.Match[str]) -> str:
    """2021/ 06/ 17 without its blanks, as long as before."""
    return f"{match[1]}{match[2]}{match[3]}{match[2]}{match[4]}".ljust(len(match.group()))


def _residue(text: str) -> bool:
    """What an electronic paper leaves at the end: 2022-09-13 1 1 某日报 content_123.html."""
    return bool(re.search(r"content_\d+", text))


def _signature(piece: Piece) -> list[Stated]:
    """The day under a notice, alone on the last line of its body or behind the office that signs."""
    text = piece.text.strip()
    if len(text) > 60:
        return []
    for mention in find_dates(piece.text):
        before = piece.text[: mention.start].strip()
        alone = _BEHIND_SIGNATURE.match(piece.text[mention.end :])
        if _usable(mention) and alone and not re.search(r"[,。;:至到]|自(?!治)", before):
            return [_stated(piece, mention, "signature", 0.75 if not before else 0.7)]
    return []


def _stated(piece: Piece, mention: DateMention, rule: str, directness: float) -> Stated:
    start, end = piece.start + mention.start, piece.start + mention.end
    return Stated(mention.moment, rule, mention.text, start, end, directness)
