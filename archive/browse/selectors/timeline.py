"""Milestones against the archive's own curve: what happened, and how many articles stand in the days after it.

The curve is that of the trends; the count of a milestone is that of the search its link opens.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.http import QueryDict
from django.urls import reverse

from archive.catalog.models import Milestone
from archive.places.models import Region
from archive.search import engine
from archive.search.records import Request

from .periods import Row, periods
from .trends import Question, Series, drawn, evaluated, question

#: Days of which articles are counted from the first day of a milestone; the first is used where none is asked for.
WINDOWS = (7, 1, 14, 30)
#: Milestones of one page.
MOST_EVENTS = 200


@dataclass(frozen=True, slots=True)
class Counted:
    """Articles of the days from a milestone on; the search that finds them."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """A milestone with the articles after it: of the place asked for (or all), and of its own place where that is another.

    `place` is its division, None for the whole country or one that the site does not hold. `at` is where it
    begins on the curve (0 to 1), None outside of it.
    """

    milestone: Milestone
    place: Region | None
    first: date
    last: date
    found: Counted
    here: Counted | None
    at: float | None


@dataclass(frozen=True, slots=True)
class Timeline:
    asked: Question
    days: int
    row: Row
    series: Series
    events: tuple[Event, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks. Of several phrases the first counts."""

    question: Question
    days: int

    def pairs(self, **changes: str) -> list[tuple[str, str]]:
        """The parameters in one fixed order, defaults left out."""
        days = changes.pop("days", str(self.days))
        return [*self.question.pairs(**changes), *([("days", days)] if days != str(WINDOWS[0]) else [])]


def asked(query: QueryDict, *, refused: bool = False) -> Asked:
    """Read an address; what is nonsense is left out and told, or only told where that is `refused`."""
    read = question(query, refused=refused)
    typed = query.get("days", "")
    plain = replace(read, phrases=read.phrases[:1], unit="articles", own_scale=False, pins=False)
    return Asked(plain, next((days for days in WINDOWS if str(days) == typed), WINDOWS[0]))


def timeline(of: Asked, *, with_sample: bool = True) -> Timeline:
    """Count. Four database queries and one evaluation, and one or two evaluations for each milestone."""
    phrase = next(iter(of.question.phrases), "")
    found, told = evaluated(phrase, of.question.state, with_sample)
    row = periods(found.dates, of.question.grain, found.asked.earliest, found.asked.latest)
    place = next(iter(found.asked.include.get("place", ())), "")
    held = Milestone.objects.shown().of(place)
    if found.asked.earliest:
        held = held.filter(latest__gte=found.asked.earliest)
    if found.asked.latest:
        held = held.filter(earliest__lte=found.asked.latest)
    rows = list(held[:MOST_EVENTS]) if found.asked.error is None else []
    regions = Region.objects.in_bulk({one.place for one in rows if one.place}, field_name="code")
    events = [_event(one, regions.get(one.place), of.days, found, row, with_sample) for one in rows]
    return Timeline(
        of.question, of.days, row, drawn(found, row, "articles", {}), tuple(events),
        (*of.question.notices, *found.asked.notices, *told),
    )  # fmt: skip


def _event(one: Milestone, region: Region | None, days: int, found: Series, row: Row, with_sample: bool) -> Event:
    first = one.earliest
    last = max(first + timedelta(days=days - 1), one.latest)
    place = next(iter(found.asked.include.get("place", ())), "")
    here = None
    if region is not None and region.code != place:
        here = _counted(found, first, last, region.code, with_sample)
    return Event(
        one, region, first, last, _counted(found, first, last, place, with_sample), here, place_on(row, anchor(one))
    )


def _counted(found: Series, first: date, last: date, place: str, with_sample: bool) -> Counted:
    """Articles known to be of these days, and about `place` ("" anywhere)."""
    assert found.asked.node is not None
    include = {**found.asked.include, "place": (place,)} if place else dict(found.asked.include)
    answer = engine.evaluate(
        Request(found.asked.node, include, {}, first, last, limit=0, facets=(), with_sample=with_sample)
    )
    state = found.state.but(include=include, earliest=first.isoformat(), latest=last.isoformat())
    return Counted(answer.total, reverse("search") + state.query() if answer.total else "")


def anchor(one: Milestone) -> date:
    """The day of its pin: the first, or the middle of a month or year of which no more is known."""
    vague = "/" not in one.date and one.earliest != one.latest
    return one.earliest + (one.latest - one.earliest) / 2 if vague else one.earliest


def place_on(row: Row, day: date) -> float | None:
    """Where a day stands in the width of a row: each period takes the same room, its days share it."""
    for number, period in enumerate(row.periods):
        if period.first <= day <= period.last:
            share = (day - period.first).days / ((period.last - period.first).days + 1)
            return (number + share) / len(row.periods)
    return None


def pinned(row: Row, place: str) -> list[tuple[Milestone, float]]:
    """The milestones of a place that fall on a row, with where; of no place only those of the whole country. One query."""
    if not row.periods:
        return []
    held = Milestone.objects.shown()
    held = held.of(place) if place else held.filter(place="")
    found = held.filter(earliest__gte=row.periods[0].first, earliest__lte=row.periods[-1].last)[:MOST_EVENTS]
    return [(one, at) for one in found if (at := place_on(row, anchor(one))) is not None]
