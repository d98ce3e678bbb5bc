"""All dates of a text, each once: the longest reading of a place wins, ranges are joined."""

import functools
import re
from dataclasses import replace
from datetime import date

from archive.text.dates.lunar import festival_intervals, lunar_intervals
from archive.text.dates.mentions import DateMention, Interval, PartialDate
from archive.text.dates.named import festivals, lunar_dates, relative_dates
from archive.text.dates.numerals import NUMERALS, number
from archive.text.dates.printed import civil_dates
from archive.text.fold import REMEMBERED, fold

_TO = re.compile(r" ?(?:至|到|—{1,2}|-{1,2}|~|～|–|──) ?(?:次日)?")
#: The number before the sign of a range, whose unit stands only behind the second: 15至16日, 3—5月.
_FROM = re.compile(
    rf"(?<![{NUMERALS}.第])(?P<year>20[0-9]{{2}}年)?(?P<month>[0-9]{{1,2}}月)?(?P<first>[0-9]{{1,2}}) ?(?:至|到|—{{1,2}}|-|~|–) ?$"
)
_TRIGGER = re.compile(
    r"[年月日号节夕宵秋昨今明近周旬]|大年|星期|前天|后天|端午|清明|国庆|元旦|冬至|[0-9][-/.][0-9]|当[天晚]|这几天"
)


def _joined(first: DateMention, second: DateMention, folded: str, printed: str) -> DateMention | None:
    """Join two dates with a sign of range between them; None when they are no range."""
    if not _TO.fullmatch(folded, first.end, second.start) or first.until is not None or second.until is not None:
        return None
    a, b = first.moment, second.moment
    if first.calendar != second.calendar or first.calendar not in ("gregorian", "roc") or second.relative:
        return None
    if (
        a == PartialDate()
        or b == PartialDate()
        or (b.day is None) != (a.day is None)
        or (a.month is None and b.month is not None)
    ):
        return None
    until = replace(b, year=b.year or a.year, month=b.month or (a.month if b.day is not None else None))
    if until.year is not None and a.year is not None:
        start, end = a.interval(), until.interval()
        if start is None or end is None or start[0] > end[1]:
            return None
    return replace(first, end=second.end, text=printed[first.start : second.end], until=until)


def _with_bare_start(mention: DateMention, folded: str, printed: str) -> DateMention:
    """Take in the bare number before `mention`, when that makes it a range (15至16日, 2月3—5日)."""
    moment = mention.moment
    head = _FROM.search(folded, max(0, mention.start - 16), mention.start)
    if head is None or mention.until is not None or mention.relative is not None or moment.year is not None:
        return mention
    first = number(head["first"])
    if first is None or (head["month"] and moment.month is not None):
        return mention
    month = int(head["month"][:-1]) if head["month"] else moment.month
    year = int(head["year"][:-1]) if head["year"] else None
    if head["year"] and not head["month"] and moment.day is not None:
        return mention
    if moment.day is not None and moment.month is None and first < moment.day:
        begin = PartialDate(year, month, first)
    elif moment.day is None and moment.month is not None and first < moment.month and not head["month"]:
        begin = PartialDate(year, first)
    else:
        return mention
    until = replace(moment, year=year, month=month if moment.day is not None else moment.month)
    if not begin.is_possible() or not until.is_possible():
        return mention
    return replace(mention, start=head.start(), text=printed[head.start() : mention.end], moment=begin, until=until)


def find_dates(text: str) -> list[DateMention]:
    """Return every date of `text` in order, none overlapping; offsets are code points of `text`.

    Reads any script and width. What is no date (13月, 2月30日) is left out whole.
    """
    return list(_remembered(text) if len(text) < REMEMBERED else _found(text))


@functools.lru_cache(maxsize=256)
def _remembered(text: str) -> list[DateMention]:
    """Several rules ask for the dates of the same line."""
    return _found(text)


def _found(text: str) -> list[DateMention]:
    folded = fold(text)
    if not _TRIGGER.search(folded):
        return []
    found = [
        *civil_dates(folded, text),
        *lunar_dates(folded, text),
        *festivals(folded, text),
        *relative_dates(folded, text),
    ]
    found = [_with_bare_start(mention, folded, text) for mention in found]
    found.sort(key=lambda m: (m.start, -m.end, m.calendar != "lunar"))
    chosen: list[DateMention] = []
    for mention in found:
        if chosen and mention.start < chosen[-1].end:
            continue
        joined = _joined(chosen[-1], mention, folded, text) if chosen else None
        if joined is not None:
            chosen[-1] = joined
        else:
            chosen.append(mention)
    return chosen


def intervals(mention: DateMention, year: int, month: int | None = None) -> list[Interval]:
    """Return the days `mention` covers when it falls in the civil `year` (and `month`, for a bare day).

    Empty when the mention names another year or no such day exists; expressions that count from
    another date (昨日) are read with `seen_from`.
    """
    named = mention.moment.year
    if named is not None and named != year:
        return []
    if mention.lunar is not None:
        return lunar_intervals(mention.lunar, year)
    if mention.festival is not None:
        return festival_intervals(mention.festival, year)
    if mention.moment == PartialDate():
        return []
    first = mention.moment.interval(year, month)
    if first is None:
        return []
    if mention.until is None:
        return [first]
    last = mention.until.interval(year, month)
    if last is not None and last[0] < first[0]:
        last = mention.until.interval(year + 1, month)  # 12月30日至1月3日
    return [(first[0], last[1])] if last is not None else [first]


def seen_from(mention: DateMention, anchor: date) -> Interval | None:
    """Return the days that a relative mention means, seen from `anchor`; None for any other mention."""
    relative = mention.relative
    if relative is None:
        return None
    span = relative.interval(anchor)
    if mention.moment == PartialDate():
        return span
    return mention.moment.interval(span[0].year, span[0].month if relative.unit == "month" else None)
