"""When two strings agree, place by place: the one definition that index, snippets and tests share.

A text has its printed characters and, where it is judged traditional, their `tw2s` reading; a
quotation has itself and its `tw2s` reading. White space is removed on both sides. A place agrees
when any of the one agrees with any of the other under the fold of `archive.text.fold`. Folding by
character alone is not enough: 計畫 is 计划 by `tw2s` and 计画 by the table, and a quotation may begin
in the middle of such a word, so both readings stand at each place.

All conversions keep the length, so every place leads back to the printed character.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from archive.text.fold import fold_map
from archive.text.script import to_simplified

from .records import Span

Codes = NDArray[np.uint32]

_CODE_POINTS = 0x110000


@functools.cache
def _fold_table() -> Codes:
    """The fold as an array over all code points; white space leads to 0."""
    table = np.arange(_CODE_POINTS, dtype=np.uint32)
    for source, target in fold_map().items():
        table[source] = target
    spaces = [code for code in range(_CODE_POINTS) if chr(code).isspace() or chr(int(table[code])).isspace()]
    table[spaces] = 0
    table[0] = 0
    table.setflags(write=False)
    return table


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def reading(text: str) -> str:
    """The `tw2s` reading of `text`, same length. (The converter would drop NUL and refuse lone surrogates.)"""
    if "\0" not in text and not any("\ud800" <= char <= "\udfff" for char in text):
        return to_simplified(text)
    kept = "".join("\n" if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text)
    converted = to_simplified(kept)
    return "".join(converted[i] if kept[i] == char or char.isspace() else char for i, char in enumerate(text))


def positions(text: str, traditional: bool, simplified: str | None = None) -> tuple[Codes, Codes, Codes]:
    """Return `(chars_a, chars_b, offsets)` of a text, three arrays of equal length.

    `chars_a` holds the folded code points of the printed text without its white space (NUL counts
    as white space), `chars_b` those of its simplified reading (the very same array unless
    `traditional`), `offsets` the place of each in `text`. `simplified` is that reading where the
    caller has it already (`Version.body_simplified`); ValueError when its length is another.
    """
    table = _fold_table()
    printed = table[_codes(text)]
    offsets = np.flatnonzero(printed).astype(np.uint32)
    chars_a = printed[offsets]
    if not traditional:
        return chars_a, chars_a, offsets
    other = reading(text) if simplified is None else simplified
    if len(other) != len(text):
        raise ValueError("the simplified reading has another length than the text")
    return chars_a, table[_codes(other)][offsets], offsets


def quotation(text: str) -> tuple[Codes, Codes]:
    """Return the two folded readings of a quotation, white space removed; equal when conversion changes nothing."""
    kept = "".join(char for char in text if char != "\0" and not char.isspace())
    table = _fold_table()
    itself = table[_codes(kept)]
    other = table[_codes(reading(kept))]
    places = np.flatnonzero(itself)  # characters that fold to white space
    return itself[places], other[places]


def folded_strings(text: str) -> tuple[str, str]:
    """The two readings of a quotation as strings (equal ones when conversion changes nothing)."""
    itself, other = quotation(text)
    return _text(itself), _text(other)


def name_key(text: str) -> str:
    """The form under which a name or topic is compared: simplified, folded, white space removed."""
    return folded_strings(text)[1]


def is_blank(text: str) -> bool:
    """Whether nothing of `text` is left to be searched for (white space only)."""
    return not len(quotation(text)[0])


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text ready to be searched for quotations, leading back to its printed characters."""

    chars_a: Codes
    chars_b: Codes
    offsets: Codes

    @classmethod
    def of(cls, text: str, traditional: bool, simplified: str | None = None) -> FoldedText:
        """Fold `text`; arguments as for `positions`."""
        return cls(*positions(text, traditional, simplified))

    def __len__(self) -> int:
        return len(self.offsets)

    def places(self, phrase: str) -> list[int]:
        """Where `phrase` begins, as places in the folded text, in order; occurrences may overlap."""
        first, second = quotation(phrase)
        room = len(self) - len(first) + 1
        if not len(first) or room <= 0:
            return []
        found = np.arange(room)
        for i, (one, other) in enumerate(zip(first, second, strict=True)):
            here = self.chars_a[found + i]
            agrees = here == one
            if other != one:
                agrees |= here == other
            if self.chars_b is not self.chars_a:
                there = self.chars_b[found + i]
                agrees |= there == one
                if other != one:
                    agrees |= there == other
            found = found[agrees]
            if not len(found):
                break
        places: list[int] = found.tolist()
        return places

    def find(self, phrase: str) -> list[Span]:
        """The printed characters of each occurrence of `phrase`, in order; occurrences may overlap.

        A span may hold white space that stands within the occurrence as printed.
        """
        length = len(quotation(phrase)[0])
        return [
            Span(int(self.offsets[place]), int(self.offsets[place + length - 1]) + 1) for place in self.places(phrase)
        ]
