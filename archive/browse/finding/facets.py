"""Facets as the page shows them: values with counts, a link to include, one to exclude, places as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.places.models import Region
from archive.search.records import FacetName
from archive.search.service import FacetValue

from ..names import in_english, short_place_name, topic_name
from ..printed_dates import in_words
from .state import SearchState

#: Values shown before "more".
FIRST = 8
#: Values behind "more": a page stays light; the rest is reached by searching.
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
    """`first` are shown, `more` on demand; `hidden` values are not listed at all."""

    name: FacetName
    title: str
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    hidden: int
    active: bool


def facets(state: SearchState, found: Mapping[FacetName, Sequence[FacetValue]]) -> list[Facet]:
    """The facets of a page of results, in the order of the page; those without any value left out."""
    regions = _regions(found)
    made = [
        _facet(state, "place", _("报道地区"), _place_tree(found.get("place", ()), state), _namer(regions)),
        _facet(state, "date", _("日期"), _date_tree(found.get("date", ()), state), _date_name),
        _facet(state, "outlet", _("来源"), _by_count(found.get("outlet", ())), lambda one: one.label),
        _facet(
            state, "outlet_place", _("来源所在地"), _outlet_provinces(found.get("outlet_place", ())), _namer(regions)
        ),
        _facet(state, "topic", _("主题"), _by_count(found.get("topic", ())), lambda one: topic_name(one.value)),
        _facet(state, "script", _("原文字体"), _by_count(found.get("script", ())), lambda one: _script(one.value)),
    ]
    return [facet for facet in made if facet.first]


Row = tuple[FacetValue, int]  # value and depth


def _facet(
    state: SearchState, name: FacetName, title: str, rows: Iterable[Row], label: Callable[[FacetValue], str]
) -> Facet:
    shown = [
        Choice(
            value=one.value,
            label=label(one),
            count=one.count,
            url=(
                state.without(name, one.value) if one.included or one.excluded else state.including(name, one.value)
            ).query(),
            bar_url=state.excluding(name, one.value).query(),
            included=one.included,
            excluded=one.excluded,
            depth=depth,
        )
        for one, depth in rows
        if one.count or one.included or one.excluded
    ]
    cut = max(
        [FIRST, *(number + 1 for number, one in enumerate(shown[:MOST]) if one.included or one.excluded or one.depth)]
    )
    if len(shown) - cut <= 2:
        cut += 2
    return Facet(
        name,
        title,
        tuple(shown[:cut]),
        tuple(shown[cut:MOST]),
        max(len(shown) - max(MOST, cut), 0),
        any(one.included or one.excluded for one in shown),
    )


def _by_count(values: Iterable[FacetValue]) -> list[Row]:
    return [(one, 0) for one in sorted(values, key=lambda one: (not one.included, -one.count, one.label))]


def _outlet_provinces(values: Sequence[FacetValue]) -> list[Row]:
    """Where outlets are, by province; deeper units only where they are chosen."""
    return _by_count(one for one in values if one.value.endswith("0000") or one.included or one.excluded)


def _place_tree(values: Sequence[FacetValue], state: SearchState) -> list[Row]:
    """Provinces by count; below a chosen unit (or one that holds a chosen unit) its parts."""
    by_code = {one.value: one for one in values}
    chosen = (*state.include.get("place", ()), *state.exclude.get("place", ()))
    open_units = {code[:2] + "0000" for code in chosen} | {code[:4] + "00" for code in chosen} | set(chosen)
    parts: dict[str, list[FacetValue]] = {}
    for one in by_code.values():
        parts.setdefault(_above(one.value, by_code), []).append(one)
    rows: list[Row] = []

    def walk(code: str, depth: int) -> None:
        for one in sorted(parts.get(code, ()), key=lambda one: (-one.count, one.value)):
            rows.append((one, depth))
            if one.value in open_units:
                walk(one.value, depth + 1)

    walk("", 0)
    return rows


def _above(code: str, by_code: Mapping[str, FacetValue]) -> str:
    """The unit right above that is listed too: 510923 → 510900, or 510000 where there is no 510900."""
    if code.endswith("0000"):
        return ""
    for above in (code[:4] + "00", code[:2] + "0000"):
        if above != code and above in by_code:
            return above
    return ""


def _date_tree(values: Sequence[FacetValue], state: SearchState) -> list[Row]:
    """Years in order, the months of chosen years below them; dates that are not precise last."""
    chosen = (*state.include.get("date", ()), *state.exclude.get("date", ()))
    open_years = {value[:4] for value in chosen}
    rows: list[Row] = []
    for one in sorted(values, key=lambda one: one.value.replace("~", "￿")):
        length = len(one.value)
        picked = one.included or one.excluded
        if length == 4 or one.value == "~":
            rows.append((one, 0))
        elif picked or (length == 7 and one.value[:4] in open_years) or (length == 5 and one.value[:4] in open_years):
            rows.append((one, 1))
    return rows


def _date_name(one: FacetValue) -> str:
    if not in_english() or "~" in one.value:
        return one.label
    return in_words(*(int(part) for part in one.value.split("-")))


def _namer(regions: Mapping[str, Region]) -> Callable[[FacetValue], str]:
    def name(one: FacetValue) -> str:
        region = regions.get(one.value)
        if region is None:
            return one.label
        return short_place_name(region) if one.value.endswith("0000") or in_english() else region.name

    return name


def _regions(found: Mapping[FacetName, Sequence[FacetValue]]) -> dict[str, Region]:
    """The records of all units that are named, in one query."""
    codes = {one.value for name in ("place", "outlet_place") for one in found.get(name, ())}
    return {region.code: region for region in Region.objects.filter(code__in=codes)} if codes else {}


def _script(value: str) -> str:
    return {"Hans": _("简体"), "Hant": _("繁体"), "Hant-converted": _("机器转换的繁体")}.get(value, value)
