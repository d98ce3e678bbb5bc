"""Values of facets: which are known, the condition that each stands for, and how each is called."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext

from archive.catalog.models import Outlet, Script
from archive.catalog.reading import kept
from archive.places.gazetteer import gazetteer
from archive.places.names import Language, reader_language, unit_name

from .records import FacetName
from .tree import Dates, Key, Node

#: Values of one facet that one request may hold; more are ignored.
MOST_VALUES = 50
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(~?)")


def known(name: FacetName, values: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split `values` into those that facet `name` can have and the others, each once and in order."""
    asked = list(dict.fromkeys(values))
    held = asked[:MOST_VALUES]
    match name:
        case "place" | "outlet_place":
            good = {value for value in held if value.isascii() and gazetteer().unit(value)}
        case "outlet":
            good = set(Outlet.objects.filter(slug__in=held).values_list("slug", flat=True))
        case "script":
            good = set(held) & set(Script.values)
        case "date":
            good = {value for value in held if value == "~" or _days(value)}
        case "topic":
            good = {value for value in held if value.strip()}
    return tuple(value for value in held if value in good), tuple(value for value in asked if value not in good)


def _days(value: str) -> tuple[date, date] | None:
    """First and last day of a value of the date facet, None when it is none."""
    match = _DATE.fullmatch(value)
    if match is None or not value.isascii():
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups()[:3])
    try:
        if day:
            return None if match[4] else (date(year, month, day), date(year, month, day))
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None


def node_for(name: FacetName, value: str) -> Node:
    """The condition that a value stands for, as far as the sentence about a search goes."""
    if name == "date":
        if value == "~":
            return Dates(unknown=True)
        days = _days(value)
        assert days is not None
        return Dates(*days)
    return Key(name, value)


def labels(name: FacetName, values: Sequence[str]) -> dict[str, str]:
    """How each value is called; the value itself where there is no name. At most one database query."""
    match name:
        case "place" | "outlet_place":
            language = reader_language()
            return {value: _place_label(value, language) for value in values}
        case "outlet":
            names = dict(kept("names of outlets", _outlet_names, *values))
            return {value: names.get(value, value) for value in values}
        case "script":
            return {value: str(Script(value).label) if value in Script.values else value for value in values}
        case "date":
            language = reader_language()
            return {value: _date_label(value, language) for value in values}
        case "topic":
            return {value: value for value in values}


@lru_cache(maxsize=8192)
def _place_label(code: str, language: Language) -> str:
    unit = gazetteer().unit(code)
    return unit_name(unit, language, short=False) or unit.name if unit else code


def _outlet_names(*slugs: Any) -> QuerySet[Outlet, tuple[str, str]]:
    return Outlet.objects.filter(slug__in=slugs).order_by().values_list("slug", "name")


@lru_cache(maxsize=8192)
def _date_label(value: str, _language: Language) -> str:
    return date_label(value)


def date_label(value: str) -> str:
    """2020年2月24日; 2020年2月(日不详) for "2020-02~"; 日期不详 for "~"."""
    if value == "~":
        return gettext("日期不详")
    days = _days(value)
    assert days is not None
    first = days[0]
    year, month = gettext("%(year)s年") % {"year": first.year}, date_format(first, "YEAR_MONTH_FORMAT")
    match len(value.rstrip("~")):
        case 4:
            return gettext("%(year)s（月不详）") % {"year": year} if value.endswith("~") else year
        case 7:
            return gettext("%(month)s（日不详）") % {"month": month} if value.endswith("~") else month
        case _:
            return date_format(first, "DATE_FORMAT")
