"""Which unit each name stands for: parents that the text names decide between units of one name.

First the names that can be read in one way only, and those that stand right behind the place they
lie in; these are the anchors. Then every other name by the anchors above it, and by the other
names of the text that lie in the same county. One name has one meaning throughout a text.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from .mentions import Mention
from .names_in_use import Candidate, Kind, Surface
from .strengths import county_strength, township_strength, upper_strength
from .units import DEPTH, Unit

#: How far a hint from outside the text (page, outlet) counts as a parent that is named.
_HINT_WEIGHT = 0.7
#: A parent named only as origin, destination or receiver anchors little.
_LEAST_ANCHOR = 0.5


class Anchors:
    """Weights of the units that the text itself names, and of all above them."""

    def __init__(self, mentions: list[Mention], hints: tuple[Unit, ...], when: date | None) -> None:
        self.when = when
        self.weights: dict[Unit, float] = defaultdict(float)
        self.meaning: dict[str, Unit] = {}
        self.full: set[Unit] = set()
        self._soft: dict[Unit, float] = defaultdict(float)
        self._own: dict[tuple[str, Unit], float] = defaultdict(float)
        for surface in {m.surface for m in mentions}:
            if len(surface.candidates) < 4:
                self.full.update(c.unit for c in surface.candidates if c.kind is not Kind.SHORT)
        for mention in mentions:
            self._read_certain(mention)
        for hint in hints:
            for above in hint.line:
                self.weights[above] += _HINT_WEIGHT
        for surface in {m.surface.text: m.surface for m in mentions if m.factor > 0.3}.values():
            self._add_soft(surface)

    def _read_certain(self, mention: Mention) -> None:
        surface = mention.surface
        pair = bound(mention, self.full)
        if pair is not None:
            unit, above = pair
            self.meaning[surface.text] = unit
            if mention.before is not None and above is not None:
                self.meaning.setdefault(mention.before.surface.text, above)
        else:
            certain = _certain(mention)
            if certain is None:
                return
            unit = certain
        weight = max(mention.weight, 0.05) if mention.factor > 0.3 else 0.05
        for above in unit.line:
            self.weights[above] += weight

    def _add_soft(self, surface: Surface) -> None:
        """A name of many meanings still speaks a little for each place that one of them lies in."""
        share = 0.4 / len(surface.candidates)
        for unit, kind in surface.candidates:
            for above in unit.line:
                weight = share * (0.3 if kind is Kind.SHORT or surface.ordinary else 1.0)
                self._soft[above] += weight
                self._own[surface.text, above] += weight

    def support(self, candidate: Candidate, surface: Surface) -> tuple[float, float]:
        """(depth of the lowest anchored unit above, see `_depth_of`; its weight)."""
        weak: tuple[float, float] = (0.0, 0.0)
        for above in reversed(candidate.unit.line[:-1]):
            weight = self.weights.get(above, 0.0)
            if weight >= _LEAST_ANCHOR:
                return _depth_of(above, candidate.unit), weight
            soft = self._soft[above] - self._own[surface.text, above] + weight
            if soft > 0.05 and not weak[0]:
                weak = (_depth_of(above, candidate.unit) - 0.5, soft)
        return weak

    def merit(self, candidate: Candidate, surface: Surface) -> tuple[float, float, float]:
        """What speaks for a candidate, to be compared; rounded, for sums of shares differ in the last digit."""
        depth, weight = self.support(candidate, surface)
        return depth, round(weight, 3), round(self.shared(candidate, surface), 3)

    def shared(self, candidate: Candidate, surface: Surface) -> float:
        """How much other names of the text lie in the candidate itself."""
        unit = candidate.unit
        return self._soft[unit] - self._own[surface.text, unit]


def _depth_of(above: Unit, unit: Unit) -> float:
    """1 for a province, 2 for a prefecture or a province without one between, 3 for a county."""
    if above.level == "province" and unit.line[1].level == "county":
        return 2.0
    return DEPTH[above.level] + 1.0


def _certain(mention: Mention) -> Unit | None:
    """The unit of a name that can be read in one way only: no township, no county's short name."""
    best = [c for c in mention.surface.candidates if DEPTH[c.unit.level] < 3]
    if mention.surface.ordinary and all(c.unit.level == "county" for c in best):
        return None
    if len(best) > 1:
        top = min(DEPTH[c.unit.level] for c in best)
        if top < 2 and not mention.surface.ordinary:
            best = [c for c in best if DEPTH[c.unit.level] == top]
    if len(best) != 1:
        return None
    unit, kind = best[0]
    if (kind is Kind.SHORT and (unit.level == "county" or mention.surface.ordinary)) or unit.within_a_part:
        return None
    return unit


