"""When a piece was published, where nothing states it: by its newest event and the grounds for its year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from archive.catalog.usages import Usage
from archive.ingest.extract.dated_events import Event, Events, dated_events, lunar_event
from archive.ingest.extract.datelines import Dateline
from archive.ingest.extract.stated_dates import DayPrinted
from archive.ingest.extract.year_evidence import (
    FIRST_DAY,
    LAST_DAY,
    YEARS,
    Ground,
    YearChosen,
    choose_year,
    grounds_in,
    support,
)
from archive.ingest.extract.year_weights import Weights, added, before_what_it_tells, for_month, year_weights
from archive.ingest.records import Published
from archive.text.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Inferred:
    """An inferred date with the passages it rests on (place in the combined text, words) and how sure it is (0–1)."""

    published: Published
    confidence: float
    passages: list[tuple[int, str]] = field(default_factory=list)


#: A page of a paper has so many stories; its newest event is not older than these days.
_A_PAGE, _STALE = 3, 6
#: The hour at which a measure begins, and the days before it on which it may have been made known.
_AT_AN_HOUR = re.compile(r"\s?(?:\d{1,2}(?:[时点]|:\d\d)|零[时点])")
_MADE_KNOWN = 2
#: 经研究决定，从1月12日起: what is decided stands so close before its first day.
_DECIDED, _REACH = re.compile("决定(?:如下)?[,，:：]?\\s?(?:自|从)?$"), 12
#: A month folder so many months behind the newest event is when a piece came out; later, when its site was moved.
_LATEST_FOLDER = 3
#: Figures of a whole day: 8月31日0-24时.
_WHOLE_DAY = re.compile(r"^\s?(?:0|零)?\s?[时点]?\s?[-—–~至到]*\s?24\s?[时点]")


def infer(
    text: str,
    dateline: Dateline | None,
    address: list[PartialDate],
    not_after: date,
    *,
    newspaper: bool,
    stories: int = 1,
    usages: Iterable[Usage],
    printed: DayPrinted | None = None,
) -> Inferred | None:
    """Return the date of publication that `text` (titles and bodies of the page) allows, None where nothing decides.

    `not_after`: the day of capture, or of the mirror's own date. `newspaper`: a printed page, which
    tells at the earliest on the day after an event; `stories`: how many it has. `usages`: the words that date a text. `printed`: the page's
    own day, where it has no year.
    """
    events = dated_events(text)
    grounds = grounds_in(text, usages)
    weights = year_weights(text, events, address)
    newest = events.newest()
    if printed is not None:
        why = f"页面上印有“{printed.words}”"
        found = _by_day(printed.month, printed.day, None, (printed.words, why), events, weights, grounds, not_after)
        if found is not None:
            return found
    if dateline is not None and dateline.month and dateline.day:
        words = (dateline.words, f"电头“{dateline.words}”")
        return _by_day(dateline.month, dateline.day, dateline.year, words, events, weights, grounds, not_after)
    moon = _newest_moon(events)
    start = events.span_start()
    if newest is None and start is not None:
        spanned = _by_span(text, start, weights, grounds, not_after)
        folder = _by_address_month(address, not_after)
        if spanned is None or folder is None:
            return folder or spanned
        return _narrowed(folder, spanned)
    if newest is None and moon is not None:
        return _by_moon(events, weights, grounds, not_after)
    if newest is None:
        return (
            _by_address_month(address, not_after)
            or _by_wording(grounds, weights, not_after)
            or _by_address_year(address, not_after)
        )
    chosen = _year_of(newest, weights, grounds, not_after)
    if chosen is None:
        return _by_address_month(address, not_after)
    day = newest.on(chosen.year)
    if day is not None and _WHOLE_DAY.match(text[newest.mention.end : newest.mention.end + 14]):
        day += timedelta(days=1)  # the figures of a whole day are told on the next
    if day is None or not FIRST_DAY <= day <= min(LAST_DAY, not_after):
        return None
    folder = _by_address_month(address, not_after)
    if folder is not None and _follows(str(folder.published.value), day, own_year=newest.year is not None):
        why = f"网址中有年月，晚于文中最晚的事件“{newest.mention.text}”"
        return replace(folder, published=replace(folder.published, why=why))
    return _month(
        day, newest.mention.text, newest.mention.start, chosen, not_after, newspaper=newspaper, stories=stories
    )


def _follows(folder: str, day: date, *, own_year: bool) -> bool:
    """Tell whether a piece that tells of `day` may have come out in the month `folder` of its address (2020-03)."""
    later = (int(folder[:4]) - day.year) * 12 + int(folder[5:7]) - day.month
    of_its_year = not own_year and int(folder[:4]) == day.year  # the address alone may have given the year
    return later > 0 and (later <= _LATEST_FOLDER or of_its_year)


def _year_of(newest: Event, weights: Weights, grounds: list[Ground], not_after: date) -> YearChosen | None:
    if newest.year is not None:
        return YearChosen(newest.year, 4.0, [f"“{newest.mention.text}”"])
    return choose_year(newest.month, newest.day, grounds, for_month(weights, newest.month), not_after)


def _newest_moon(events: Events) -> date | None:
    days = [day for mention in events.lunar if (day := lunar_event(mention, 2020)) is not None]
    return max(days, default=None)


def _by_day(
    month: int,
    day_: int,
    year: int | None,
    words: tuple[str, str],
    events: Events,
    weights: Weights,
    grounds: list[Ground],
    not_after: date,
) -> Inferred | None:
    """The day of a dateline or of the page itself; `words` are those printed, and how they are named in the reason."""
    chosen: YearChosen | None
    if year is not None:
        chosen = YearChosen(year, 4.0, [])
    else:
        ruled_out = before_what_it_tells(month, day_, events)
        chosen = choose_year(month, day_, grounds, added(for_month(weights, month), ruled_out), not_after)
    if chosen is None:
        return None
    try:
        day = date(chosen.year, month, day_)
    except ValueError:
        return None
    why = f"{words[1]}；年份 {chosen.year} 依据：{_listed(chosen.grounds)}"
    published = Published(day.isoformat(), "day", "inferred", day.isoformat(), day.isoformat(), why)
    return Inferred(published, _sure(chosen.lead, 0.9), [(-1, words[0])])


def _by_moon(events: Events, weights: Weights, grounds: list[Ground], not_after: date) -> Inferred | None:
    """Lunar days and festivals alone (正月初六, 除夕): the year as for a civil day, each year with its own day."""
    best: list[tuple[float, date, str]] = []
    for year in YEARS:
        days = [(day, m.text) for m in events.lunar if (day := lunar_event(m, year)) is not None]
        if not days:
            continue
        # 除夕 and 腊月 may lie in the year before or after; the first months of the year are meant by 正月 and 大年
        early = [item for item in days if item[0].month <= 3] or days
        day, words = max(early)
        if not FIRST_DAY <= day <= min(LAST_DAY, not_after):
            continue
        score = support(grounds, day, day + timedelta(days=15))
        score += sum(weight for weight, _ in for_month(weights, day.month).get(year, []))
        best.append((score, day, words))
    best.sort(key=lambda row: -row[0])
    if not best or best[0][0] < 1.0 or (len(best) > 1 and best[0][0] - best[1][0] < 1.4):
        return None
    score, day, words = best[0]
    lead = score - (best[1][0] if len(best) > 1 else 0.0)
    reasons = [f"“{g.text}”" for g in grounds if g.usage.covers(day, day + timedelta(days=15))]
    if not reasons and not any(mentions for mentions in events.years.values()):
        return None  # a feast alone is every year's
    start = next((m.start for m in events.lunar if m.text == words), -1)
    return _month(day, words, start, YearChosen(day.year, lead, reasons[:3]), not_after, newspaper=False)


def _by_span(text: str, start: Event, weights: Weights, grounds: list[Ground], not_after: date) -> Inferred | None:
    """A span that began on a day (自1月26日…以来) and no event: the year, not before that day."""
    chosen = _year_of(start, weights, grounds, not_after)
    day = start.on(chosen.year) if chosen is not None else None
    if chosen is None or day is None or not FIRST_DAY <= day <= min(LAST_DAY, not_after):
        return None
    behind = text[start.mention.end : start.mention.end + 3]
    decided = _DECIDED.search(text[max(0, start.mention.start - _REACH) : start.mention.start])
    if _AT_AN_HOUR.search(start.mention.text) or _AT_AN_HOUR.match(behind) or (decided and behind.startswith("起")):
        # 自3月7日0时起: a measure is made known on its first day or shortly before
        first = max(FIRST_DAY, day.replace(day=1), day - timedelta(days=_MADE_KNOWN))
        last = min(not_after, day.replace(day=calendar.monthrange(day.year, day.month)[1]))
        why = f"文中措施自“{start.mention.text}”起；年份 {day.year} 依据：{_listed(chosen.grounds)}"
        published = Published(f"{day:%Y-%m}", "month", "inferred", first.isoformat(), last.isoformat(), why)
        return Inferred(published, _sure(chosen.lead, 0.75), [(start.mention.start, start.mention.text)])
    last = min(not_after, date(day.year, 12, 31))
    why = f"文中只有起始日“{start.mention.text}”；年份 {day.year} 依据：{_listed(chosen.grounds)}"
    published = Published(str(day.year), "year", "inferred", day.isoformat(), last.isoformat(), why)
    return Inferred(published, _sure(chosen.lead, 0.75), [(start.mention.start, start.mention.text)])


def _narrowed(folder: Inferred, spanned: Inferred) -> Inferred:
    """The month of the address, from the day on which the span of the text began where that lies in it."""
    began, (first, last) = spanned.published.earliest, (folder.published.earliest, folder.published.latest)
    if began is None or first is None or last is None or not first <= began <= last:
        return folder
    return replace(folder, published=replace(folder.published, earliest=began))


def _by_address_month(address: list[PartialDate], not_after: date) -> Inferred | None:
    """The month folder of the address alone (/202003/): the page says so, no event contradicts it."""
    for moment in address:
        if moment.year and moment.month and moment.day is None:
            first = date(moment.year, moment.month, 1)
            if FIRST_DAY <= first <= min(LAST_DAY, not_after):
                last = min(not_after, first.replace(day=calendar.monthrange(first.year, first.month)[1]))
                why = "网址中有年月，文中没有日期"
                published = Published(f"{first:%Y-%m}", "month", "inferred", first.isoformat(), last.isoformat(), why)
                return Inferred(published, 0.8)
    return None


def _by_address_year(address: list[PartialDate], not_after: date) -> Inferred | None:
    """The year folder of the address (/2020/news/), where the text has no day and its words contradict no year."""
    years = {moment.year for moment in address if moment.year is not None and moment.month is None}
    if len(years) != 1 or len(address) != 1:
        return None
    year = years.pop()
    first, last = max(FIRST_DAY, date(year, 1, 1)), min(not_after, date(year, 12, 31))
    if year not in YEARS or last < first:
        return None
    why = "网址中有年份，文中没有日期"
    return Inferred(Published(str(year), "year", "inferred", first.isoformat(), last.isoformat(), why), 0.65)


def _by_wording(grounds: list[Ground], weights: Weights, not_after: date) -> Inferred | None:
    """No day at all: the year in which the words were used, when they agree on one."""
    strong = [ground for ground in grounds if ground.usage.weight >= 1.0]
    if len(strong) < 2 and not any(ground.usage.weight >= 1.5 for ground in strong):
        return None
    scored = []
    for year in YEARS[1:4]:
        months = [
            (support(grounds, date(year, month, 1), date(year, month, 28)), month)
            for month in range(1, 13)
            if date(year, month, 1) <= not_after
        ]
        if months:
            score, _ = max(months)
            scored.append((score + sum(weight for weight, _ in weights.get(year, [])), year, months))
    scored.sort(key=lambda row: -row[0])
    if len(scored) < 2 or scored[0][0] < 2.5 or scored[0][0] - scored[1][0] < 2.2:
        return None
    score, year, months = scored[0]
    likely = [month for value, month in months if value > max(months)[0] - 1.5]
    first = max(FIRST_DAY, date(year, min(likely), 1))
    for ground in grounds:
        if ground.usage.firm or ground.usage.weight >= 1.5:
            first = max(first, ground.usage.begin) if ground.usage.begin.year == year else first
    last = min(not_after, date(year, 12, 31))
    named = sorted(grounds, key=lambda g: -g.usage.weight)[:3]
    why = "文中没有日期；这一年的用语：" + _listed([f"“{g.text}”" for g in named])
    published = Published(str(year), "year", "inferred", first.isoformat(), last.isoformat(), why)
    return Inferred(published, 0.6, [(g.start, g.text) for g in named])


def _month(
    day: date, words: str, start: int, chosen: YearChosen, not_after: date, *, newspaper: bool, stories: int = 1
) -> Inferred:
    """The month of the newest event, with bounds that stay inside it."""
    last = min(not_after, day.replace(day=calendar.monthrange(day.year, day.month)[1]))
    earliest = day
    if newspaper and stories >= _A_PAGE:
        last = min(last, day + timedelta(days=_STALE))  # of so many stories one is of the last days
    if newspaper and day + timedelta(days=1) <= last:
        earliest = day + timedelta(days=1)
    why = f"文中最晚的事件“{re.sub(chr(10), '', words)}”；年份 {day.year} 依据：{_listed(chosen.grounds)}"
    if earliest > day:
        why += "；报纸最早次日见报"
    published = Published(
        f"{day:%Y-%m}", "month", "inferred", earliest.isoformat(), max(earliest, last).isoformat(), why
    )
    return Inferred(published, _sure(chosen.lead, 0.85), [(start, words)])


def _listed(grounds: list[str]) -> str:
    return "、".join(dict.fromkeys(grounds)) or "本库的时间范围"


def _sure(lead: float, most: float) -> float:
    return round(min(most, 0.5 + lead / 12), 2)
