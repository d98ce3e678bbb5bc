"""Grounds for the year of a day from the text's own words: a year spelled out, the moon, the address, the months of the archive."""

from __future__ import annotations

import re
from datetime import date, timedelta

from archive.ingest.extract.dated_events import Event, Events, lunar_event
from archive.ingest.extract.epidemic_words import FIRST_MEASURES, LATER, about_the_epidemic, tells_of_measures
from archive.ingest.extract.year_evidence import YEARS
from archive.text.dates import DateMention, PartialDate

#: Weights of grounds other than words of a time, on their scale (1 a hint, 3 close to proof).
_ADDRESS_YEAR, _ADDRESS_MONTH = 4.0, 5.0
_YEAR_OF_THE_DAY, _YEAR_BESIDE_THE_DAY, _YEAR_NAMED, _YEAR_PLANNED, _MOON = 3.5, 2.6, 1.2, 1.8, 6.0

#: A piece of so many characters without any word of the later measures.
_NO_LATER_WORDS, _LONG_ENOUGH = 0.8, 150

#: 2003年…一干就是19年: a year and how long ago it was give the year of the piece.
_SINCE_THEN = re.compile(
    r"(?<!\d)((?:19|20)\d\d)年(?!以来)[^。!?\n]{2,60}?(?:一干就是|一待就是|一做就是|至今已有?|已经?(?:坚守|工作|干)了?)\D{0,4}?(\d{1,2})个?年"
)
_COUNTED = 3.0
#: Against a year in which the first event lies before any measure.
_BEFORE_THE_MEASURES = -6.0
#: A year with the month of the day: 2021年1月,…截至1月14日.
_MONTH_OF_THE_DAY = 3.0

#: A headline with a year and no 年: 2021某市中高风险地区有哪些.
_HEADED = re.compile(r"[^\n。0-9]{0,12}(20(?:19|2[0-3]))(?=[一-鿿])(?![年级届号室元人个名万余多例起户米])")
_YEAR_HEADED = 2.0

#: Against a year in which the piece would lie before an event it tells, and for the year after that event's.
_BEFORE_ITS_EVENTS, _AFTER_ITS_EVENTS = -9.0, 2.6

Weights = dict[int, list[tuple[float, str]]]


def year_weights(text: str, events: Events, address: list[PartialDate]) -> Weights:
    """Return the grounds for each year from the words of `text` and from its address, each a weight and its reason."""
    weights: Weights = {}
    if len(text) >= _LONG_ENOUGH and about_the_epidemic(text) and not LATER.search(text):
        weights[2020] = [(_NO_LATER_WORDS, "没有核酸、疫苗、封控等后来的用语")]
    opening = events.newest()
    if opening is not None and opening.year is None and tells_of_measures(text):
        early = opening.month == 1 and (opening.day or 31) < FIRST_MEASURES.day
        weights.setdefault(2020, []).extend([(_BEFORE_THE_MEASURES, "")] if early else [])
    headed = _HEADED.match(text)
    if headed and int(headed[1]) in YEARS:
        weights.setdefault(int(headed[1]), []).append((_YEAR_HEADED, f"“{headed[1]}”"))
    beside = _year_beside_the_day(text, events)
    if beside is not None and beside.moment.year is not None:
        weights.setdefault(beside.moment.year, []).append((_YEAR_BESIDE_THE_DAY - _YEAR_NAMED, ""))

    def add(year: int, weight: float, reason: str) -> None:
        weights.setdefault(year, []).append((weight, reason))

    for counted in _SINCE_THEN.finditer(text):
        year = int(counted[1]) + int(counted[2])
        if year in YEARS:
            add(year, _COUNTED, f"“{counted[1]}年…{counted[2]}年”")
    for moment in address[:1]:
        if moment.year is not None and 2019 <= moment.year <= 2023:
            add(moment.year, _ADDRESS_MONTH if moment.month else _ADDRESS_YEAR, "网址中的年份")
    spans = {id(mention) for mention in events.since}
    newest_year = max(events.years, default=None)
    newest = events.newest()
    for year, mentions in events.years.items():
        day = next((m for m in mentions if m.moment.day is not None), None)
        span = all(id(m) in spans for m in mentions)
        if year == newest_year:
            if day is not None:
                add(year, _YEAR_OF_THE_DAY, f"“{day.text}”")
            elif newest is not None and any(m.moment.month == newest.month for m in mentions):
                add(year, _MONTH_OF_THE_DAY, f"“{mentions[0].text}”")
            elif newest is not None and _another_year(text, newest, mentions):
                other = year - 1 if newest.month == 12 else year + 1
                add(other, _YEAR_PLANNED, f"“{mentions[0].text}”是计划或总结")
                if other < year:
                    continue
            elif span:  # 自2021年4月…以来: the writer of that year would say 今年
                add(year, 0.3, f"“{mentions[0].text}”起")
                add(year + 1, 1.0, f"“{mentions[0].text}”起已有时日")
            else:
                add(year, _YEAR_NAMED, f"“{mentions[0].text}”")
            for earlier in YEARS:
                if earlier < year:
                    add(earlier, -4.0, "")
    for month, day_, moon in events.moons:
        for year in YEARS:
            civil = lunar_event(moon, year)
            if civil is not None:
                same = (civil.month, civil.day) == (month, day_)
                add(year, _MOON if same else -_MOON, f"{month}月{day_}日即{moon.text}" if same else "")
    return weights


