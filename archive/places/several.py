"""Further places of a text that is about several."""

from __future__ import annotations

from .tally import EPICENTRE, Tally
from .units import DEPTH, Unit

#: A further place must weigh this share of the primary one, and this much by itself; more in another province.
_SHARE, _LEAST, _LEAST_FAR = 0.35, 1.4, 2.4
#: A county of the primary place that the text tells of by itself has this share of all that is told of the place;
#: a prefecture, an example in a piece about its province, this.
_SHARE_WITHIN = {"county": 0.15, "prefecture": 0.1}


def other_units(tally: Tally, primary: Unit) -> list[Unit]:
    """Return units beside the primary one (not above or below it), the first named first, at most eight."""
    found = [unit for unit in tally.below if _stands_beside(tally, unit, primary)]
    lowest = [u for u in found if not any(u in other.line[:-1] for other in found)]
    inner = [u for u in tally.own if _stands_out_within(tally, u, primary)]
    if primary.level == "province":
        inner += _examples(tally, primary)
    return sorted({*lowest, *inner}, key=lambda u: tally.first[u])[:8]


def _examples(tally: Tally, primary: Unit) -> list[Unit]:
    """The counties of a whole province that its text tells of, down to their townships, beside the one told of most."""
    counties = [u for u in tally.below if u.level == "county" and primary in u.line and u in tally.local]
    most = max((tally.below[u] for u in counties), default=0.0)
    return [u for u in counties if tally.below[u] >= max(_LEAST, _SHARE * most)]


def _stands_beside(tally: Tally, unit: Unit, primary: Unit) -> bool:
    """Tell whether the text is about `unit` as well, which lies outside the primary place."""
    if unit in primary.line or primary in unit.line or DEPTH[unit.level] > 2 or unit.level == "province":
        return False
    if unit not in tally.local or (unit.code in EPICENTRE and not tally.detail[unit]):
        return False  # everyone names Wuhan
    least = _LEAST if unit.province is primary.province else _LEAST_FAR
    return tally.below[unit] >= max(least, _SHARE * tally.below[primary])


def _stands_out_within(tally: Tally, unit: Unit, primary: Unit) -> bool:
    """Tell whether `unit` is a county or prefecture within the primary place that the text tells of by itself."""
    if unit.level not in _SHARE_WITHIN or unit not in tally.local or primary not in unit.line[:-1]:
        return False
    return tally.own[unit] >= max(_LEAST, _SHARE_WITHIN[unit.level] * tally.below[primary])
