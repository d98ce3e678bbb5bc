"""Sampled shingles: how much of one text stands in another, told from a few hundred numbers.

A text (its simplified reading) is taken as its letters, figures and characters alone (folded; punctuation and white
space are what copyists change first), cut into overlapping runs of four. One run in eight is kept, chosen
by its hash, so that two texts keep the same ones. Sampled shingles found every copy of a set on which
min-hashing lost up to 12 of 100, and cut copies that simhash could not find at all.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .fold import fold, fold_map

#: Characters in a shingle, and one in how many is kept.
LENGTH, RATE = 4, 8
#: Characters in a key. Keys lead to candidates; longer runs keep stock phrases from leading everywhere.
KEY_LENGTH = 8
#: At most so many keys of one text are kept: of a long text, one in 16, 32 … instead of one in eight.
MOST_KEYS = 48
#: Two texts of which fewer shingles are kept than this are too short to be compared (about 60 characters).
FEWEST = 6
#: From this share on, one is a copy of the other; of short texts (under some 200 characters, SHORT kept
#: shingles) from the second on, for a formula alone may fill half of a bulletin.
COPY, SHORT_COPY, SHORT = 0.5, 0.65, 24
#: Bulletins of different days or places share their formulas and differ in their figures: where both
#: texts have two figures or more, so large a share of the fewer must stand in the other; in short texts, where the day
#: alone may be another (nothing new was counted), all but one in ten.
FIGURES, SHORT_FIGURES = 0.7, 0.9

Shingles = NDArray[np.uint32]
#: Longer runs are no quantities.
_FIGURES = re.compile(r"[0-9]{1,12}")
_PRIME = np.uint64(0x100000001B3)


@functools.cache
def _letters() -> NDArray[np.uint32]:
    """The fold as an array over the first 0x30000 code points; what is no letter or figure leads to 0."""
    table = np.arange(0x30000, dtype=np.uint32)
    for source, target in fold_map().items():
        if source < len(table):
            table[source] = target
    silent = [code for code in range(len(table)) if not chr(int(table[code])).isalnum()]
    table[silent] = 0
    table.setflags(write=False)
    return table


def _codes(text: str) -> NDArray[np.uint64]:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32)
    codes = _letters()[codes[codes < 0x30000]]
    return codes[codes > 0].astype(np.uint64)


def _runs(codes: NDArray[np.uint64], first: int, length: int, runs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Runs of `first` codes, summed up so far in `runs`, taken on to `length` codes each."""
    count = max(len(codes) - length + 1, 0)
    runs = runs[:count]
    for place in range(first, length):
        runs = (runs ^ codes[place : place + count]) * _PRIME
    return runs


def _mixed(runs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A well-mixed hash (the end of splitmix64) of each run."""
    mixed = (runs ^ (runs >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _hashes(codes: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Hashes of each run of LENGTH codes, and of each of KEY_LENGTH, which go on from them."""
    short = _runs(codes, 0, LENGTH, np.zeros(len(codes), dtype=np.uint64))
    return _mixed(short), _mixed(_runs(codes, LENGTH, KEY_LENGTH, short))


def _distinct(numbers: NDArray[Any]) -> NDArray[Any]:
    """Sorted, each once: `np.unique`, of which half the time on a short text is spent on what it could do besides."""
    numbers = np.sort(numbers)
    fresh = np.empty(len(numbers), dtype=bool)
    fresh[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=fresh[1:])
    return numbers[fresh]


def _sampled(hashes: NDArray[np.uint64], rate: int) -> NDArray[np.uint64]:
    """One in `rate` (a power of two) of the hashes."""
    return hashes[(hashes & np.uint64(rate - 1)) == 0]


def shingles(text: str) -> Shingles:
    """The kept shingles of `text`, sorted, each once."""
    return _kept(_hashes(_codes(text))[0])


def _kept(hashes: NDArray[np.uint64]) -> Shingles:
    return _distinct((_sampled(hashes, RATE) >> np.uint64(32)).astype(np.uint32))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What of a text is compared. `figures` are its numbers, as numbers modulo 2^32, sorted."""

    shingles: Shingles
    figures: Shingles

    def overlap(self, other: Fingerprint) -> float:
        """Which share of the shorter text stands in the longer one, when one is a copy of the other; else 0."""
        share = containment(self.shingles, other.shingles)
        short = min(len(self.shingles), len(other.shingles)) < SHORT
        least, figures = (SHORT_COPY, SHORT_FIGURES) if short else (COPY, FIGURES)
        return share if share >= least and _figures_agree(self.figures, other.figures, figures) else 0.0


def _figures_agree(one: Shingles, other: Shingles, share: float) -> bool:
    fewer = min(len(one), len(other))
    return fewer < 2 or _shared(one, other) / fewer >= share


def _shared(one: NDArray[Any], other: NDArray[Any]) -> int:
    """How many numbers stand in both; each is sorted and holds a number once."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    places = np.searchsorted(many, few)
    places[places == len(many)] = 0
    return int(np.count_nonzero(many[places] == few))


def fingerprint(text: str) -> tuple[Fingerprint, list[int], list[int]]:
    """`(fingerprint, keys, sought)`: what is compared, the keys to be kept, and those to look others up by.

    Keys are positive and below 2^31. `sought` holds all keys at the full rate, so that a long text finds
    a short one whose every key is kept; of the long one itself at most MOST_KEYS are kept.
    """
    short, long = _hashes(_codes(text))
    sought = kept = _distinct(_sampled(long, RATE))
    rate = RATE
    while len(kept) > MOST_KEYS:
        rate *= 2
        kept = _sampled(kept, rate)
    figures = np.array([int(run) & 0xFFFFFFFF for run in _FIGURES.findall(fold(text))], dtype=np.uint32)
    found = _numbers(sought)
    return Fingerprint(_kept(short), _distinct(figures)), found if kept is sought else _numbers(kept), found


def _numbers(hashes: NDArray[np.uint64]) -> list[int]:
    numbers: list[int] = _distinct((hashes >> np.uint64(20)) & np.uint64(0x7FFFFFFF)).tolist()
    return numbers


def containment(one: Shingles, other: Shingles) -> float:
    """Which share of the shorter text's shingles the longer one has too; 0 when one is too short to tell."""
    fewer = min(len(one), len(other))
    if fewer < FEWEST:
        return 0.0
    return _shared(one, other) / fewer


def whole_containment(one: str, other: str) -> float:
    """`containment` of all shingles instead of one in RATE: 1 only where every run of the shorter text stands in the other. Nothing of it is kept."""
    first, second = (_distinct(_hashes(_codes(text))[0]) for text in (one, other))
    fewer = min(len(first), len(second))
    return _shared(first, second) / fewer if fewer else 0.0
