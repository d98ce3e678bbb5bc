"""Phrases over time and place: for each how many articles hold it, and what that is held against.

A page asks the engine once for each phrase and once for all articles; every count is that of the search its link opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.catalog.denominators import Scope, characters_by_span, outlets_by_day
from archive.places.models import Region
from archive.search import engines as engine
from archive.search.facet_values import MOST_VALUES
from archive.search.records import FacetName, Request, pairs
from archive.search.service import SearchPage, told_state, understood

from ..finding.notices import exchanged, no_dates
from ..finding.state import SearchState
from .periods import MOST, Grain, Period, Row, folded, periods

Unit = Literal["articles", "share", "outlet_day", "characters"]
#: Phrases compared on one page.
MOST_PHRASES = 6
#: Characters that the last unit counts by.
CHARACTERS = 10_000


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks. `state` holds place, span of days and whether variants are found too; no words."""

    phrases: tuple[str, ...]
    state: SearchState
    unit: Unit
    grain: Grain
    own_scale: bool
    notices: tuple[str, ...]
    pins: bool = False

    @property
    def place(self) -> str:
        return next(iter(self.state.include.get("place", ())), "")

    def pairs(self, **changes: str) -> list[tuple[str, str]]:
        """The parameters in one fixed order, defaults left out."""
        plain = {"unit": "articles", "grain": "month", "scale": "common", "pins": "0"}
        own = {
            "unit": self.unit, "grain": self.grain, "scale": "own" if self.own_scale else "common",
            "pins": "1" if self.pins else "0",
        }  # fmt: skip
        given = {"place": self.place, "from": self.state.earliest, "to": self.state.latest, **own, **changes}
        kept = [(name, value) for name, value in given.items() if value and value != plain.get(name)]
        without = [("synonyms", "0")] if not self.state.synonyms else []
        return [("q", phrase) for phrase in self.phrases] + kept + without


