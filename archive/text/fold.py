"""The fold: which printed characters are one and the same to search and to the gazetteer.

A fold maps one code point to one code point, so an offset in the folded text is an offset in
the printed text. It joins full-width and ASCII forms, upper and lower case, and traditional,
variant and simplified characters (`data/fold_table.json`: 4,618 pairs, made from OpenCC's
character tables and the variants met in machine-converted pages).
"""

import functools
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from archive.text.spotting import codes_of

FOLD_TABLE = Path(__file__).parent / "data" / "fold_table.json"

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_OFFSET = 0xFEE0


@functools.cache
def variants() -> dict[str, str]:
    """Return the table of traditional and variant characters, each with the one that it is joined to; not closed under itself."""
    told: dict[str, str] = json.loads(FOLD_TABLE.read_text(encoding="utf-8"))
    return told


@functools.cache
def fold_map() -> dict[int, int]:
    """Return the whole mapping, code point to code point, closed under itself."""
    table = {ord(a): ord(b) for a, b in variants().items()}
    for code in range(0x10000):
        char = chr(code)
        target = char
        if code in _FULL_WIDTH:
            target = chr(code - _FULL_WIDTH_OFFSET)
        elif code == 0x3000:
            target = " "
        lower = target.lower()
        if len(lower) == 1:
            target = lower
        if target != char:
            table[code] = ord(target)
    for code, target_code in list(table.items()):
        seen = {code}
        while target_code in table and target_code not in seen:
            seen.add(target_code)
            target_code = table[target_code]
        table[code] = target_code
    return {a: b for a, b in table.items() if a != b}


def fold(text: str) -> str:
    """Return `text` folded; same length, so offsets hold. Folding twice changes nothing."""
    return _remembered(text) if len(text) < REMEMBERED else _folding()(text)


#: Texts below this length are remembered: a reader folds the same line and the same article many times over.
REMEMBERED = 4_000


class _Filling(dict[int, int]):
    """A mapping that takes up what it was asked for and does not change: a miss in `str.translate` costs ten times a hit."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


class Translation:
    """`str.translate` from one code point to one, ten times as fast on a paragraph."""

    #: Below this the way through an array costs more than it saves.
    SHORT = 20

    def __init__(self, mapping: Mapping[int, int | str]) -> None:
        self._mapping = _Filling({one: ord(to) if isinstance(to, str) else to for one, to in mapping.items()})
        # By how much each code point moves: nearly all by nothing, so that hardly a page of the table takes memory.
        self._moves = np.zeros(0x110000, dtype=np.uint32)
        for code, to in self._mapping.items():
            self._moves[code] = (to - code) % 2**32

    def __call__(self, text: str) -> str:
        """`text` translated; same length."""
        if len(text) < self.SHORT:
            return text.translate(self._mapping)
        codes = codes_of(text)
        return (codes + self._moves[codes]).tobytes().decode("utf-32-le", "surrogatepass")


@functools.cache
def _folding() -> Translation:
    return Translation(fold_map())


@functools.lru_cache(maxsize=512)
def _remembered(text: str) -> str:
    return _folding()(text)
