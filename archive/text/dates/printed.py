"""Dates of the civil calendar as they are printed: 2020年3月5日, 二〇二〇年三月, 贰0贰0年8月壹5日, 2020-03-05 08:30.

The patterns run on folded text (one code point for one), so they know only simplified, half-width forms.
"""

import re
from collections.abc import Iterator

from archive.text.dates.mentions import DateMention, PartialDate, Relative
from archive.text.dates.numerals import DIGITS, NUMERALS, number, year

_GAP = "[ \u00a0]{0,2}"
_NUM = f"[{NUMERALS}]{{1,3}}"
_NOT_INSIDE_NUMBER = rf"(?<![{NUMERALS}.第/])(?<![0-9]:)(?<![0-9a-z]-)"
_YEAR = (
    rf"(?:(?P<roc>(?:中华)?民国){_GAP}(?P<rocyear>[{NUMERALS}]{{1,3}})"
    rf"|{_NOT_INSIDE_NUMBER}(?P<year>[12][0-9]{{3}}|[{DIGITS}]{{4}}|[0-9]{{2,3}}|[12](?: [0-9]){{3}})"
    rf"|(?P<relyear>[今去前明当同次翌])){_GAP}年"
)
_CLOCK = (
    rf"(?:{_GAP}[(]?(?:星期|周)[一二三四五六日天][)]?)?{_GAP}t?(?P<part>凌晨|清晨|早上|早晨|早|上午|中午|午间|下午|午后|傍晚|晚上|晚间|晚|深夜|夜间|夜里|当晚)?"
    rf"{_GAP}(?P<hour>[0-9]{{1,2}})(?:(?::(?P<minute>[0-5][0-9])(?::(?P<second>[0-5][0-9]))?)"
    rf"|[时点](?:(?P<minute2>[0-9]{{1,2}})分(?!钟)|(?P<half>半))?)"
)
#: A day that lost some of its marks: 2020127日.
_BROKEN = re.compile(r"20[12][0-9][0-9年月日\s]{2,12}")
_CHINESE = re.compile(
    rf"(?:{_YEAR}(?:度)?{_GAP})?(?:(?<=年)|(?<=年 )|(?<=年  )|{_NOT_INSIDE_NUMBER})(?P<month>{_NUM}){_GAP}月份?"
    rf"(?:{_GAP}(?P<day>{_NUM}){_GAP}[日号](?:{_CLOCK})?|(?P<third>[上中下])旬)?"
)
_THIRDS = {"上": 1, "中": 2, "下": 3}
_YEAR_ALONE = re.compile(rf"{_YEAR}(?!级|以[上下]|[来间内])")
_DAY_ALONE = re.compile(
    r"(?:(?P<relmonth>本月|上个?月|下个?月|当月|同月)|(?<![0-9.第:/月a-z])(?<![0-9a-z]-))(?P<day>[0-9]{1,2})(?:日(?!内|间|游|之内|以内|后|龄|均|元|元)"
    rf"(?:{_CLOCK})?|号(?=凌晨|清晨|早|上午|中午|下午|傍晚|晚|夜))"
)
_DASHED = re.compile(
    rf"(?<![0-9.])(?P<year>(?:19|20)[0-9]{{2}}){_GAP}(?P<sep>[-/.]){_GAP}(?P<month>[0-9]{{1,2}}){_GAP}(?P=sep){_GAP}"
    rf"(?P<day>[0-9]{{2}}(?=[0-9]{{2}}:[0-9]{{2}})|[0-9]{{1,2}}(?![0-9]))(?:{_CLOCK})?"
)
#: 22-08-23 09:16:58: the century is left out only beside a time of day to the minute.
_DASHED_SHORT = re.compile(
    rf"(?<![0-9./-])(?P<year>(?:19|2[0-9]))-(?P<month>[01][0-9])-(?P<day>[0-3][0-9]){_GAP}(?=[0-2][0-9]:[0-5][0-9])(?:{_CLOCK})"
)
#: 08.02.2020 20:01: the day stands first only with stops and beside a time of day.
_DAY_FIRST = re.compile(
    rf"(?<![0-9.])(?P<day>[0-3][0-9])\.(?P<month>[01][0-9])\.(?P<year>20[0-9]{{2}}){_GAP}(?=[0-2]?[0-9]:[0-5][0-9])(?:{_CLOCK})"
)
_DASHED_MONTH = re.compile(r"(?<![0-9./-])(?P<year>20[0-9]{2})(?P<sep>[-/])(?P<month>[0-9]{2})(?![0-9./-])")
_DASHED_DAY = re.compile(
    rf"(?<![0-9.年/-])(?P<month>[0-9]{{2}})[-/](?P<day>[0-9]{{2}})(?=[ ]?[0-9]{{2}}:[0-9]{{2}})(?:{_CLOCK})?"
)
#: Without this none of the five has anything to find.
_DASH = re.compile(rf"[0-9]{_GAP}[-/.]{_GAP}[0-9]")
#: 二月有余, 近一月: stretches of time, no dates. 3月龄 is an age.
_DURATION_BEFORE = re.compile(r"[近这每数几整满]$")
_DURATION_AFTER = re.compile(r"有余|余|多|之久|龄|以上|以内|来")

