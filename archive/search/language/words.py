"""Cutting an unquoted run into the words to be searched."""

from __future__ import annotations

import re

from archive.text.fold import fold
from archive.text.words import words

from ..folded import reading

_HAN = "㐀-䶿一-鿿〇\U00020000-\U000323af"
#: Han runs; else letters and digits, held together by the marks inside COVID-19, 3.5, don't.
_RUNS = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+(?:[-.·_+/'’][^\W_{_HAN}]+)*")


def cut(run: str) -> list[tuple[int, int]]:
    """Return the places [start, end) of the words of `run`, in order; punctuation belongs to none.

    Han characters are cut as for the index, on their simplified reading, which has the same length.
    """
    plain = fold(reading(run))
    places: list[tuple[int, int]] = []
    for match in _RUNS.finditer(plain):
        places += [match.span()] if match["han"] is None else whole_words(match["han"], match.start())
    return places


def whole_words(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Places of the words of the word stream that are no part of a longer one, moved by `offset`."""
    places: list[tuple[int, int]] = []
    for word in sorted(words(text), key=lambda word: (word.start, -word.end)):
        if not places or word.start + offset >= places[-1][1]:
            places.append((word.start + offset, word.end + offset))
    return places
