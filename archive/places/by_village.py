"""The county of a text that names a village or community and no county.

A village decides when its township is named too (蓬莱镇 … 洋溪沟村), or when its name stands only
once within the province or prefecture that the text names, or when several villages of the text
lie together in one county.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from .mentions import Mention
from .units import Unit
from .villages import named_villages, villages

#: More homes than this within the unit named: the name says nothing (和平村, 幸福社区).
_MOST_HOMES = 3
_MOST_NAMES = 40
#: A name that more villages of the whole country bear decides only together with another: the tables hold no hamlets.
_MOST_ANYWHERE = 25
#: Characters of a name that is no chance.
_LONG = 3
#: Mark of a village whose township is named as well: it counts twice.
_WITH_TOWNSHIP = "*"
#: A village named later than this, and once only, is an example in a story of the whole city or province.
_EARLY = 260


class VillageFinding(NamedTuple):
    """The county or township found, and the passage that named the village."""

    unit: Unit
    start: int
    end: int


def place_by_village(folded: str, decided: Unit | None, mentions: list[Mention]) -> VillageFinding | None:
    """Return what the villages of the text add to `decided` (a province or prefecture, or None)."""
    towns = {c.unit for m in mentions for c in m.surface.candidates if c.unit.level == "township" and m.factor > 0.3}
    votes: dict[Unit, set[str]] = defaultdict(set)
    places: dict[Unit, tuple[int, int]] = {}
    passages = named_villages(folded)[:_MOST_NAMES]
    if decided is not None and not _stands_out(folded, passages):
        return None
    rare: set[str] = set()
    for name_end, end, names in passages:
        for name in names:
            everywhere = villages().homes(name)
            homes = {h for h in everywhere if decided is None or decided in h.line}
            both = homes & towns
            if not homes or (not both and len(homes) > _MOST_HOMES):
                continue
            if both or len(everywhere) <= _MOST_ANYWHERE:
                rare.add(name)
            for home in both or homes:
                votes[home] |= {name, name + _WITH_TOWNSHIP} if len(both) == 1 else {name}
                places.setdefault(home, (name_end - len(name), end))
            break
    found = _agreed(votes, places, decided, rare)
    if found is None and decided is None and not towns:
        return _only_one(folded, passages)
    return found


def _stands_out(folded: str, passages: list[tuple[int, int, list[str]]]) -> bool:
    """Tell whether some village is named early or again and again."""
    return any(end < _EARLY or any(folded.count(name) > 1 for name in names[-3:]) for _, end, names in passages)


def _only_one(folded: str, passages: list[tuple[int, int, list[str]]]) -> VillageFinding | None:
    """The one village named again and again whose long name no other village of the country bears."""
    for name_end, end, names in passages:
        for name in names:
            homes = villages().homes(name) if len(name) >= _LONG else set()
            if len(homes) == 1 and folded.count(name) > 1:
                return VillageFinding(homes.pop(), name_end - len(name), end)
    return None


def _agreed(
    votes: dict[Unit, set[str]], places: dict[Unit, tuple[int, int]], decided: Unit | None, rare: set[str]
) -> VillageFinding | None:
    by_county: dict[Unit, set[str]] = defaultdict(set)
    for town, names in votes.items():
        if town.parent is not None:
            by_county[town.parent] |= names
    ranked = sorted(by_county, key=lambda county: -len(by_county[county]))
    if not ranked:
        return None
    best = ranked[0]
    most, second = len(by_county[best]), len(by_county[ranked[1]]) if len(ranked) > 1 else 0
    if most <= second or (most < 2 and (decided is None or not rare & by_county[best])):
        return None
    towns = [t for t in votes if t.parent is best]
    start, end = places[towns[0]]
    return VillageFinding(towns[0] if len(towns) == 1 else best, start, end)
