"""Documents in the order of whole numbers, by their digits: no comparisons, and equal ones stay as they stood."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compiling import IDS, PLACES, compiled

_BITS = 11
_DIGITS = 1 << _BITS


@compiled(IDS, PLACES)
def _sorted(order: Any, keys: Any) -> Any:
    """`order` sorted by the keys of its documents (not negative), by eleven bits at a time from the lowest on."""
    most = np.int64(0)
    for key in keys:
        most = max(most, key)
    here, there = order.copy(), np.empty_like(order)
    starts = np.empty(_DIGITS, np.int64)
    shift = 0
    while most >> shift > 0:
        starts[:] = 0
        for one in here:
            starts[(keys[one] >> shift) & (_DIGITS - 1)] += 1
        if starts.max() < len(here):
            total = np.int64(0)
            for digit in range(_DIGITS):
                count = starts[digit]
                starts[digit] = total
                total += count
            for one in here:
                digit = (keys[one] >> shift) & (_DIGITS - 1)
                there[starts[digit]] = one
                starts[digit] += 1
            here, there = there, here
        shift += _BITS
    return here


def by_keys(first: NDArray[np.int64], then: NDArray[np.int64]) -> NDArray[np.int32]:
    """The numbers from 0 on in the order of `first`, equal ones in that of `then`."""
    order: NDArray[np.int32] = np.arange(len(first), dtype=np.int32)
    for keys in (then, first):
        if len(keys):
            order = _sorted(order, keys - keys.min())
    return order
