"""How many articles hold a string: of the postings as they lie, where nothing is to be weighed or listed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..budget import spend
from ..tree import Phrase
from .documents import SHIFT
from .generation import Generation
from .phrases import direct, occurrences

_SECOND = (1 << SHIFT) - 1


def holders(index: Generation, strings: Sequence[str]) -> tuple[int, list[int]]:
    """All living documents, and those of each string in either script, as `evaluate` counts them. Raises SearchTooLong between two strings."""
    return len(index.everything), [_holding(index, one) for one in strings]


def _holding(index: Generation, string: str) -> int:
    spend()
    term = direct(index, string, Phrase(string).parts)
    if term is None:
        found = occurrences(index, string, Phrase(string).parts) >> 32  # in order of the documents
        return int(np.count_nonzero(found[1:] != found[:-1])) + 1 if len(found) else 0
    if index.all_live and term & _SECOND:
        return index.frequency(term)
    return len(index.term(term)[0])
