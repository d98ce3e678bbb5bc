"""Months, weeks or days in a row, the articles that belong to each, and those that belong to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from django.utils.translation import gettext as _

from ..charts.histogram import months_between
from ..printed_dates import day_in_words, month_in_words

Grain = Literal["month", "week", "day"]
#: Periods of one page: five years of months, two of weeks, half a year of days.
MOST: Mapping[Grain, int] = {"month": 60, "week": 106, "day": 184}
#: A row that is not asked for begins here where anything later is held: a date misread as 1920 must not stretch it.
BEGIN = date(2019, 12, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """`key`: "2020-02", the Monday of a week, or a day. `values`: those of the date facet whose articles belong to it."""

    key: str
    words: str
    first: date
    values: tuple[str, ...]

    @property
    def days(self) -> Iterator[date]:
        """Every day of it."""
        if len(self.key) == 10:
            yield from map(date.fromisoformat, self.values)
            return
        day = self.first
        while day.isoformat().startswith(self.key):
            yield day
            day += timedelta(days=1)

    @property
    def last(self) -> date:
        return max(self.days)


@dataclass(frozen=True, slots=True)
class Row:
    """`periods` without gaps; `later`: the first day of what did not fit, None where all did."""

    grain: Grain
    periods: tuple[Period, ...]
    later: date | None = None

    def count(self, period: Period, counts: Mapping[str, int]) -> int:
        """Articles of a period from the counts of the date facet."""
        return sum(counts.get(value, 0) for value in period.values)

    def imprecise(self, counts: Mapping[str, int]) -> dict[str, int]:
        """What is not known to one period: it stands in none of them."""
        short = {1, 5} if self.grain == "month" else {1, 5, 8}
        return {value: count for value, count in counts.items() if count and value[-1] == "~" and len(value) in short}

    def outside(self, counts: Mapping[str, int]) -> dict[str, int]:
        """What is of a period that is not shown, by month or day."""
        shown = {value for period in self.periods for value in period.values}
        size = 7 if self.grain == "month" else 10
        return {v: count for v, count in counts.items() if count and len(v) == size and v[-1] != "~" and v not in shown}


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def periods(counts: Mapping[str, int], grain: Grain, earliest: date | None, latest: date | None) -> Row:
    """The row over what is held (counts of the date facet), or over the days asked for; never more than MOST."""
    days = _held(counts)
    held = [day for day in days if day >= BEGIN] or days
    first = earliest or (min(held) if held else BEGIN)
    last = latest or max([first, *held])
    last = min(last, date(9998, 12, 31))
    if held:  # beyond what is held there is nothing to see
        first, last = max(first, min(days)), min(last, max(days))
    if first > last:
        return Row(grain, ())
    made = list(islice({"month": _months, "week": _weeks, "day": _days}[grain](first, last), MOST[grain] + 1))
    more = made[MOST[grain] :]
    return Row(grain, tuple(made[: MOST[grain]]), more[0].first if more else None)


def _held(counts: Mapping[str, int]) -> list[date]:
    """The days that anything is known to be of; of months their first and 28th."""
    days = [date.fromisoformat(value) for value, count in counts.items() if count and len(value) == 10]
    months = [value for value, count in counts.items() if count and len(value) == 8]
    return days + [date.fromisoformat(f"{value[:7]}-{day}") for value in months for day in ("01", "28")]


def _months(first: date, last: date) -> Iterator[Period]:
    for year, month in months_between((first.year, first.month), (last.year, last.month)):
        key = f"{year:04d}-{month:02d}"
        yield Period(key, month_in_words(year, month), date(year, month, 1), (key,))


def _weeks(first: date, last: date) -> Iterator[Period]:
    day = monday(first)
    while day <= last:
        values = tuple((day + timedelta(days=number)).isoformat() for number in range(7))
        yield Period(day.isoformat(), _("%(day)s起的一周") % {"day": day_in_words(day)}, day, values)
        day += timedelta(days=7)


def _days(first: date, last: date) -> Iterator[Period]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        yield Period(day.isoformat(), day_in_words(day), day, (day.isoformat(),))


def folded(row: Row, by_day: Iterable[tuple[date, int]]) -> dict[str, int]:
    """Sums by period of what is known by day."""
    sums: dict[str, int] = {}
    for day, count in by_day:
        key = day.isoformat()[:7] if row.grain == "month" else (monday(day) if row.grain == "week" else day).isoformat()
        sums[key] = sums.get(key, 0) + count
    return sums
