"""Conditions that the columns alone answer, as masks over all documents (deleted ones may be in them)."""

from __future__ import annotations

import numpy as np

from ..folded import name_key
from ..tree import Dates
from .generation import Generation, Mask


def named(index: Generation, name: str, value: str) -> Mask:
    """Topics and authors are compared as names: simplified, folded, blanks removed."""
    wanted = name_key(value)
    mask = np.zeros(index.size, bool)
    for one in index.counted(name).names:
        if one == wanted or (name == "topic" and name_key(one) == wanted):
            mask |= index.holding(name, one)
    return mask


def dates(index: Generation, node: Dates) -> Mask:
    """Documents whose possible days all lie within the two; unknown dates only where asked for."""
    earliest, latest = index.earliest, index.latest
    known = latest != 0
    if node.unknown:
        return ~known
    mask = known
    if node.earliest is not None:
        mask &= earliest >= node.earliest.toordinal()
    if node.latest is not None:
        mask &= latest <= node.latest.toordinal()
    if node.exact:
        mask &= earliest == latest
    return mask
