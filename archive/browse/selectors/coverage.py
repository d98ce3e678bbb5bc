"""What the archive holds of each outlet in each month, and where it holds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from archive.catalog.models import Outlet
from archive.search import engine
from archive.search.records import FacetName, Request, pairs
from archive.search.tree import Everything

from ..charts.histogram import months_between
from ..charts.scale import shade, thresholds
from ..finding.links import Link, including
from ..finding.state import SearchState
from ..names import short_place_name
from .provinces import provinces

#: Months shown; what is earlier stands together in one column.
MOST_MONTHS = 60
#: Years that one link may name.
_MOST_YEARS = 40
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Column:
    """A month ("2020-02"), or what is earlier, or what is known to no month; `values` are those of the date facet."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    url: str
    shade: int


@dataclass(frozen=True, slots=True)
class Row:
    slug: str
    name: str
    place: str
    sample: bool
    total: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts by column and outlet; `totals` of the columns are of all outlets, those without a name included."""

    columns: tuple[Column, ...]
    outlets: tuple[str, ...]  # slugs, the most articles first
    total: int
    outlet_totals: Mapping[str, int]
    totals: Mapping[str, int]
    counts: Mapping[str, Mapping[str, int]]
    province: str
    missing: tuple[str, ...]  # codes of provinces of which no outlet is held


def coverage(province: str = "", *, with_sample: bool = True) -> Coverage:
    """Count by outlet and month, of the outlets of one province or of all. No database query."""
    include: dict[FacetName, tuple[str, ...]] = {"outlet_place": (province,)} if province else {}
    base = Request(Everything(), include, limit=0, facets=("date", "outlet", "outlet_place"), with_sample=with_sample)
    whole = engine.evaluate(base)
    columns = _columns(dict(pairs(whole.facets["date"])))
    counts, totals = {}, {}
    for column in columns:
        found = engine.evaluate(replace(base, include={**include, "date": column.values}, facets=("outlet",)))
        counts[column.key] = dict(pairs(found.facets["outlet"]))
        totals[column.key] = found.total
    outlets = {slug: count for slug, count in pairs(whole.facets["outlet"]) if count and slug}
    held = {code for code, count in pairs(whole.facets["outlet_place"]) if count}
    return Coverage(
        columns, tuple(sorted(outlets, key=lambda slug: (-outlets[slug], slug))), whole.total, outlets, totals, counts,
        province, tuple(code for code in provinces() if code not in held),
    )  # fmt: skip


def _columns(dates: Mapping[str, int]) -> tuple[Column, ...]:
    """Every month from the first held to the last, without gaps, then the imprecise ones."""
    months = sorted(value for value, count in dates.items() if count and len(value) == 7)
    columns: list[Column] = []
    imprecise = [value for value, count in dates.items() if count and (value == "~" or len(value) == 5)]
    if months:
        last = (int(months[-1][:4]), int(months[-1][5:]))
        first = (int(months[0][:4]), int(months[0][5:]))
        shown = [f"{year:04d}-{month:02d}" for year, month in list(months_between(first, last))[-MOST_MONTHS:]]
        if shown[0] != months[0]:  # begin with a whole year, so that the years before stand for all that is earlier
            shown = [f"{y:04d}-{m:02d}" for y, m in months_between((int(shown[0][:4]), 1), last)]
            years = sorted(v for v, count in dates.items() if count and len(v) == 4 and v < shown[0][:4])
            columns.append(Column("earlier", tuple(years[-_MOST_YEARS:])))
            imprecise = [value for value in imprecise if value == "~" or value[:4] >= shown[0][:4]]
        columns += [Column(month, (month,)) for month in shown]
    if imprecise:
        columns.append(Column("imprecise", tuple(sorted(imprecise)[-_MOST_YEARS:])))
    return tuple(columns)


def rows(held: Coverage, page: int) -> list[Row]:
    """The rows of one page, from 1. Two queries."""
    slugs = held.outlets[(page - 1) * PER_PAGE : page * PER_PAGE]
    found = {one.slug: one for one in Outlet.objects.select_related("region").filter(slug__in=slugs)}
    named = provinces()
    bounds = thresholds(held.counts[column.key].get(slug, 0) for column in held.columns for slug in slugs)
    search = reverse("search")
    links = {
        column.key: _from(search, including(SearchState(include={"date": column.values}), "outlet"))
        for column in held.columns
    }
    made = []
    for slug in slugs:
        if slug not in found:
            continue
        one = found[slug]
        code = one.region.province_code if one.region else ""
        cells = tuple(cell_of(held, column, slug, bounds, links[column.key]) for column in held.columns)
        total = Cell(held.outlet_totals[slug], link({"outlet": (slug,)}), 0)
        place = short_place_name(named[code]) if code in named else ""
        made.append(Row(slug, one.name, place, one.is_sample, total, cells))
    return made


def _from(base: str, link: Link) -> Link:
    return lambda value: base + link(value)


def cell_of(held: Coverage, column: Column, slug: str, bounds: tuple[int, ...], link: Link) -> Cell:
    """`link` leads from an outlet to the articles of the column."""
    count = held.counts[column.key].get(slug, 0)
    return Cell(count, link(slug) if count else "", shade(count, bounds))


def link(include: Mapping[FacetName, tuple[str, ...]]) -> str:
    return reverse("search") + SearchState(include=include).query()
