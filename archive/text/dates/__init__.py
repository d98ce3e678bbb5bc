"""Dates in texts and in addresses, with their precision, calendar and place; pure, no guess at the year."""

from archive.text.dates.addresses import dates_in_url
from archive.text.dates.finding import find_dates, intervals, seen_from
from archive.text.dates.lunar import festival_intervals, lunar_intervals
from archive.text.dates.mentions import DateMention, Interval, LunarDay, PartialDate, Relative
from archive.text.dates.printed import is_broken_day

__all__ = [
    "DateMention",
    "Interval",
    "LunarDay",
    "PartialDate",
    "Relative",
    "dates_in_url",
    "festival_intervals",
    "find_dates",
    "intervals",
    "is_broken_day",
    "lunar_intervals",
    "seen_from",
]