_RELATIVE_YEARS = {"今": ("print", 0), "去": ("print", -1), "前": ("print", -2), "明": ("print", 1)}
_AFTERNOON = frozenset({"下午", "午后", "傍晚", "晚上", "晚间", "晚", "深夜", "夜间", "夜里", "当晚"})


def _clock(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    groups = match.groupdict()
    if groups.get("hour") is None:
        return None, None, None
    hour = int(groups["hour"])
    if groups["part"] in _AFTERNOON and 1 <= hour < 12:
        hour += 12
    minutes = groups["minute"] or groups["minute2"] or ("30" if groups["half"] else None)
    return hour, int(minutes) if minutes else None, int(groups["second"]) if groups["second"] else None


def _relative(groups: dict[str, str | None]) -> Relative | None:
    word = groups.get("relyear")
    if word in _RELATIVE_YEARS:
        return Relative("print", "year", _RELATIVE_YEARS[word][1], _RELATIVE_YEARS[word][1])
    if word:
        step = 0 if word in "当同" else 1
        return Relative("text", "year", step, step)
    month = groups.get("relmonth")
    if month:
        step = {"上": -1, "下": 1}.get(month[0], 0)
        return Relative("text" if month[0] in "当同" else "print", "month", step, step)
    return None


def _moment(match: re.Match[str]) -> PartialDate | None:
    """Return what is printed, None when the numbers make no date."""
    groups = match.groupdict()
    printed_year = None
    if groups.get("year") or groups.get("rocyear"):
        printed_year = year((groups.get("year") or groups["rocyear"]).replace(" ", ""), roc=bool(groups.get("roc")))
        if printed_year is None:
            return None
    values: list[int | None] = []
    for name in ("month", "day"):
        value = number(groups[name]) if groups.get(name) else None
        if groups.get(name) and value is None:
            return None
        values.append(value)
    hour, minute, second = _clock(match)
    third = _THIRDS.get(groups.get("third") or "")
    moment = PartialDate(printed_year, values[0], values[1], hour, minute, second, third)
    return moment if moment.is_possible() else None


def _is_duration(match: re.Match[str], folded: str) -> bool:
    if match["year"] or match["relyear"] or match["roc"] or match["day"]:
        return False
    before = folded[max(0, match.start() - 1) : match.start()]
    return bool(_DURATION_BEFORE.search(before) or _DURATION_AFTER.match(folded, match.end()))


def _flaw(match: re.Match[str], folded: str, pattern: re.Pattern[str]) -> str:
    if pattern is _CHINESE and folded[max(0, match.start() - 1) : match.start()] == "年":
        return "the number before 年 is missing"
    return ""


def civil_dates(folded: str, printed: str) -> Iterator[DateMention]:
    """Yield the civil dates of `folded`, the fold of `printed`, in no order; they may overlap."""
    patterns: list[re.Pattern[str]] = []
    if "月" in folded:
        patterns.append(_CHINESE)
    if "年" in folded:
        patterns.append(_YEAR_ALONE)
    if "日" in folded or "号" in folded:
        patterns.append(_DAY_ALONE)
    if _DASH.search(folded):
        patterns += [_DASHED, _DASHED_SHORT, _DAY_FIRST, _DASHED_MONTH, _DASHED_DAY]
    refused: list[range] = []
    for pattern in patterns:
        for match in pattern.finditer(folded):
            if any(match.start() in span or match.end() - 1 in span for span in refused):
                continue
            moment = _moment(match)
            if moment is None or (pattern is _CHINESE and _is_duration(match, folded)):
                # What is no date as a whole holds no date in part: 2020年13月5日 does not name the year 2020.
                refused.append(range(match.start(), match.end()))
                continue
            groups = match.groupdict()
            three_digits = groups.get("year") and len(groups["year"]) < 4
            if three_digits and moment.month is None:
                continue
            yield DateMention(
                match.start(),
                match.end(),
                printed[match.start() : match.end()],
                calendar="roc" if groups.get("roc") or (three_digits and len(groups["year"]) == 3) else "gregorian",
                moment=moment,
                relative=_relative(groups),
                flaw=_flaw(match, folded, pattern),
            )


def is_broken_day(text: str) -> bool:
    """Whether `text` is a day and nothing else, of which marks or digits were lost: 2020127日. No day is read from it."""
    return _BROKEN.fullmatch(text) is not None
