"""The two streams of a text as tokens between blanks: characters with bigrams by place, and words.

A token of the character stream is a place: what may stand there, and what may stand there and at the next
place, joined by `|` (the filter of the index puts them all at one position). Code points are written in
hexadecimal, so that no character can be mistaken for a blank or a bar.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

from archive.text.words import word_list

from ..folded import folded_strings
from ..texts import PartText

Place = tuple[int, ...]


def characters(text: PartText) -> str:
    """The character stream of a text."""
    folded = text.folded()
    first, second = folded.chars_a.tolist(), folded.chars_b.tolist()
    places = [(a,) if a == b else (a, b) for a, b in zip(first, second, strict=True)]
    tokens = [bar([*singles(here), *pairs(here, there)]) for here, there in itertools.pairwise(places)]
    tokens += [bar(singles(here)) for here in places[-1:]]
    return " ".join(tokens)


@functools.lru_cache(maxsize=4096)
def readings(text: str) -> tuple[Place, ...]:
    """For each character of a quotation, the folded code points that it may stand for."""
    first, second = folded_strings(text)
    return tuple((ord(a),) if a == b else (ord(a), ord(b)) for a, b in zip(first, second, strict=True))


def by_pairs(places: Sequence[Place]) -> str:
    """A quotation as a row of bigrams; a single character as itself."""
    if len(places) == 1:
        return bar(singles(places[0]))
    return " ".join(bar(pairs(here, there)) for here, there in itertools.pairwise(places))


def by_characters(places: Sequence[Place]) -> str:
    """A quotation as a row of single characters, which is as long as the quotation itself."""
    return " ".join(bar(singles(place)) for place in places)


def singles(place: Place) -> list[str]:
    return [f"{code:x}" for code in place]


def pairs(here: Place, there: Place) -> list[str]:
    return [f"{one:x}.{other:x}" for one in here for other in there]


def bar(tokens: Sequence[str]) -> str:
    return "|".join(tokens)


def word_stream(text: PartText) -> str:
    """The word stream of a text: words hold no blanks."""
    return " ".join(word_list(text.reading))
