"""Calendars: days of a month in weeks, months of the years in a table, each with its count and shade."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..printed_dates import month_in_words, month_name
from .scale import shade, thresholds

_WEEKS = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """A month: weeks of seven days from Monday, None outside of the month; articles known to the month only apart."""

    year: int
    month: int
    weeks: tuple[tuple[Day | None, ...], ...]
    count: int
    imprecise: int
    shade: int = 0

    @property
    def value(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def name(self) -> str:
        """2月 · February."""
        return month_name(self.month)

    @property
    def words(self) -> str:
        return month_in_words(self.year, self.month)


def month_sheets(year: int, months: Sequence[int], counts: Mapping[str, int]) -> list[MonthSheet]:
    """Sheets of some months of a year from the counts of the date facet; one scale of shades for all."""
    prefix = f"{year:04d}-"
    bounds = thresholds(count for value, count in counts.items() if len(value) == 10 and value.startswith(prefix))
    month_bounds = thresholds(count for value, count in counts.items() if len(value) == 7 and value.startswith(prefix))
    sheets = []
    for month in months:
        value = f"{prefix}{month:02d}"
        weeks = tuple(
            tuple(_day(day, month, counts, bounds) for day in week) for week in _WEEKS.monthdatescalendar(year, month)
        )
        count = counts.get(value, 0)
        sheets.append(MonthSheet(year, month, weeks, count, counts.get(value + "~", 0), shade(count, month_bounds)))
    return sheets


def _day(day: date, month: int, counts: Mapping[str, int], bounds: Sequence[int]) -> Day | None:
    if day.month != month:
        return None
    count = counts.get(day.isoformat(), 0)
    return Day(day, count, shade(count, bounds))


@dataclass(frozen=True, slots=True)
class MonthCell:
    year: int
    month: int
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year: its twelve months, all its articles, and those known to the year only."""

    year: int
    months: tuple[MonthCell, ...]
    count: int
    imprecise: int


def year_rows(counts: Mapping[str, int]) -> list[YearRow]:
    """A row for each year that has articles, the first year first."""
    bounds = thresholds(count for value, count in counts.items() if len(value) == 7)
    rows = []
    for year in sorted(int(value) for value, count in counts.items() if len(value) == 4 and count):
        cells = []
        for month in range(1, 13):
            count = counts.get(f"{year:04d}-{month:02d}", 0)
            cells.append(MonthCell(year, month, count, shade(count, bounds)))
        rows.append(YearRow(year, tuple(cells), counts.get(f"{year:04d}", 0), counts.get(f"{year:04d}~", 0)))
    return rows
