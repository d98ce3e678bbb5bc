"""Facets as the page shows them: values with counts, a link to include, one to exclude, places as a tree."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.places.gazetteer import gazetteer
from archive.places.names import Language, reader_language, unit_name
from archive.search.facet_table import FacetTable, FacetValue
from archive.search.records import FacetName

from ..names import in_english, topic_name
from ..printed_dates import in_words
from .choices import items
from .links import addressed, excluding, including
from .state import SearchState

#: Values shown before "more".
FIRST = 8
#: Values behind "more": a page stays light; the rest stands on a page of its own.
MOST = 40


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
    """`first` are shown, `more` on demand; `all_url` is the page of all values, "" when all are here."""

    name: FacetName
    title: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    all_url: str
    active: bool
    closed: bool = False

    @property
    def first_items(self) -> SafeString:
        return items(self.first, as_printed=self.name == "outlet", closed=self.closed)

    @property
    def more_items(self) -> SafeString:
        return items(self.more, as_printed=self.name == "outlet", closed=self.closed)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What a facet lists: values with their depth, cut to what a page holds, and how many there are in all."""

    values: tuple[tuple[str, int], ...]
    total: int

    @classmethod
    def of(cls, values: Iterable[tuple[str, int]]) -> _Rows:
        listed = list(values)
        return cls(tuple(listed[:MOST]), len(listed))


Label = Callable[[FacetValue], str]


def facets(state: SearchState, found: Mapping[FacetName, FacetTable]) -> list[Facet]:
    """The facets of a page of results, in the order of the page; those without any value left out."""
    rows = {name: _Rows.of(_ROWS[name](table, state)) for name, table in found.items() if name in _ROWS}
    named = _namer()
    labels: dict[FacetName, Label] = {**LABELS, "place": named, "outlet_place": named}
    made = [
        _facet(state, found[name], title, rows[name], labels[name]) for name, title in titles().items() if name in rows
    ]
    return [facet for facet in made if facet.first]


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


def _facet(state: SearchState, table: FacetTable, title: str, rows: _Rows, label: Label) -> Facet:
    name = table.name
    include, exclude = including(state, name), excluding(state, name)
    shown = [
        Choice(
            one.value,
            label(one),
            one.count,
            state.without(name, one.value).query() if one.included or one.excluded else include(one.value),
            exclude(one.value),
            one.included,
            one.excluded,
            depth,
        )
        for one, (_value, depth) in zip(table.some(value for value, _depth in rows.values), rows.values, strict=True)
    ]
    cut = max([FIRST, *(number + 1 for number, one in enumerate(shown) if one.included or one.excluded or one.depth)])
    if rows.total - cut <= 2:
        cut += 2
    return Facet(
        name,
        title,
        tuple(shown[:cut]),
        tuple(shown[cut:]),
        _listed_url(state, name) if table.more_than(len(shown[:cut])) else "",
        bool(table.chosen),
        state.deepest,
    )


def _listed_url(state: SearchState, name: FacetName) -> str:
    return addressed("facet")(name) + state.query_from_start()


def _present(table: FacetTable) -> list[str]:
    """The values that any article has, or that are chosen; the chosen ones first, then by count."""
    included, excluded = table.included, table.excluded
    if not included and not excluded:
        return [value for value, count in table.counts.items() if count]
    first = [value for value in table.counts if value in included]
    return first + [v for v, count in table.counts.items() if v not in included and (count or v in excluded)]


def _by_count(table: FacetTable, state: SearchState) -> list[tuple[str, int]]:
    return [(value, 0) for value in _present(table)]


def _outlet_provinces(table: FacetTable, state: SearchState) -> list[tuple[str, int]]:
    """Where outlets are, by province; deeper units only where they are chosen."""
    return [(value, 0) for value in _present(table) if value[2:] == "0000" or value in table.chosen]


def _place_tree(table: FacetTable, state: SearchState) -> Iterator[tuple[str, int]]:
    """Provinces by count; below a chosen unit (or one that holds a chosen unit) its parts."""
    counts = table.counts
    if not table.chosen:
        provinces = [code for code in counts if code[2:] == "0000"]
        if len({code[:2] for code in counts}) == len(provinces):  # nearly always: a county counts for its province
            listed = [code for code in provinces if counts[code]]
            listed.sort(key=lambda code: (-counts[code], code))
            return iter([(code, 0) for code in listed])
    chosen = (*state.include.get("place", ()), *state.exclude.get("place", ()))
    open_units = {code[:2] + "0000" for code in chosen} | {code[:4] + "00" for code in chosen} | set(chosen)
    parts: dict[str, list[str]] = {}
    for code in counts:
        province = code[:2] + "0000"
        if province != code and province not in open_units and province in counts:
            continue  # below a unit that is not open
        above = _above(code, counts)
        if (not above or above in open_units) and (counts[code] or code in table.chosen):
            parts.setdefault(above, []).append(code)

    def walk(code: str, depth: int) -> Iterator[tuple[str, int]]:
        for one in sorted(parts.get(code, ()), key=lambda one: (-counts[one], one)):
            yield one, depth
            if one in open_units:
                yield from walk(one, depth + 1)

    return walk("", 0)


def _above(code: str, held: Container[str]) -> str:
    """The unit right above that is listed too: 510923 → 510900, or 510000 where there is no 510900."""
    if code.endswith("0000"):
        return ""
    for above in (code[:4] + "00", code[:2] + "0000"):
        if above != code and above in held:
            return above
    return ""


def _date_tree(table: FacetTable, state: SearchState) -> list[tuple[str, int]]:
    """Years in order, the months of chosen years below them; dates that are not precise last."""
    chosen = table.chosen
    if not chosen:  # most values are days
        kept = [value for value, count in table.counts.items() if count and (len(value) == 4 or value == "~")]
    else:
        open_years = {value[:4] for value in chosen}
        kept = [
            value
            for value, count in table.counts.items()
            if (
                len(value) != 10
                and count
                and (len(value) == 4 or value == "~" or (len(value) in (5, 7) and value[:4] in open_years))
            )
            or value in chosen
        ]
    kept.sort(key=lambda value: value.replace("~", "￿"))
    return [(value, 0 if len(value) == 4 or value == "~" else 1) for value in kept]


_ROWS: dict[FacetName, Callable[[FacetTable, SearchState], Iterable[tuple[str, int]]]] = {
    "place": _place_tree,
    "date": _date_tree,
    "outlet": _by_count,
    "outlet_place": _outlet_provinces,
    "topic": _by_count,
    "script": _by_count,
}


def _date_name(one: FacetValue) -> str:
    if not in_english() or "~" in one.value:
        return one.label
    return in_words(*(int(part) for part in one.value.split("-")))


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
