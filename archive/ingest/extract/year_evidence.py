"""In which year a day without a year lies: words of a time, years spelled out, the moon.

Every ground is a signed weight, so that several weak ones can decide together and a contradiction
leaves the year unknown. The words with the spans in which they were written, each with the fact it
rests on, are a table that editors keep (catalog.Wording); it is handed in as values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from archive.catalog.usages import Usage
from archive.text.spotting import Beginnings

#: The time the archive is about: nothing is inferred outside.
FIRST_DAY, LAST_DAY = date(2019, 12, 1), date(2023, 6, 30)
YEARS = range(2019, 2024)

#: How much the best year must be ahead of the next to be believed (three weights of a hint).
MARGIN = 1.4


@dataclass(frozen=True, slots=True)
class Ground:
    """Words of a time that the text has, as found, and their place in it."""

    usage: Usage
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class YearChosen:
    """The year, how far it is ahead of the next best, and the grounds that spoke for it."""

    year: int
    lead: float
    grounds: list[str]


class _Index:
    """Which usages a text may have, by the keys that it holds: all tables of them are looked through at once."""

    def __init__(self, usages: tuple[Usage, ...]) -> None:
        self.usages = usages
        self._always = [number for number, usage in enumerate(usages) if usage.keys is None]
        self._by_key: dict[str, list[int]] = {}
        for number, usage in enumerate(usages):
            for key in usage.keys or ():
                self._by_key.setdefault(key, []).append(number)
        self._single = {key: numbers for key, numbers in self._by_key.items() if len(key) == 1}
        self._beginnings = Beginnings(self._by_key)

    def among(self, text: str) -> list[int]:
        """Numbers of the usages, in their order, of whose keys one at least stands in the text."""
        found = set(self._always)
        for start in self._beginnings.in_text(text):
            found.update(self._by_key.get(text[start : start + 2], ()))
        for key, numbers in self._single.items():
            if key in text:
                found.update(numbers)
        return sorted(found)


_last = _Index(())


def _index_of(usages: tuple[Usage, ...]) -> _Index:
    """The index of a table; kept until another table is asked for (hashing one would cost more than its use)."""
    global _last
    index = _last  # another thread may exchange the shared one at any moment
    if index.usages is not usages:
        _last = index = _Index(usages)
    return index


def grounds_in(text: str, usages: Iterable[Usage]) -> list[Ground]:
    """Return those of `usages` that `text` (simplified) has, each once."""
    found = []
    rows = usages if isinstance(usages, tuple) else tuple(usages)
    for number in _index_of(rows).among(text):
        usage = rows[number]
        match = usage.words.search(text)
        if match:
            found.append(Ground(usage, match.group(), match.start()))
    return found


def support(grounds: Iterable[Ground], first: date, last: date) -> float:
    """Return how much the grounds speak for a piece printed between `first` and `last` (negative: against)."""
    total = 0.0
    for ground in grounds:
        row = ground.usage
        if row.covers(first, last):
            total += row.weight
        elif last < row.begin:
            total -= 8.0 if row.firm else row.weight * min(1.5, 0.5 + (row.begin - last).days / 60)
        else:
            away = min(max((begin - last).days, (first - end).days) for begin, end in row.spans)
            total -= row.weight * min(1.0, 0.3 + away / 120)
    return total


def choose_year(
    month: int,
    day: int | None,
    grounds: list[Ground],
    weights: dict[int, list[tuple[float, str]]],
    not_after: date,
) -> YearChosen | None:
    """Return the year in which `month` and `day` lie, None where no year is clearly ahead.

    `weights`: other grounds by year, each a weight and its reason (a year spelled out, the moon, the address).
    """
    scored: list[tuple[float, int, list[str]]] = []
    for year in YEARS:
        try:
            first = date(year, month, day or 1)
        except ValueError:
            continue
        if not FIRST_DAY <= first <= min(LAST_DAY, not_after):
            continue
        last = first + timedelta(days=15 if day else 30)
        reasons = weights.get(year, [])
        score = support(grounds, first, last) + sum(weight for weight, _ in reasons)
        named = [reason for weight, reason in reasons if weight > 0 and reason]
        inside = [g for g in grounds if g.usage.covers(first, last) and g.usage.weight >= 0.8]
        named += [f"“{g.text}”" for g in sorted(inside, key=lambda g: -g.usage.weight)[:3]]
        scored.append((score, year, named))
    scored.sort(key=lambda row: -row[0])
    if not scored or scored[0][0] <= 0.5:
        return None
    lead = scored[0][0] - (scored[1][0] if len(scored) > 1 else 0.0)
    if lead < MARGIN:
        return None
    return YearChosen(scored[0][1], lead, scored[0][2])
