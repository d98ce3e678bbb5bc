"""Dates in words, with their precision: a date known to the month is never shown as its first day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from archive.catalog.models import Version

from .names import in_english

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}:\d{2})(?::\d{2})?)?)?)?")


@lru_cache(maxsize=4096)
def edtf_parts(published: str) -> tuple[int, int | None, int | None, str]:
    """Year, month, day and time ("" when none) of a stored date. ValueError when it is no such date."""
    match = _EDTF.fullmatch(published)
    if match is None:
        raise ValueError(published)
    year, month, day, time = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None, time or ""


def in_words(year: int, month: int | None = None, day: int | None = None) -> str:
    """2020年2月24日 · 24 February 2020, as far as it is given."""
    return _written(year, month, day, in_english())


@lru_cache(maxsize=4096)
def _written(year: int, month: int | None, day: int | None, english: bool) -> str:
    if english:
        parts = [str(day) if day else "", MONTHS[month - 1] if month else "", str(year)]
        return " ".join(part for part in parts if part)
    return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")


def day_in_words(day: date) -> str:
    return in_words(day.year, day.month, day.day)


def month_in_words(year: int, month: int) -> str:
    return in_words(year, month)


def edtf_in_words(edtf: str) -> str:
    """An EDTF date or interval in words: 2020年5月12日至2020年5月23日."""
    ends = [in_words(*edtf_parts(one)[:3]) for one in edtf.split("/")]
    return _("%(first)s至%(last)s") % {"first": ends[0], "last": ends[1]} if len(ends) == 2 else ends[0]


def months_in_words(months: Iterable[tuple[int, int]]) -> list[str]:
    """Many years and months in words."""
    english = in_english()
    return [_written(year, month, None, english) for year, month in months]


def month_name(month: int, *, short: bool = False) -> str:
    """2月 · February, or Feb."""
    if not in_english():
        return f"{month}月"
    return MONTHS[month - 1][:3] if short else MONTHS[month - 1]


def published_in_words(version: Version) -> str:
    """The date of publication as it is known, or that it is not known."""
    if not version.published:
        if version.published_earliest and version.published_latest:
            return _("%(first)s至%(last)s之间") % {
                "first": day_in_words(version.published_earliest),
                "last": day_in_words(version.published_latest),
            }
        return _("日期不详")
    return _printed(version.published, in_english())


@lru_cache(maxsize=4096)
def _printed(published: str, english: bool) -> str:
    try:
        year, month, day, time = edtf_parts(published)
    except ValueError:
        return published
    words = _written(year, month, day, english)
    return f"{words} {time}" if time else words


def machine_date(version: Version) -> str:
    """The value of a <time datetime>: as precise as known, "" when unknown."""
    return _for_machines(version.published)


@lru_cache(maxsize=4096)
def _for_machines(published: str) -> str:
    try:
        year, month, day, _time = edtf_parts(published)
    except ValueError:
        return ""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
