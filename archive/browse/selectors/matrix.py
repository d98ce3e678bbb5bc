"""Who reports on whom: the provinces of outlets against the provinces that articles are about, for any search.

Every count comes from the engine with the very filters of the link beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from archive.search import engine
from archive.search.facet_values import MOST_VALUES as MOST_OF_A_FACET
from archive.search.records import FacetName, Request, pairs
from archive.search.service import SearchPage, understood

from ..charts.scale import shade, thresholds
from ..finding.state import MOST_VALUES, SearchState
from ..names import short_place_name
from .provinces import provinces

#: Stands for a place that is not known.
UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """`url` is "" where no address can hold the condition. `own`: outlet and event in one province."""

    row: str
    column: str
    count: int
    url: str
    shade: int = 0
    own: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    total: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """`columns`: code, name and total of each event province. An article about two provinces stands in two cells."""

    asked: SearchPage
    total: int
    columns: tuple[tuple[str, str, Cell], ...] = ()
    rows: tuple[Row, ...] = ()


def bare(state: SearchState) -> SearchState:
    """The search without its places, which are what the matrix shows. Of stories it counts, in each cell, those with a printing there."""
    free = {name: values for name, values in state.include.items() if name not in ("place", "outlet_place")}
    barred = {name: values for name, values in state.exclude.items() if name not in ("place", "outlet_place")}
    return state.but(include=free, exclude=barred, sort="", per_page=20, root=False)


def matrix(state: SearchState, *, with_sample: bool = True) -> Matrix:
    """Count the matrix of a search (see `bare`). The number of database queries does not depend on its size."""
    asked = understood(
        state.q, include=state.include, exclude=state.exclude, earliest=state.first_day, latest=state.last_day,
        synonyms=state.synonyms, copies=state.copies,
    )  # fmt: skip
    if asked.node is None:
        return Matrix(asked, 0)
    base = Request(
        asked.node, dict(asked.include), dict(asked.exclude), asked.earliest, asked.latest, limit=0,
        facets=("place", "outlet_place"), with_sample=with_sample, copies=asked.copies,
    )  # fmt: skip
    whole = engine.evaluate(base)
    events, outlets = (_provinces(pairs(whole.facets[name])) for name in ("place", "outlet_place"))
    known = provinces()
    used = state.but(include=dict(asked.include), exclude=dict(asked.exclude))
    counter = _Counter(base, used, tuple(events), tuple(outlets))
    counted = {row: counter.row(row) for row in (*outlets, UNKNOWN)}
    bounds = thresholds(count for counts in counted.values() for code, count in counts.items() if code != "total")
    shown = [row for row in counted if counted[row]["total"]]
    columns = [code for code in (*events, UNKNOWN) if any(counted[row].get(code) for row in shown)]

    def name(code: str) -> str:
        return short_place_name(known[code]) if code in known else code

    def cell(row: str, column: str) -> Cell:
        count = counted[row].get(column, 0)
        return Cell(row, column, count, counter.link(row, column) if count else "", shade(count, bounds),
                    bool(row) and row == column)  # fmt: skip

    return Matrix(
        asked,
        whole.total,
        tuple((code, name(code), Cell("all", code, counter.column(code), counter.link("all", code))) for code in columns),
        tuple(
            Row(code, name(code), Cell(code, "all", counted[code]["total"], counter.link(code, "all")),
                tuple(cell(code, column) for column in columns))
            for code in shown
        ),
    )  # fmt: skip


def _provinces(counts: Sequence[tuple[str, int]]) -> list[str]:
    return sorted(code for code, count in counts if count and code.endswith("0000"))


@dataclass(frozen=True, slots=True)
class _Counter:
    base: Request
    state: SearchState
    events: tuple[str, ...]
    outlets: tuple[str, ...]

    def filters(
        self, row: str, column: str
    ) -> tuple[dict[FacetName, tuple[str, ...]], dict[FacetName, tuple[str, ...]]]:
        """What is included and excluded for a cell; "all" leaves a side open."""
        include, exclude = dict(self.base.include), dict(self.base.exclude)
        sides: tuple[tuple[FacetName, str, tuple[str, ...]], ...] = (
            ("outlet_place", row, self.outlets),
            ("place", column, self.events),
        )
        for facet, code, every in sides:
            if code == UNKNOWN and every:
                exclude[facet] = every
            elif code not in (UNKNOWN, "all"):
                include[facet] = (code,)
        return include, exclude

    def row(self, row: str) -> dict[str, int]:
        """Counts of a row by event province, of what is about no known one, and in total."""
        include, exclude = self.filters(row, "all")
        found = engine.evaluate(replace(self.base, include=include, exclude=exclude, facets=("place",)))
        counts = {code: count for code, count in pairs(found.facets["place"]) if code in self.events and count}
        counts[UNKNOWN] = self.total(row, UNKNOWN)
        return {**counts, "total": found.total}

    def column(self, column: str) -> int:
        return self.total("all", column)

    def total(self, row: str, column: str) -> int:
        include, exclude = self.filters(row, column)
        return engine.evaluate(replace(self.base, include=include, exclude=exclude, facets=())).total

    def link(self, row: str, column: str) -> str:
        include, exclude = self.filters(row, column)
        if _values(include) + _values(exclude) > MOST_VALUES or _longest(exclude) > MOST_OF_A_FACET:
            return ""
        return reverse("search") + self.state.but(include=include, exclude=exclude).query()


def _values(filters: Mapping[FacetName, tuple[str, ...]]) -> int:
    return sum(len(values) for values in filters.values())


def _longest(filters: Mapping[FacetName, tuple[str, ...]]) -> int:
    return max((len(values) for values in filters.values()), default=0)
