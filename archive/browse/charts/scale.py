"""Scales: round steps of an axis, and the six steps of shade for a count."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence

_STEPS = (1, 2, 5)


def round_step(most: int, lines: int = 4) -> int:
    """The smallest of 1, 2, 5, 10, 20 … with which at most `lines` lines reach `most`."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power * lines >= most:
                return step * power
        power *= 10


def thresholds(counts: Iterable[int], shades: int = 5) -> tuple[int, ...]:
    """Where each shade begins: even steps of the square root up to the largest count.

    Counts of news are very uneven; the root keeps small ones apart without hiding the large.
    """
    most = max(counts, default=0)
    if most <= 0:
        return ()
    bounds = (math.ceil(most * (step / shades) ** 2) for step in range(1, shades))
    return tuple(sorted({max(bound, 1) for bound in bounds} | {1}))


def shade(count: int, bounds: Sequence[int]) -> int:
    """0 for nothing, else the number of the shade, 1 the palest; the largest counts take 5 (3 where all are alike)."""
    if count <= 0 or not bounds:
        return 0
    if len(bounds) == 1:
        return 3
    return 1 + round((bisect_right(bounds, count) - 1) * 4 / (len(bounds) - 1))
