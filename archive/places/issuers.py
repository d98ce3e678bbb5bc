"""Which division an office belongs to, by the place that its name begins with: 某省某县疫情防控指挥部."""

from __future__ import annotations

import re

from archive.text.fold import fold

from .gazetteer import Gazetteer
from .units import DEPTH, Unit

_LEAD = re.compile("^(?:中国共产党|中共|共青团)")


def place_of_issuer(table: Gazetteer, office: str) -> Unit | None:
    """Return the county or larger unit that `office` (simplified) begins with, None where it is none or not one alone.

    A short name counts only where one unit bears it; a township or village leads to the place named before it, and a
    township that stands first to its county where no other township of the country is called so.
    """
    name = fold(_LEAD.sub("", office.strip()))
    found: Unit | None = None
    reach = 0
    for start, end, surface in table.scan(name):
        if start != reach:
            break
        units = [c.unit for c in surface.candidates if DEPTH[c.unit.level] <= DEPTH["county"]]
        if not units and found is None and len(surface.candidates) == 1 and len(surface.text) > 2:
            units = [unit for unit in (surface.candidates[0].unit.parent,) if unit is not None]
        if found is not None:
            units = [unit for unit in units if found in unit.line]
        if len(units) > 1:
            top = min(DEPTH[unit.level] for unit in units)
            units = [unit for unit in units if DEPTH[unit.level] == top]
        if len(units) != 1:
            break
        found, reach = units[0], end
    return found