def bound(mention: Mention, full: set[Unit]) -> tuple[Unit, Unit | None] | None:
    """The one reading that lies in the place named right before, and that place (徐州市鼓楼区)."""
    before = mention.before
    if before is None or not mention.follows(before):
        return None
    above = {c.unit for c in before.surface.candidates}
    inside = [c for c in mention.surface.candidates if above.intersection(c.unit.line[:-1])]
    if len(inside) == 2 and inside[1].unit.parent is inside[0].unit and full.intersection(c.unit for c in inside):
        inside = [c for c in inside if c.unit in full][:1]  # 喀什 is 喀什市 where only that is named in full
    if len(inside) > 1:
        strongest = min(c.kind for c in inside)
        inside = [c for c in inside if c.kind == strongest]
    if len(inside) > 1:
        top = min(DEPTH[c.unit.level] for c in inside)
        inside = [c for c in inside if DEPTH[c.unit.level] == top]
    if len(inside) != 1:
        return None
    unit = inside[0].unit
    return unit, next((u for u in reversed(unit.line[:-1]) if u in above), None)


def settle(mentions: list[Mention], anchors: Anchors) -> None:
    """Give each mention its units and the strength of that reading."""
    for mention in mentions:
        pair = bound(mention, anchors.full)
        meaning = anchors.meaning.get(mention.surface.text)
        if pair is not None:
            mention.units, mention.strength = (pair[0],), 1.2
        elif meaning is not None and not _reads_higher(mention, meaning):
            mention.units, mention.strength = (meaning,), 1.05
        else:
            mention.units, mention.strength = _read(mention, anchors)
        if mention.rule == "agency-dateline":  # the bureau's city tells the province only
            mention.units = tuple({unit.province for unit in mention.units})


def _reads_higher(mention: Mention, meaning: Unit) -> bool:
    """吉林 stays the province although 吉林 before 船营区 was read as the city."""
    return any(DEPTH[c.unit.level] < min(DEPTH[meaning.level], 2) for c in mention.surface.candidates)


def _read(mention: Mention, anchors: Anchors) -> tuple[tuple[Unit, ...], float]:
    surface = mention.surface
    candidates = _of_their_time(surface.candidates, anchors.when)
    if any(c.kind is Kind.SHORT and c.unit.level == "prefecture" for c in candidates):
        candidates = _city_or_county(candidates, anchors)
        if len(candidates) == 2 and candidates[1].unit.parent is candidates[0].unit:
            return tuple(c.unit for c in candidates), 0.9  # both are named in full: half for each
    readings = [(s, c) for c in candidates if (s := _strength(c, mention, anchors)) > 0]
    if not readings:
        return (), 0.0
    best = max(strength for strength, _ in readings)
    kept = [c for strength, c in readings if strength >= best * 0.98]
    if len(kept) > 1:
        top = min(DEPTH[c.unit.level] for c in kept)
        kept = [c for c in kept if DEPTH[c.unit.level] == top]
    if len(kept) > 1:
        merits = {c.unit: anchors.merit(c, surface) for c in kept}
        most = max(merits.values())
        kept = [c for c in kept if merits[c.unit] == most]
    return tuple(c.unit for c in kept), best / len(kept) ** 0.5 if len(kept) < 4 else 0.0


def _of_their_time(candidates: tuple[Candidate, ...], when: date | None) -> tuple[Candidate, ...]:
    if when is None or len(candidates) == 1:
        return candidates
    return tuple(c for c in candidates if c.unit.stood(when)) or candidates


def _city_or_county(candidates: tuple[Candidate, ...], anchors: Anchors) -> tuple[Candidate, ...]:
    """东营 is the city, unless the text has 东营区 and never 东营市; 西安 then may be 西安区 elsewhere."""
    cities = [c for c in candidates if c.unit.level != "county"]
    counties = [c for c in candidates if c.unit.level == "county" and c.kind is Kind.SHORT]
    stated = [c for c in counties if c.unit in anchors.full]
    if stated and not any(c.unit in anchors.full for c in cities):
        return tuple(counties)
    if len(stated) == 1 and stated[0].unit.parent is cities[0].unit:
        return cities[0], stated[0]
    return tuple(c for c in candidates if c not in counties) or candidates


def _strength(candidate: Candidate, mention: Mention, anchors: Anchors) -> float:
    """How likely this one reading is, 0 to 1.1, by the parents that the text names."""
    depth, _ = anchors.support(candidate, mention.surface)
    if candidate.unit.level == "township":
        return township_strength(candidate, mention, depth)
    if candidate.unit.level == "county":
        depth = max(depth, 2.5 if anchors.shared(candidate, mention.surface) > 0.15 else 0.0)
        return county_strength(candidate, mention, depth, candidate.unit in anchors.full)
    return upper_strength(candidate, mention, depth, candidate.unit in anchors.full)
