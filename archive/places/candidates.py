"""Which unit each name stands for: parents that the text names decide between units of one name."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from .gazetteer import Candidate, Kind
from .mentions import Mention
from .units import DEPTH, Unit

#: How far a hint from outside the text (page, outlet) counts as a parent that is named.
_HINT_WEIGHT = 0.4


class Anchors:
    """Units that the text itself names beyond doubt, with their weights, and all above them."""

    def __init__(self, mentions: list[Mention], hints: tuple[Unit, ...]) -> None:
        self.weights: dict[Unit, float] = defaultdict(float)
        for mention in mentions:
            unit = _certain(mention)
            if unit is not None:
                for above in unit.line:
                    self.weights[above] += max(mention.weight, 0.05)
        self.stated = set(self.weights)
        for hint in hints:
            for above in hint.line:
                self.weights[above] += _HINT_WEIGHT

    def support(self, unit: Unit) -> tuple[float, float]:
        """(depth of the lowest unit above `unit` that is anchored, its weight); (0, 0) for none."""
        for above in reversed(unit.line[:-1]):
            weight = self.weights.get(above, 0.0)
            if weight:
                return DEPTH[above.level] + 1.0, weight
        return 0.0, 0.0


def _certain(mention: Mention) -> Unit | None:
    """The unit of a name that can be read in one way only: no township, no county's short name."""
    best = [c for c in mention.surface.candidates if DEPTH[c.unit.level] < 3]
    if len(best) > 1:
        top = min(DEPTH[c.unit.level] for c in best)
        if top < 2 and not mention.surface.ordinary:
            best = [c for c in best if DEPTH[c.unit.level] == top]
    if len(best) != 1:
        return None
    unit, kind = best[0]
    if kind is Kind.SHORT and (unit.level == "county" or mention.surface.ordinary):
        return None
    return unit


def settle(mentions: list[Mention], anchors: Anchors, when: date | None) -> None:
    """Give each mention its units and the strength of that reading."""
    full = {
        c.unit
        for m in mentions
        for c in m.surface.candidates
        if c.kind is not Kind.SHORT and len(m.surface.candidates) < 4
    }
    for mention in mentions:
        mention.units, mention.strength = _read(mention, anchors, full, when)


def _read(mention: Mention, anchors: Anchors, full: set[Unit], when: date | None) -> tuple[tuple[Unit, ...], float]:
    candidates = mention.surface.candidates
    if when is not None and len(candidates) > 1:
        candidates = tuple(c for c in candidates if c.unit.stood(when)) or candidates
    bound = _bound(mention, candidates)
    if bound is not None:
        return (bound,), 1.2
    if any(c.kind is Kind.SHORT and c.unit.level == "prefecture" for c in candidates):
        # 东营 is the city; its 东营区 is always written whole.
        candidates = tuple(c for c in candidates if c.kind is not Kind.SHORT or c.unit.level != "county") or candidates
    readings = [(strength, c.unit) for c in candidates if (strength := _strength(c, mention, anchors, full)) > 0]
    if not readings:
        return (), 0.0
    best = max(strength for strength, _ in readings)
    units = [unit for strength, unit in readings if strength >= best * 0.98]
    if len(units) > 1:
        top = min(DEPTH[u.level] for u in units)
        units = [u for u in units if DEPTH[u.level] == top]
    if len(units) > 1:
        supports = {u: anchors.support(u) for u in units}
        most = max(supports.values())
        units = [u for u in units if supports[u] == most]
    return tuple(units), best / len(units) ** 0.5 if len(units) < 4 else 0.0


def _bound(mention: Mention, candidates: tuple[Candidate, ...]) -> Unit | None:
    """The one candidate that lies in the place named right before (鼓楼区 in 徐州市鼓楼区)."""
    before = mention.before
    if before is None or not mention.follows(before):
        return None
    above = set(before.units) or {c.unit for c in before.surface.candidates}
    inside = [c for c in candidates if above & set(c.unit.line[:-1])]
    if len(inside) > 1:
        strongest = min(c.kind for c in inside)
        inside = [c for c in inside if c.kind == strongest]
    if len(inside) > 1:
        top = min(DEPTH[c.unit.level] for c in inside)
        inside = [c for c in inside if DEPTH[c.unit.level] == top]
    return inside[0].unit if len(inside) == 1 else None


def _strength(candidate: Candidate, mention: Mention, anchors: Anchors, full: set[Unit]) -> float:
    """How likely this one reading is, 0 to 1.1, by the parents that the text names."""
    unit, kind = candidate
    depth, _ = anchors.support(unit)
    if unit.level == "township":
        return _township_strength(candidate, mention, depth)
    if unit.level == "county":
        return _county_strength(candidate, mention, depth, full)
    if kind is Kind.SHORT and mention.surface.ordinary:
        return 0.8 if unit in full or depth else 0.3
    return 1.0 if kind is not Kind.SHORT else 0.9


def _township_strength(candidate: Candidate, mention: Mention, depth: float) -> float:
    unit, kind = candidate
    count = len(mention.surface.candidates)
    official = kind is Kind.FULL
    if len(unit.name) == 2 or len(mention.surface.text) == 2:
        return 0.7 if depth == 3 else 0.0
    if depth == 3:
        return 1.1 if official else 1.05
    if depth == 2:
        return 0.9 if official else 0.7
    if depth == 1:
        return (0.6 if official else 0.45) if count < 6 else 0.2
    return (0.6 if official else 0.3) if count <= 2 else 0.05


def _county_strength(candidate: Candidate, mention: Mention, depth: float, full: set[Unit]) -> float:
    unit, kind = candidate
    ordinary = mention.surface.ordinary
    if kind is not Kind.SHORT:
        if ordinary:  # 城区, 郊区, 东区: words unless the parent is named
            return 1.0 if depth >= 2 else 0.3 if depth else 0.0
        if len(mention.surface.candidates) == 1:
            return 1.05
        return 1.0 if depth >= 2 else 0.7 if depth else 0.4
    if unit in full:
        return 0.95 if not ordinary else 0.7
    heads_title = mention.in_title and mention.start <= 1
    if ordinary:
        return (0.5 if depth >= 2 else 0.25) if mention.in_title else (0.12 if depth >= 2 else 0.0)
    if depth >= 2 or (depth and unit.parent is not None and unit.parent.level == "province"):
        return 0.75
    if depth:
        return 0.5
    return 0.6 if heads_title else 0.35 if mention.in_title else 0.15
