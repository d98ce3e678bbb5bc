"""Dates and ranges as readers write them: 2020, 2020-02, 2020年2月24日, 2020-02..2020-04, ..2020-04-08."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from archive.text.fold import fold

from ..tree import Dates

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _YEAR + r"年?",
        _YEAR + r"[-/.年](?P<month>\d\d?)月?",
        _YEAR + r"[-/.年](?P<month>\d\d?)[-/.月](?P<day>\d\d?)[日号]?",
        _YEAR + r"(?P<month>\d\d)(?P<day>\d\d)?",
    )
)
_RANGE = re.compile(r"\.\.+|…+|~|至|到|—+")
#: Two dates with a hyphen between them, and a date with a sign: no form of ours, but what is meant is plain.
_HYPHENED = re.compile(r"((?:19|20)\d\d-\d\d?(?:-\d\d?)?)-((?:19|20)\d\d-\d\d?(?:-\d\d?)?)")
_SIGNED = re.compile(r"([<>])=?(.+)")
_UNKNOWN = frozenset({"不详", "未知", "无", "unknown", "none"})


@dataclass(frozen=True, slots=True)
class NotADate(Exception):
    """`mended` is the nearest thing that is a date, or ""."""

    mended: str = ""


def parse_dates(value: str) -> Dates:
    """Return the days that `value` covers. Raises NotADate."""
    text = "".join(fold(value).split())
    if text in _UNKNOWN:
        return Dates(unknown=True)
    ends = _RANGE.split(text)
    if meant := _HYPHENED.fullmatch(text):
        raise NotADate(f"{meant[1]}..{meant[2]}")
    if meant := _SIGNED.fullmatch(text):
        raise NotADate(f"{meant[2]}.." if meant[1] == ">" else f"..{meant[2]}")
    if len(ends) == 1:
        return Dates(*_span(text))
    if len(ends) > 2 or not any(ends):
        raise NotADate
    earliest = _span(ends[0])[0] if ends[0] else None
    latest = _span(ends[1])[1] if ends[1] else None
    if earliest and latest and earliest > latest:
        raise NotADate(f"{ends[1]}..{ends[0]}")
    return Dates(earliest, latest)


def _span(text: str) -> tuple[date, date]:
    """The first and last day of a year, month or day."""
    for form in _FORMS:
        match = form.fullmatch(text)
        if match is None:
            continue
        year, month, day = (
            int(part) if part else None for part in map(match.groupdict().get, ("year", "month", "day"))
        )
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if not 1 <= month <= 12:
            raise NotADate(str(year))
        last = calendar.monthrange(year, month)[1]
        if day is None:
            return date(year, month, 1), date(year, month, last)
        if not 1 <= day <= last:
            raise NotADate(f"{year}-{month:02}")
        return date(year, month, day), date(year, month, day)
    raise NotADate
