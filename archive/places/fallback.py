"""Where the text says 我市 or 全县 and never names it, the page's or the outlet's place stands in."""

from __future__ import annotations

import re

from .tally import Tally
from .units import Unit

_OURS = re.compile("(我|全|本)(省|市|县|区|州|旗|盟)(?!民|场|属|外)")
_OFFICES = re.compile("(?<![一-鿿])(市|县|区)(委|政府|[一-鿿]{2,4}局|纪委)")
#: A finding in the text that is weaker than this gives way to the hint.
_WEAK = 2.0


def inferred_place(
    text: str, decided: tuple[Unit, float] | None, tally: Tally, hints: tuple[Unit, ...]
) -> tuple[Unit, str, str] | None:
    """Return (unit, rule, words) when a hint decides, else None.

    A hint decides when the text speaks of its own place (我市) without naming a place of its own;
    places named in the text that lie within the hint are kept as they are.
    """
    if not hints:
        return None
    spoken = _OURS.search(text) or _OFFICES.search(text)
    if spoken is None:
        return None
    if decided is not None:
        found = decided[0]
        if tally.below[found] >= _WEAK or any(h in found.line for h in hints):
            return None
    if tally.named_in_passing and spoken.group(1) != "我":
        return None  # 全市 may be of the city that was named, far from the paper
    kind = spoken.group(2) if spoken.re is _OURS else spoken.group(1)
    for hint in hints:
        unit = _at_level(hint, kind)
        if unit is not None:
            return unit, "page-or-outlet-for-our-place", spoken.group()
    return None


def place_of_the_issuer(
    text: str, decided: tuple[Unit, float] | None, tally: Tally, office: Unit | None
) -> Unit | None:
    """Return the place of the office that gives the notice, where the text is about it; else None.

    A notice speaks of 我县 or of nobody's place in particular; the other places in it are where people come from.
    What it tells within its own place (two communities, a township) stays as it was read.
    """
    if office is None or (decided is not None and decided[0] is office):
        return None
    if decided is not None and office in decided[0].line:
        whole = office in tally.titled_itself and decided[0] not in tally.titled
        return office if whole else None  # headline and signature name the city, the text its districts
    if decided is None or decided[0] in office.line:
        return office
    spoken = {match.group(2) for match in _OURS.finditer(text)} | {match.group(1) for match in _OFFICES.finditer(text)}
    ours = any(_at_level(office, kind) is office for kind in spoken)
    return office if ours or tally.below[office] >= tally.below[decided[0]] else None


def _at_level(hint: Unit, kind: str) -> Unit | None:
    """The unit of the hint's line that 我省, 我市, 我县 can mean; None when there is none."""
    for unit in reversed(hint.line):
        if kind == "省" and unit.level == "province":
            return unit
        if kind in "市州盟" and (unit.level == "prefecture" or unit.name.endswith("市")):
            return unit
        if kind in "县旗区" and unit.level == "county":
            return unit
    return None
