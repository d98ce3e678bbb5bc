"""Which values of a facet a page lists, in which order, and how deep each stands below another."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from archive.search.facet_table import FacetTable
from archive.search.records import FacetName

from .state import SearchState

#: Values listed at most: a page stays light; the rest stands on a page of its own.
MOST = 40
#: The digits of a code that its province has too.
_PROVINCE = itemgetter(slice(0, 2))


@dataclass(frozen=True, slots=True)
class Rows:
    """What a facet lists: values with their depth, cut to what a page holds, and how many there are in all."""

    values: tuple[tuple[str, int], ...]
    total: int


def rows_of(table: FacetTable, state: SearchState) -> Rows:
    """The values of a facet that any article has, or that are chosen."""
    listed = list(_ROWS[table.name](table, state))
    return Rows(tuple(listed[:MOST]), len(listed))


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
    if not table.chosen:
        counts = table.counts
        return [
            (code, 0) for code in sorted(_provinces(counts), key=lambda code: (-counts[code], code)) if counts[code]
        ]
    return [(value, 0) for value in _present(table) if value[2:] == "0000" or value in table.chosen]


def _place_tree(table: FacetTable, state: SearchState) -> Iterator[tuple[str, int]]:
    """Provinces by count; below a chosen unit (or one that holds a chosen unit) its parts."""
    counts = table.counts
    if not table.chosen:
        provinces = _provinces(counts)
        if len(set(map(_PROVINCE, counts))) == len(provinces):  # nearly always: a county counts for its province
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


def _provinces(counts: Mapping[str, int]) -> list[str]:
    """The codes of provinces among thousands of codes."""
    return [code for two in set(map(_PROVINCE, counts)) if (code := two + "0000") in counts]


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
        kept = [v for v, count in table.longer_than_days.items() if count and (len(v) == 4 or v == "~")]
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
