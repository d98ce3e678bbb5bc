"""Where in a text one of many words may stand: all its characters looked at at once, for a slow search only there.

A look at each pair of characters in Python costs a tenth of a microsecond and more; an array does it in a nanosecond.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

#: Slots of the table that pairs of characters are marked in: of 2**18, some thousand words leave few wrong guesses.
_SLOTS = 2**18
#: An odd number that spreads neighbouring code points over the slots (the golden ratio's share of 2**32).
_SPREAD = np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - 18)


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text, lone surrogates too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


class Characters:
    """A set of characters, and whether a text has any of them; ten times as fast on a paragraph as `set.isdisjoint`."""

    #: Below this the way through an array costs more than it saves.
    SHORT = 30

    def __init__(self, characters: Iterable[str]) -> None:
        self._set = frozenset(characters)
        self._table = np.zeros(0x110000, dtype=bool)
        self._table[[ord(one) for one in self._set]] = True

    def in_text(self, text: str) -> bool:
        """Whether one of them stands in the text."""
        if len(text) < self.SHORT:
            return not self._set.isdisjoint(text)
        return bool(self._table[codes_of(text)].any())


class Beginnings:
    """The first two characters of words, and where in a text such a pair may stand. No place is missed; some are none."""

    def __init__(self, pairs: Iterable[str]) -> None:
        self._table = np.zeros(_SLOTS, dtype=bool)
        every = [pair for pair in pairs if len(pair) == 2]
        if every:
            self._table[_slots(codes_of("".join(every)))[::2]] = True

    def in_text(self, text: str) -> list[int]:
        """Places at which one of the pairs may begin, in order."""
        if len(text) < 2:
            return []
        found: list[int] = self._table[_slots(codes_of(text))].nonzero()[0].tolist()
        return found


def _slots(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The slot of each pair of neighbours."""
    return ((codes[:-1] * _SPREAD) ^ codes[1:] * np.uint32(0x85EBCA6B)) >> _SHIFT
