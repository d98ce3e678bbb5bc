"""Haystack's `order_by`, several fields in mixed directions, as one order of documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..records import Sort
from .evaluation import Found
from .generation import Generation

FIELDS = ("published", "id", "pk", "django_id", "outlet", "score")
#: Orders that the engine has ready.
_READY: dict[tuple[str, ...], Sort] = {
    (): "relevance",
    ("-score",): "relevance",
    ("-published",): "newest",
    ("published",): "oldest",
}


def ready(fields: Sequence[str]) -> Sort | None:
    """The order of our own kind that these fields stand for. ValueError for a field that nothing is sorted by."""
    for one in fields:
        if one.removeprefix("-") not in FIELDS:
            raise ValueError(f"cannot sort by {one}: the fields are {', '.join(FIELDS)}")
    return _READY.get(tuple(fields))


def places_by(index: Generation, found: Found, fields: Sequence[str]) -> NDArray[np.intp]:
    """The order of the documents found, as places in `found`; equal ones stand as in `newest`.

    Documents without a date or an outlet stand last in both directions.
    """
    keys: list[NDArray[np.float64]] = []  # the most important first
    for one in fields:
        keys += _keys(index, found, one.removeprefix("-"), -1.0 if one.startswith("-") else 1.0)
    keys.append(index.newest[1][found.ids].astype(np.float64))
    return np.lexsort(keys[::-1])


def _keys(index: Generation, found: Found, name: str, sign: float) -> list[NDArray[np.float64]]:
    ids = found.ids
    match name:
        case "published":
            first, last = index.earliest[ids], index.latest[ids]
            bounds = (first, last) if sign > 0 else (last, first)
            return [(last == 0).astype(np.float64), *(sign * one.astype(np.float64) for one in bounds)]
        case "outlet":
            outlets = index.counted("outlet")
            numbers = outlets.values[outlets.codes[ids]]  # each has one
            unknown = numbers == outlets.number.get("", -1)
            return [unknown.astype(np.float64), sign * numbers.astype(np.float64)]
        case "score":
            scores = np.zeros(len(ids)) if found.scores is None else found.scores.astype(np.float64)
            return [sign * scores]
        case _:
            return [sign * index.pk[ids].astype(np.float64)]