def question(query: QueryDict, *, refused: bool = False) -> Question:
    """Read an address; what is nonsense is left out and told, or only told where that is `refused`."""
    typed = SearchState.of(query)
    asked = dict.fromkeys(one.replace("\x00", "").strip() for one in query.getlist("q"))
    phrases = [one[: settings.QUERY_LIMIT + 1] for one in asked if one]  # one too many: the engine says what is wrong
    notices = no_dates(typed, refused=refused)
    if len(phrases) > MOST_PHRASES:
        notices.append(_("一次最多比较 %(most)d 个说法，其余的没有用。") % {"most": MOST_PHRASES})
    places = typed.include.get("place", ())
    if len(places) > 1:
        notices.append(_("一次只看一个地区，其余的没有用。"))
    if typed.exclude or set(typed.include) - {"place"}:
        notices.append(_("这里只按地区和日期限定，别的筛选条件没有用。"))
    unit, grain = query.get("unit", ""), query.get("grain", "")
    return Question(
        tuple(phrases[:MOST_PHRASES]),
        SearchState(
            include={"place": places[:1]} if places else {}, earliest=typed.earliest, latest=typed.latest,
            synonyms=typed.synonyms, swapped=typed.swapped,
        ),
        next((one for one in get_args(Unit) if one == unit), "articles"),
        next((one for one in MOST if one == grain), "month"),
        query.get("scale") == "own",
        tuple(notices),
        query.get("pins") == "1",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """`count` articles, opened by `url` ("" for none); `value` in the unit, None where there is nothing to hold it against."""

    period: Period
    count: int
    whole: float
    value: float | None
    url: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Articles in no period shown; `url` "" where no address can hold the condition."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Series:
    """A phrase, or all articles (""). `by_place`: division code → articles, whatever place was asked for."""

    phrase: str
    asked: SearchPage
    state: SearchState
    total: int
    dates: Mapping[str, int]
    by_place: Mapping[str, int]
    points: tuple[Point, ...] = ()
    imprecise: Apart = Apart(0, "")
    outside: Apart = Apart(0, "")

    def place_url(self, code: str) -> str:
        """The search of the phrase in a place."""
        return reverse("search") + self.state.only("place", code).query()

    @property
    def url(self) -> str:
        return reverse("search") + self.state.query()


@dataclass(frozen=True, slots=True)
class Trends:
    """`whole` is of all articles. `row` is shared by all."""

    question: Question
    row: Row
    whole: Series
    series: tuple[Series, ...]
    places: tuple[Region, ...]
    notices: tuple[str, ...]


def trends(asked: Question, *, with_sample: bool = True, places: bool = True) -> Trends:
    """Count. Two database queries for each phrase at most, and one for each of the units that need one."""
    found, told = evaluated("", asked.state, with_sample)
    every = [evaluated(phrase, asked.state, with_sample)[0] for phrase in asked.phrases]
    row = periods(found.dates, asked.grain, found.asked.earliest, found.asked.latest)
    wholes = _wholes(asked.unit, row, found, Scope(
        next(iter(found.asked.include.get("place", ())), ""), found.asked.earliest, found.asked.latest, with_sample,
    ))  # fmt: skip
    return Trends(
        asked, row,
        drawn(found, row, "articles", {}),
        tuple(drawn(one, row, asked.unit, wholes) if one.asked.error is None else one for one in every),
        places_of(found) if places else (),
        (*asked.notices, *exchanged(asked.state), *found.asked.notices, *told),
    )  # fmt: skip


def evaluated(phrase: str, state: SearchState, with_sample: bool) -> tuple[Series, list[str]]:
    """The series of a phrase without its points, and what the reader should know."""
    asked = understood(
        phrase, include=state.include, earliest=state.first_day, latest=state.last_day, synonyms=state.synonyms
    )
    used = state.but(q=phrase, include=dict(asked.include))
    if asked.node is None:
        return Series(phrase, asked, used, 0, {}, {}), []
    response = engine.evaluate(Request(
        asked.node, dict(asked.include), {}, asked.earliest, asked.latest, limit=0, facets=("date", "place"),
        with_sample=with_sample,
    ))  # fmt: skip
    dates, places = (dict(pairs(response.facets.get(name, ()))) for name in ("date", "place"))
    return Series(phrase, asked, used, response.total, dates, places), told_state(response)


def _wholes(unit: Unit, row: Row, found: Series, scope: Scope) -> dict[str, float]:
    """What each period is held against, in the unit."""
    if unit == "share":
        return {one.key: row.count(one, found.dates) for one in row.periods}
    if unit == "outlet_day":
        return dict(folded(row, outlets_by_day(scope).items()))
    if unit == "characters":
        return {key: count / CHARACTERS for key, count in characters(row, scope).items()}
    return {}


def characters(row: Row, scope: Scope) -> dict[str, int]:
    """Characters of the articles of each period."""
    known = [
        (first, total)
        for (first, last), total in characters_by_span(scope).items()
        if first and last and (first == last or (row.grain == "month" and first.replace(day=1) == last.replace(day=1)))
    ]
    return folded(row, known)


def drawn(one: Series, row: Row, unit: Unit, wholes: Mapping[str, float]) -> Series:
    """The series with its points; `wholes` is what each period is held against in the unit."""
    points = []
    for period in row.periods:
        barred = tuple(f"{value}~" for value in period.values if len(value) == 7) if unit == "outlet_day" else ()
        count = row.count(period, one.dates) - sum(one.dates.get(value, 0) for value in barred)
        whole = wholes.get(period.key, 0)
        value = float(count) if unit == "articles" else count / whole if whole else None
        points.append(Point(period, count, whole, value, _link(one.state, period.values, barred) if count else ""))
    imprecise = row.imprecise(one.dates)
    if unit == "outlet_day" and row.grain == "month":  # days of outlets are known of days alone
        shown = {f"{value}~" for period in row.periods for value in period.values}
        imprecise |= {value: count for value, count in one.dates.items() if count and value in shown}
    return Series(
        one.phrase, one.asked, one.state, one.total, one.dates, one.by_place, tuple(points),
        _apart(one.state, imprecise), _apart(one.state, row.outside(one.dates)),
    )  # fmt: skip


def _apart(state: SearchState, values: Mapping[str, int]) -> Apart:
    url = _link(state, tuple(sorted(values)), ()) if values and len(values) <= MOST_VALUES else ""
    return Apart(sum(values.values()), url)


def _link(state: SearchState, values: tuple[str, ...], barred: tuple[str, ...]) -> str:
    include: dict[FacetName, tuple[str, ...]] = {**state.include, "date": values}
    exclude: dict[FacetName, tuple[str, ...]] = {"date": barred} if barred else {}
    return reverse("search") + state.but(include=include, exclude=exclude).query()


def places_of(found: Series) -> tuple[Region, ...]:
    """The provinces, or the parts of the place asked for, of which articles are held. One query."""
    place = next(iter(found.asked.include.get("place", ())), "")
    units = Region.objects.filter(parent__code=place) if place else Region.objects.provinces()
    return tuple(one for one in units.order_by("code") if found.by_place.get(one.code))
