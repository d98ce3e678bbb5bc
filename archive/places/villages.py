"""Villages and communities: which township has one of a given name (edition of 2020-06-30).

About 634,000 names. The file is read when a text first needs it (some tenths of a second), and kept
as two arrays of numbers (10 MB) instead of strings: names are compared by their hash in this process.
"""

from __future__ import annotations

import functools
import re
from array import array

import numpy as np

from archive.text.fold import fold

from .units import Unit, divisions, packed_lines, word_list

_NAMED = re.compile("社区|居委会|嘎查|村(?!干部|支书|级|居|落|规|情|务|道|屯)")
#: Words before 村 and 社区 that are no names.
_NO_NAMES = word_list("no_villages.txt")
_LONGEST = 6


class Villages:
    """The names of all villages as sorted hashes, and the township of each."""

    def __init__(self) -> None:
        by_code = divisions().by_code
        self.townships: list[Unit] = []
        names, homes = array("q"), array("H")  # as lists they would take five times as much
        for code, *villages in packed_lines("villages.tsv.xz"):
            township = by_code.get(code)
            if township is None:
                continue
            names.extend(map(hash, fold("\t".join(villages)).split("\t")))
            homes.extend([len(self.townships)] * len(villages))
            self.townships.append(township)
        keys = np.frombuffer(names, dtype=np.int64)
        order = np.argsort(keys, kind="stable")
        self._keys = keys[order]
        self._homes = np.frombuffer(homes, dtype=np.uint16)[order]

    def homes(self, name: str) -> set[Unit]:
        """Townships that have a village or community of that name, written without 村 or 社区, folded."""
        key = hash(name)
        start, end = np.searchsorted(self._keys, [key, key + 1])
        return {self.townships[i] for i in self._homes[start:end]}


@functools.cache
def villages() -> Villages:
    """The index of this process."""
    return Villages()


def named_villages(folded: str) -> list[tuple[int, int, list[str]]]:
    """Passages of `folded` text that may name a village: (end of the name, end with 村 or 社区, names to look up).

    How much of the words before 村 or 社区 is the name cannot be seen from the text: the names to
    look up are given longest first.
    """
    found: list[tuple[int, int, list[str]]] = []
    for match in _NAMED.finditer(folded):
        end = match.start()
        start = end
        while start > 0 and end - start < _LONGEST and "一" <= folded[start - 1] <= "鿿":
            start -= 1
        names = [folded[i:end] for i in range(start, end - 1)]
        names = [name for name in names if name not in _NO_NAMES]
        if names:
            found.append((match.start(), match.end(), names))
    return found
