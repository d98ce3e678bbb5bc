"""Further places of a text that is about several."""

from __future__ import annotations

from .decision import Tally
from .units import DEPTH, Unit

#: A further place must weigh this share of the primary one, and this much by itself.
_SHARE, _LEAST = 0.35, 1.4


def other_units(tally: Tally, primary: Unit) -> list[Unit]:
    """Return units beside the primary one (not above or below it), the first named first, at most eight."""
    least = max(_LEAST, _SHARE * tally.below[primary])
    found = [
        u
        for u, w in tally.below.items()
        if w >= least
        and u not in primary.line
        and primary not in u.line
        and DEPTH[u.level] <= 2
        and u.level != "province"
    ]
    lowest = [u for u in found if not any(u in other.line[:-1] for other in found)]
    inner = [
        u for u, w in tally.own.items()
        if primary in u.line[:-1] and u.level == "county" and w >= max(_LEAST, 0.2 * tally.below[primary])
    ]  # fmt: skip
    return sorted({*lowest, *inner}, key=lambda u: tally.first[u])[:8]
