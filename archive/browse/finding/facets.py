"""Facets as the page shows them: values with counts, a link to include, one to exclude, places as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.places.gazetteer import gazetteer
from archive.places.names import Language, reader_language, unit_name
from archive.search.facet_table import FacetTable, FacetValue
from archive.search.records import FacetName

from ..names import in_english, topic_name
from ..printed_dates import in_words
from .choices import free_items, items
from .facet_rows import Rows, rows_of
from .links import addressed
from .state import BARRED, SearchState

#: Values shown before "more".
FIRST = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet. `url` chooses or unchooses it, `bar_url` excludes it."""

    value: str
    label: str
    count: int
    url: str
    bar_url: str
    included: bool
    excluded: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet ready for the page: the items of what is `first` shown, and of so many `more` on demand.

    `all_url` is the page of all values, "" when all are here; `labels` tell how the chosen values are called.
    """

    name: FacetName
    title: str
    first_items: SafeString
    more: int
    more_items: SafeString
    all_url: str
    labels: Mapping[str, str] = field(default_factory=dict)


Label = Callable[[FacetValue], str]


def facets(state: SearchState, found: Mapping[FacetName, FacetTable]) -> list[Facet]:
    """The facets of a page of results, in the order of the page; those without any value left out."""
    named = _namer()
    labels: dict[FacetName, Label] = {**LABELS, "place": named, "outlet_place": named}
    asked = state.query_from_start()
    made = []
    for name, title in titles().items():
        table = found.get(name)
        if table is None:
            continue
        rows = rows_of(table, state)
        if rows.values:
            made.append(_facet(state, table, title, rows, labels[name], asked))
    return made


def titles() -> dict[FacetName, str]:
    """How the facets are called, in the order of the page."""
    return {
        "place": _("报道地区"),
        "date": _("日期"),
        "outlet": _("来源"),
        "outlet_place": _("来源所在地"),
        "topic": _("主题"),
        "script": _("原文字体"),
    }


def _facet(state: SearchState, table: FacetTable, title: str, rows: Rows, label: Label, asked: str) -> Facet:
    name = table.name
    values = [value for value, _depth in rows.values]
    held = table.some(values)
    printed = name == "outlet"
    labels = {}
    if table.chosen or state.deepest or state.include.get(name) or state.exclude.get(name):
        choices = [_choice(state, name, label(one), one, depth) for one, (_value, depth) in zip(held, rows.values, strict=True)]  # fmt: skip
        cut = _cut(rows.total, [number for number, one in enumerate(choices, 1) if one.included or one.excluded or one.depth])  # fmt: skip
        made = [items(some, as_printed=printed, closed=state.deepest) for some in (choices[:cut], choices[cut:])]
        labels = {one.value: one.label for one in choices if one.included or one.excluded}
    else:
        pairs = [(one.value, label(one), one.count) for one in held]
        cut = _cut(rows.total, [])
        around = state.around(name), state.around(BARRED + name)
        made = [free_items(some, *around, as_printed=printed) for some in (pairs[:cut], pairs[cut:])]
    all_url = addressed("facet")(name) + asked if table.more_than(min(cut, len(held))) else ""
    return Facet(name, title, made[0], max(len(held) - cut, 0), made[1], all_url, labels)


def _cut(total: int, chosen: Iterable[int]) -> int:
    """How many values are shown before "more": all down to the last chosen one, and no "more" for two."""
    cut = max([FIRST, *chosen])
    return cut + 2 if total - cut <= 2 else cut


def _choice(state: SearchState, name: FacetName, label: str, one: FacetValue, depth: int) -> Choice:
    chosen = one.included or one.excluded
    url = (state.without if chosen else state.including)(name, one.value).query()
    bar_url = state.excluding(name, one.value).query()
    return Choice(one.value, label, one.count, url, bar_url, one.included, one.excluded, depth)


def _date_name(one: FacetValue) -> str:
    return _day_in_english(one.value) if "~" not in one.value and in_english() else one.label


@lru_cache(maxsize=4096)
def _day_in_english(value: str) -> str:
    return in_words(*(int(part) for part in value.split("-")))


def _namer() -> Label:
    """Provinces by their short names, which English has not; all others as they are called."""
    language = reader_language()

    def name(one: FacetValue) -> str:
        return (_short_name(one.value, language) if one.value[2:] == "0000" else "") or one.label

    return name


@lru_cache(maxsize=128)
def _short_name(code: str, language: Language) -> str:
    """The short name of a province in Chinese; "" where there is none."""
    unit = gazetteer().unit(code) if language != "en" else None
    return unit_name(unit, language) if unit else ""


def _script(value: str) -> str:
    return {"Hans": _("简体"), "Hant": _("繁体"), "Hant-converted": _("机器转换的繁体")}.get(value, value)


#: How a value is called, by facet; places are named from the records of a whole page.
LABELS: dict[FacetName, Label] = {
    "date": _date_name,
    "outlet": lambda one: one.label,
    "topic": lambda one: topic_name(one.value),
    "script": lambda one: _script(one.value),
}
