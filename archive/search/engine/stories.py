"""One hit a story: of the printings found, which stands for all of its reprint cluster."""

from __future__ import annotations

import numpy as np

from .evaluation import Found
from .generation import Generation


def one_each(index: Generation, found: Found) -> tuple[Found, dict[int, int]]:
    """One document of each story (see records.Copies), and for stories of several: document → how many were found."""
    held = found.ids[index.story[found.ids] > 0]
    if not len(held):
        return found, {}
    stories = index.story[held]
    order = np.lexsort((index.oldest[1][held], ~index.original[held], stories))
    ordered = stories[order]
    first = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.append(first, len(ordered)))
    chosen = held[order[first]]
    keep = np.ones(index.size, bool)
    keep[held] = False
    keep[chosen] = True
    several = sizes > 1
    return found.only(keep), dict(zip(chosen[several].tolist(), sizes[several].tolist(), strict=True))
