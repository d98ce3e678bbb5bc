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
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archive.text.fold import fold_map
from archive.text.script import to_simplified

from .records import Span

Codes = NDArray[np.uint32]

_CODE_POINTS = 0x110000
#: Characters of a passage that is looked for by a pattern; a longer one would take longer to make than to fold the text.
_LONGEST_PATTERN = 40


@functools.cache
def _fold_table() -> Codes:
    """The fold as an array over all code points; white space leads to 0."""
    table = np.arange(_CODE_POINTS, dtype=np.uint32)
    for source, target in fold_map().items():
        table[source] = target
    every = np.arange(_CODE_POINTS, dtype=np.uint32).tobytes().decode("utf-32-le", "surrogatepass")
    spaces = [match.start() for match in re.finditer(r"\s", every)]
    table[np.isin(table, spaces)] = 0
    table[spaces] = 0
    table[0] = 0
    table.setflags(write=False)
    return table


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def fold_codes(text: str) -> Codes:
    """The folded code points of `text`, one for each character; white space is 0."""
    return _fold_table()[_codes(text)]


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
    as white space), `chars_b` those of its simplified reading (the very same array where the two do
    not differ), `offsets` the place of each in `text`. `simplified` is that reading where the
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
    chars_b = table[_codes(other)][offsets]
    return chars_a, chars_a if np.array_equal(chars_a, chars_b) else chars_b, offsets


@functools.lru_cache(maxsize=4096)
def folded_strings(text: str) -> tuple[str, str]:
    """The two folded readings of a quotation, white space removed; equal when conversion changes nothing."""
    kept = "".join(text.split()).replace("\0", "")
    converted = reading(kept)
    itself = kept.translate(fold_map())
    other = itself if converted == kept else converted.translate(fold_map())
    if len(itself.split()) > 1 or itself.strip() != itself:  # of characters that fold to white space
        places = [place for place, char in enumerate(itself) if not char.isspace()]
        itself, other = ("".join(one[place] for place in places) for one in (itself, other))
    return itself, other


@functools.lru_cache(maxsize=1024)
def quotation(text: str) -> tuple[Codes, Codes]:
    """The same as code points; one array where the two are equal. The arrays are shared and not to be written to."""
    itself, other = folded_strings(text)
    codes = _codes(itself)
    return codes, codes if other == itself else _codes(other)


@functools.cache
def _printed_forms() -> dict[int, str]:
    """Folded code point → all characters that fold to it, where there are others than itself."""
    forms: defaultdict[int, str] = defaultdict(str)
    for source, target in fold_map().items():
        forms[target] += chr(source)
    return {target: chr(target) + sources for target, sources in forms.items()}


@functools.lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str] | None:
    """What finds `phrase` in a text of one reading as it is printed; None for nothing and for long passages."""
    itself, other = folded_strings(phrase)
    if not 0 < len(itself) <= _LONGEST_PATTERN:
        return None
    forms = _printed_forms()
    classes = []
    for one, two in zip(itself, other, strict=True):
        chars = "".join(forms.get(ord(char), char) for char in dict.fromkeys((one, two)))
        classes.append(f"[{re.escape(chars)}]" if len(chars) > 1 else re.escape(chars))
    return re.compile(r"\s*".join(classes))


def name_key(text: str) -> str:
    """The form under which a name or topic is compared: simplified, folded, white space removed."""
    return folded_strings(text)[1]


def is_blank(text: str) -> bool:
    """Whether nothing of `text` is left to be searched for (white space only)."""
    return not len(quotation(text)[0])


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text ready to be searched for quotations, leading back to its printed characters.

    `plain` is the folded text as a string where its two readings are the same, as they nearly always
    are (97 of 100 traditional texts), else None.
    """

    chars_a: Codes
    chars_b: Codes
    offsets: Codes
    plain: str | None

    @classmethod
    def of(cls, text: str, traditional: bool, simplified: str | None = None) -> FoldedText:
        """Fold `text`; arguments as for `positions`."""
        chars_a, chars_b, offsets = positions(text, traditional, simplified)
        return cls(chars_a, chars_b, offsets, _text(chars_a) if chars_b is chars_a else None)

    def __len__(self) -> int:
        return len(self.offsets)

    def places(self, phrase: str) -> list[int]:
        """Where `phrase` begins, as places in the folded text, in order; occurrences may overlap."""
        itself, other = folded_strings(phrase)
        if not itself or len(itself) > len(self):
            return []
        if self.plain is None or itself != other:
            return self._places_of_readings(phrase)
        found: list[int] = []
        place = self.plain.find(itself)
        while place >= 0:
            found.append(place)
            place = self.plain.find(itself, place + 1)
        return found

    def _places_of_readings(self, phrase: str) -> list[int]:
        """The same where text or quotation has two readings: place by place, any of the one with any of the other."""
        first, second = quotation(phrase)
        found = np.arange(len(self) - len(first) + 1)
        for i, (one, other) in enumerate(zip(first, second, strict=True)):
            here, there = self.chars_a[found + i], self.chars_b[found + i]
            found = found[(here == one) | (here == other) | (there == one) | (there == other)]
            if not len(found):
                break
        places: list[int] = found.tolist()
        return places

    def find(self, phrase: str) -> list[Span]:
        """The printed characters of each occurrence of `phrase`, in order; occurrences may overlap.

        A span may hold white space that stands within the occurrence as printed.
        """
        length = len(folded_strings(phrase)[0])
        offsets = self.offsets
        return [Span(int(offsets[place]), int(offsets[place + length - 1]) + 1) for place in self.places(phrase)]


class Searched:
    """A text that is looked through for quotations. It is folded when it has to be: one with a single reading is
    searched as it is printed, which takes a fraction of the time."""

    def __init__(self, text: str, traditional: bool, simplified: str | None = None) -> None:
        self._text, self._traditional, self._simplified = text, traditional, simplified

    @cached_property
    def folded(self) -> FoldedText:
        return FoldedText.of(self._text, self._traditional, self._simplified)

    def find(self, phrase: str) -> list[Span]:
        """As `FoldedText.find`."""
        pattern = None if self._traditional or "\0" in self._text else _pattern(phrase)
        if pattern is None:
            return self.folded.find(phrase)
        found: list[Span] = []
        match = pattern.search(self._text)
        while match:
            found.append(Span(*match.span()))
            match = pattern.search(self._text, match.start() + 1)
        return found
