"""What a date in a text is: a partial civil date, a lunar day, a festival, or a word such as 昨日."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["second", "minute", "day", "month", "year"]
Calendar = Literal["gregorian", "lunar", "festival", "roc"]
Interval = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A civil date as far as it is printed; years are of the common era, `hour` is 0–24 (24: end of the day).

    `third` is the part of a month without a day: 1 上旬 (1–10), 2 中旬 (11–20), 3 下旬 (from 21).
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    third: int | None = None

    @property
    def precision(self) -> Precision:
        """The finest unit printed; an hour without minutes counts as its day."""
        if self.second is not None:
            return "second"
        if self.minute is not None:
            return "minute"
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    def is_possible(self) -> bool:
        """Tell whether such a date exists (2月30日 does not; 2月29日 does in some year)."""
        if self.year is not None and not 1 <= self.year <= 9999:
            return False
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is not None:
            longest = 31
            if self.month is not None:
                longest = calendar.monthrange(self.year or 2020, self.month)[1]
            if not 1 <= self.day <= longest:
                return False
        clock_runs = (self.minute is None or self.minute < 60) and (self.second is None or self.second < 60)
        end_of_day = self.hour != 24 or not (self.minute or self.second)
        return clock_runs and end_of_day and (self.hour is None or 0 <= self.hour <= 24)

    def interval(self, year: int | None = None, month: int | None = None) -> Interval | None:
        """Return the days this covers, `year` and `month` standing in for what is not printed.

        None when something needed is still unknown, or no such day exists in that year.
        """
        year = self.year if self.year is not None else year
        month = self.month if self.month is not None else month
        if year is None or (month is None and self.day is not None):
            return None
        if self.month is None and self.day is None:
            return date(year, 1, 1), date(year, 12, 31)
        assert month is not None
        last = calendar.monthrange(year, month)[1]
        if self.day is None and self.third is not None:
            return date(year, month, 10 * self.third - 9), date(
                year, month, last if self.third == 3 else 10 * self.third
            )
        if self.day is None:
            return date(year, month, 1), date(year, month, last)
        if self.day > last:
            return None
        day = date(year, month, self.day)
        return day, day


@dataclass(frozen=True, slots=True)
class Relative:
    """An expression counted from another date.

    `anchor` "print": the day the piece was printed; "text": a date named before in the text (当日, 同年).
    `low` and `high` count units before (negative) or after it; 昨日 is (day, -1, -1), 近日 (day, -10, 0).
    `weekday` is 0 for Monday, where one is named (上周三).
    """

    anchor: Literal["print", "text"]
    unit: Literal["day", "week", "month", "year"]
    low: int
    high: int
    weekday: int | None = None

    def interval(self, anchor: date) -> Interval:
        """Return the first and last day meant, seen from `anchor`."""
        if self.unit == "day":
            return anchor + timedelta(self.low), anchor + timedelta(self.high)
        if self.unit == "week":
            monday = anchor - timedelta(anchor.weekday())
            if self.weekday is not None:
                day = monday + timedelta(7 * self.low + self.weekday)
                return day, day
            return monday + timedelta(7 * self.low), monday + timedelta(7 * self.high + 6)
        if self.unit == "year":
            return date(anchor.year + self.low, 1, 1), date(anchor.year + self.high, 12, 31)
        first = divmod(anchor.year * 12 + anchor.month - 1 + self.low, 12)
        last = divmod(anchor.year * 12 + anchor.month - 1 + self.high, 12)
        return (
            date(first[0], first[1] + 1, 1),
            date(last[0], last[1] + 1, calendar.monthrange(last[0], last[1] + 1)[1]),
        )


@dataclass(frozen=True, slots=True)
class LunarDay:
    """A day (or with `day` None a month) of the lunar calendar; `year` is the civil year in which that lunar year began."""

    month: int
    day: int | None = None
    year: int | None = None
    leap: bool = False


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date as a text names it; `start`, `end` are code points of the text given.

    `moment` holds what is printed (for a lunar day or a festival: at most the year); `until` is the
    last date of a range, its missing parts taken from the first. `relative` stands alone (昨日) or
    beside a moment (去年12月, 本月15日). `flaw` says what is wrong with the printed form, "" when nothing is.
    """

    start: int
    end: int
    text: str
    calendar: Calendar = "gregorian"
    moment: PartialDate = PartialDate()
    until: PartialDate | None = None
    relative: Relative | None = None
    lunar: LunarDay | None = None
    festival: str | None = None
    flaw: str = ""

    @property
    def precision(self) -> Precision:
        """The finest unit that the words fix: 正月初二 is a day, 上周 no better than its month."""
        if self.festival is not None or (self.lunar is not None and self.lunar.day is not None):
            return "day"
        if self.lunar is not None:
            return "month"
        if self.moment == PartialDate() and self.relative is not None:
            fixed = self.relative.low == self.relative.high
            if self.relative.weekday is not None or (self.relative.unit == "day" and fixed):
                return "day"
            return "year" if self.relative.unit == "year" else "month"
        return self.moment.precision

    @property
    def has_year(self) -> bool:
        """Tell whether the words alone name the year."""
        return self.moment.year is not None or (self.lunar is not None and self.lunar.year is not None)
