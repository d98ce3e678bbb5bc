"""How likely one reading of a name is, by its kind and by the parents that the text names.

`depth` is that of the lowest parent named: 3 its county, 2 its prefecture, 1 its province; halves
stand for parents that only names of many meanings point to. The figures were set on headlines and
leads of local news and are shared by all places; none is for a single name.
"""

from __future__ import annotations

from .mentions import NUMBERED, Mention
from .names_in_use import Candidate, Kind

#: A short name of one meaning that the text has so often is its place.
_AGAIN_AND_AGAIN = 4


def upper_strength(candidate: Candidate, mention: Mention, depth: float, named_in_full: bool) -> float:
    """Strength of a province or prefecture."""
    if candidate.kind is not Kind.SHORT:
        return 1.0
    if mention.surface.ordinary:
        return 0.8 if named_in_full or depth >= 1 else 0.3 if candidate.unit.level == "province" else 0.2
    return 0.9


def township_strength(candidate: Candidate, mention: Mention, depth: float) -> float:
    """Strength of a township or street."""
    count = len(mention.surface.candidates)
    official = candidate.kind is Kind.FULL
    if len(mention.surface.text) == 2:
        return 0.7 if depth >= 3 else 0.0
    if depth >= 3:
        return 1.1 if official else 1.05
    if depth >= 2.5:
        return 0.9 if official else 0.75
    if depth >= 2:
        return 0.9 if official else 0.7
    if depth >= 1:
        return (0.6 if official else 0.45) if count < 6 else 0.2
    return (0.6 if official else 0.3) if count <= 2 else 0.05


def county_strength(candidate: Candidate, mention: Mention, depth: float, named_in_full: bool) -> float:
    """Strength of a county, city or district of county level."""
    ordinary = mention.surface.ordinary
    if candidate.unit.within_a_part and depth < 1:
        return 0.0  # 新社区, 中和区 are districts only in a text that names Taiwan or their city
    if candidate.kind is not Kind.SHORT:
        if ordinary:  # 城区, 郊区, 东区: words unless the parent is named
            return 1.0 if depth >= 2 else 0.3 if depth >= 1 else 0.0
        if len(mention.surface.candidates) == 1:
            return 1.05
        strength = 1.0 if depth >= 2 else 0.7 if depth >= 1 else 0.4
        return strength * 0.9 if candidate.kind is Kind.ALIAS else strength  # a former name, else a present one
    if named_in_full:
        return 0.7 if ordinary else 0.95
    if ordinary:
        if mention.heads:
            return 0.5 if depth >= 2 else 0.25
        return 0.3 if mention.in_title and depth >= 2 else 0.12 if depth >= 2 else 0.0
    parent = candidate.unit.parent
    if depth >= 2 or (depth >= 1 and parent is not None and parent.level == "province"):
        return 0.75
    if depth >= 1:
        return 0.5
    if not candidate.unit.coded:
        return 0.0  # 中和, 三峡 are districts only in a text that names Taiwan
    if mention.rule == NUMBERED:
        return 0.5
    if mention.repeated >= _AGAIN_AND_AGAIN and len(mention.surface.candidates) == 1:
        return 0.4
    return 0.4 if mention.opens else 0.12 if mention.in_title else 0.06