_PLANS = re.compile(r"(?:部署|安排|谋划|筹备|筹划|做好|迎接|备战|研究|决战)[^,。]{0,4}$")
_REVIEWS = re.compile(r"(?:总结|回顾|表彰|述职)[^,。]{0,4}$")


def _another_year(text: str, newest: Event, mentions: list[DateMention]) -> bool:
    """Whether a year is named only as what December plans (部署2022年工作) or the first months review (总结2021年)."""
    if newest.year is not None or not (newest.month == 12 or newest.month <= 3):
        return False
    context = _PLANS if newest.month == 12 else _REVIEWS
    return all(m.moment.month is None and context.search(text[: m.start]) for m in mentions)


#: A year named in review or as a goal is not the year of the day beside it.
_NOT_THE_YEAR_OF_THE_DAY = re.compile(r"^(?:以来|年?[底末度]|至|到|[-—~])|^(?:疫情|新冠)(?:发生|暴发|以来)")
_IN_REVIEW = re.compile(r"(?:总结|回顾|表彰|通报|述职|自|从|去年|明年|到|截至)[^,。]{0,4}$")


def _year_beside_the_day(text: str, events: Events) -> DateMention | None:
    """The latest year named in the sentence of the newest event: 2月20日,某县举行2021年…启动仪式; 确保2021年…,2月19日.

    December is left out: its meetings plan the year that follows.
    """
    newest = events.newest()
    if newest is None or newest.year is not None or newest.month == 12 or not events.years:
        return None
    for mention in events.years[max(events.years)]:
        first, second = sorted((newest.mention, mention), key=lambda m: m.start)
        gap = text[first.end : second.start]
        if (
            mention.moment.month is None
            and 0 < len(gap) <= 60
            and not re.search(r"[。!?\n]", gap)
            and not _NOT_THE_YEAR_OF_THE_DAY.match(text[mention.end : mention.end + 6])
            and not _IN_REVIEW.search(text[: mention.start])
        ):
            return mention
    return None


def for_month(weights: Weights, month: int) -> Weights:
    """Add what is known of the months of the archive: the first months of 2020 hold most of its pieces."""
    prior: dict[int, dict[int, float]] = {
        2020: {1: 0.6, 2: 1.2, 3: 1.2, 4: 0.5, 5: 0.2},
        2021: {1: 0.5, 6: 0.2, 7: 0.3, 8: 0.5, 10: 0.3, 11: 0.3},
        2022: {1: 0.3, 3: 0.3, 4: 0.5, 8: 0.3, 9: 0.3, 10: 0.4, 11: 0.5, 12: 0.3},
    }
    added = {year: list(reasons) for year, reasons in weights.items()}
    for year, months in prior.items():
        if month in months:
            added.setdefault(year, []).append((months[month], ""))
    return added


def before_what_it_tells(month: int, day: int, events: Events) -> Weights:
    """Against the years in which the day lies before an event that the text tells as past, with its year (曾于2020年9月14日…)."""
    told = [event.on(event.year) for event in events.events if event.told and event.year and event.day is not None]
    latest = max((one for one in told if one is not None), default=None)
    found: Weights = {}
    for year in YEARS:
        try:
            sent = date(year, month, day)
        except ValueError:
            continue
        if latest is not None and sent < latest - timedelta(days=1):
            found[year] = [(_BEFORE_ITS_EVENTS, "")]
    if found and latest is not None and latest.year in found:
        found[latest.year + 1] = [(_AFTER_ITS_EVENTS, f"“{latest.year}年”之后")]
    return found


def added(weights: Weights, more: Weights) -> Weights:
    """Both grounds together."""
    return {year: [*weights.get(year, []), *more.get(year, [])] for year in {*weights, *more}}
