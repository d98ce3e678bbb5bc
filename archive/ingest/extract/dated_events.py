"""The dated events of a text: which days it tells of, and which of them is the newest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from archive.text.dates import DateMention, find_dates, intervals

#: Words before or behind a date that say it was still to come, or only a limit: no event.
_TO_COME_BEFORE = re.compile(
    r"(?:将于|定于|拟于|计划于?|预计|力争|有望|延[期迟]至|推迟至|持续到|暂定|(?<!截止)(?<!截)到|(?<!截)至|前于|截止日[期为]?|有效期|期限(?:截[止至])?|到期日|开学时间|放假时间)[^。,,;]{0,6}$"
)
_TO_COME_BEHIND = re.compile(
    r"^(?:[之以]?前(?:完成|实现|必须|要|将|到期|办理|申[请报]|提交|报[名送]|补缴|缴[纳费]|还清|还款)|起?将|开学|放假|开考|左右(?:上市|开学))"
)
#: Words that make a date the beginning of a span: the piece is later, by an unknown while.
_SINCE_BEFORE = re.compile(r"(?:自|[^来]从)\s*(?:今年|去年)?$")
_SINCE_BEHIND = re.compile(r"^[^。,,;;]{0,20}?(?:以来|至今|到现在)|^(?:\d{1,2}[时点]\d{0,2}分?)?起(?![草诉飞降点])")
_OLD = re.compile(
    r"(?:成立于|建于|始建于|生于|出生于|入党|参加工作|结婚|毕业|创办于|注册于|《[^》]{0,30})[^。,,;]{0,8}$"
)
#: Words that tell of a day as past: 于2020年2月3日发布, 2020年9月14日,某市曾….
_TOLD_BEFORE = re.compile(r"(?:曾|已)经?[^。,,;]{0,6}$")
_TOLD_BEHIND = re.compile(r"^[^。;;!?！？\n]{0,60}?(?:曾|已(?![定知])|了(?![解望])|发布|印发|下发|公布)")

#: A notice that orders what is to come.
_ORDERED = re.compile("(?:决定|通告|公告|延长)[^。!?]*$")

#: What stands before the first word of a piece: nothing, or its dateline.
_OPENS = re.compile(r"(?:^|\n)[^。!?\n]{0,40}$")


@dataclass(frozen=True, slots=True)
class Event:
    """A day that a text tells of as past: month and day, the year where it is spelled out."""

    month: int
    day: int | None
    year: int | None
    mention: DateMention
    since: bool = False  # only the beginning of a span that lasts: 自1月26日设卡以来
    told: bool = False  # words beside it tell of it as past: 曾, 已, 发布

    def on(self, year: int) -> date | None:
        try:
            return date(self.year or year, self.month, self.day or 1)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Events:
    """What the dates of one text say: events, years spelled out, and lunar days beside civil ones."""

    events: list[Event]
    years: dict[int, list[DateMention]]  # years named as past, with or without month
    since: list[DateMention]  # 自2021年4月…以来: a span that began then
    moons: list[tuple[int, int, DateMention]]  # civil month and day beside a lunar mention
    lunar: list[DateMention]

    def span_start(self) -> Event | None:
        """The latest beginning of a span, where no day of an event is told."""
        starts = [event for event in self.events if event.day is not None and event.since]
        return max(starts, key=lambda event: (event.year or 0, event.month, event.day or 0), default=None)

    def newest(self) -> Event | None:
        """The newest event: of the latest year spelled out, December before the January that follows it."""
        dated = [event for event in self.events if event.day is not None and not event.since]
        if not dated:
            return None
        months = {event.month for event in dated if event.year is None}
        turn = bool(months & {1, 2, 3}) and bool(months & {11, 12})
        years = {event.year for event in dated if event.year is not None}
        latest = max(years, default=None)

        def order(event: Event) -> tuple[int, int, int]:
            year = event.year if event.year is not None else (latest or 0)
            month = event.month + (12 if turn and event.month <= 3 and event.year is None else 0)
            return year, month, event.day or 0

        return max(dated, key=order)


def dated_events(text: str) -> Events:
    """Return the dates that `text` (title and body, simplified, plain marks) tells of."""
    mentions = [mention for mention in find_dates(text) if not mention.flaw or _year_lost(mention)]
    events: list[Event] = []
    years: dict[int, list[DateMention]] = {}
    since: list[DateMention] = []
    lunar = [m for m in mentions if m.lunar is not None or m.festival is not None]
    moons = []
    for position, mention in enumerate(mentions):
        moment = mention.moment
        if mention.calendar not in ("gregorian", "roc") or moment == type(moment)():
            continue
        before, behind = text[max(0, mention.start - 14) : mention.start], text[mention.end : mention.end + 12]
        to_come = bool(_TO_COME_BEFORE.search(before) or _TO_COME_BEHIND.match(behind))
        if _OLD.search(before) or to_come:
            continue
        if moment.year is not None and 2019 <= moment.year <= 2024:
            years.setdefault(moment.year, []).append(mention)
            if (moment.day is None and re.search(r"[自从]$", before.strip())) or re.match(
                r"^[^。,,;]{0,24}(?:以来|至今)", behind
            ):
                since.append(mention)
        if moment.month is None or mention.relative is not None:
            continue
        if moment.day is None and moment.year is None and moment.third is None:
            continue
        last = mention.until if mention.until is not None and mention.until.month and mention.until.day else moment
        year = last.year if last.year is not None else moment.year
        if year is not None and not 2019 <= year <= 2024:
            continue
        if last.day is None and last.third is not None:
            last = replace(last, day=10 * last.third - 9)  # 1月下旬: not before its first day
        begins = bool(_SINCE_BEFORE.search(before)) or bool(_SINCE_BEHIND.match(text[mention.end : mention.end + 24]))
        if begins and mention.until is not None and _ORDERED.search(text[max(0, mention.start - 80) : mention.start]):
            last, year = moment, moment.year  # 决定…从8月23日至24日: its end is still to come
        elif mention.until is not None:
            begins = False
        told = bool(_TOLD_BEFORE.search(before) or _TOLD_BEHIND.match(text[mention.end : mention.end + 64]))
        events.append(Event(last.month or moment.month, last.day, year, mention, begins, told))
        near = [m for m in mentions[max(0, position - 1) : position + 2] if m in lunar]
        if moment.day is not None and moment.year is None:
            for moon in near:
                gap = moon.start - mention.end if moon.start >= mention.end else mention.start - moon.end
                if 0 <= gap <= 4 and moon.precision == "day" and "。" not in text[mention.end : moon.start]:
                    moons.append((moment.month, moment.day, moon))
    lead = _lead_day(mentions, events, text)
    return Events([*events, lead] if lead else events, years, since, moons, lunar)


def _year_lost(mention: DateMention) -> bool:
    """A day whose year lost its number (年2月22日): month and day stand."""
    return mention.flaw.endswith("is missing") and mention.moment.day is not None


def _lead_day(mentions: list[DateMention], events: list[Event], text: str) -> Event | None:
    """The day without a month in the first sentence (9日上午,…): the first such day from the newest event on."""
    newest = Events(events, {}, [], [], []).newest()
    if newest is None or newest.day is None or newest.year is not None:
        return None
    for mention in mentions:
        moment = mention.moment
        alone = moment.day is not None and moment.month is None and moment.year is None and mention.relative is None
        if not alone or moment.day is None or not _OPENS.search(text[: mention.start]):
            continue
        if newest.mention.start < mention.start or moment.day >= newest.day:
            return None
        month = newest.month % 12 + 1
        return Event(month, moment.day, None, mention) if month != 1 else None
    return None


def lunar_event(mention: DateMention, year: int) -> date | None:
    """Return the civil day of a lunar day or festival whose civil year is `year`; None for a month or an unknown one."""
    days = intervals(mention, year)
    return days[0][0] if len(days) == 1 and days[0][0] == days[0][1] else None
