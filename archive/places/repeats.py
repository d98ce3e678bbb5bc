"""Names that a text has again: in the headline set once more, and behind different characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from archive.text.script import HAN

from .names_in_use import Surface

#: A headline of so many characters is looked for in the body; what is said again keeps so much of its weight.
_LEAST_HEADLINE, _SAID_AGAIN = 8, 0.15
_BRACKETED = re.compile(r"^[(（【\[][^)）】\]]{1,12}[)）】\]]")
#: Behind so many different characters, or so often behind none, a name is no part of another.
_DIFFERENT = 3


class _Mention(Protocol):
    start: int
    surface: Surface
    weight: float
    repeated: int


def weigh_repeats(text: str, found: Sequence[_Mention], title_end: int) -> None:
    """A headline that stands in the body again says nothing new."""
    headline = _BRACKETED.sub("", text[:title_end]).strip()
    if len(headline) < _LEAST_HEADLINE:
        return
    spans = list(_places_of(headline, text, title_end))
    for mention in found:
        if any(start <= mention.start < end for start, end in spans):
            mention.weight *= _SAID_AGAIN


def _places_of(words: str, text: str, first: int) -> Iterator[tuple[int, int]]:
    """Where `words` stand in the text from `first` on; a pattern for each headline would drive all others out of re's cache."""
    # From the beginning: what stands across `first` takes the words that lie behind it in it.
    start = text.find(words)
    while start >= 0:
        if start >= first:
            yield start, start + len(words)
        start = text.find(words, start + len(words))


def count_namings(text: str, found: Sequence[_Mention]) -> None:
    """Count how often a name stands behind different characters: 瑞丽 of a town, and not 丽 of one person's name."""
    before: dict[str, list[str]] = {}
    for mention in found:
        before.setdefault(mention.surface.text, []).append(text[mention.start - 1 : mention.start])
    for mention in found:
        characters = before[mention.surface.text]
        free = sum(not HAN.match(char) for char in characters)
        mention.repeated = len(characters) if max(len(set(characters)), free) >= _DIFFERENT else 1
