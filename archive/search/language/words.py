"""Cutting an unquoted run into the words to be searched."""

from __future__ import annotations

import re

import rjieba

from archive.text.fold import fold

from ..folded import reading

_HAN = "㐀-䶿一-鿿豈-﫿〇\U00020000-\U000323af"
#: Han runs; else letters and digits, held together by the marks inside COVID-19, 3.5, don't.
_RUNS = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+(?:[-.·_+/'’][^\W_{_HAN}]+)*")


def cut(run: str) -> list[tuple[int, int]]:
    """Return the places [start, end) of the words of `run`, in order; punctuation belongs to none.

    Han characters are cut by jieba on their simplified reading, which has the same length.
    """
    plain = fold(reading(run))
    places: list[tuple[int, int]] = []
    for match in _RUNS.finditer(plain):
        if match["han"] is None:
            places.append(match.span())
            continue
        start = match.start()
        for word in rjieba.cut(match["han"]):
            places.append((start, start + len(word)))
            start += len(word)
    return places
