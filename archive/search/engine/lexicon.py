"""The words of the index with how many articles hold each: what suggestions and corrections are drawn from."""

from __future__ import annotations

import functools
import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from archive.text import sounds
from archive.text.script import HAN

from .postings import sizes

if TYPE_CHECKING:
    from .generation import Generation  # with all its compiled loops: the pages that import this may never search

#: Words kept, the most frequent first; and the fewest articles that a word must stand in.
MOST_WORDS = 30_000
FEWEST_ARTICLES = 2
#: An index of no more articles gets a new lexicon with every commit.
SMALL = 2_000
#: Characters of a word.
SHORTEST, LONGEST = 2, 8


@functools.lru_cache(maxsize=2 * MOST_WORDS)
def syllables(word: str) -> tuple[str, ...]:
    """Its pinyin without tones; letters and digits stand as they are."""
    return tuple(sounds.syllables(word))


@dataclass(frozen=True, slots=True)
class Entry:
    """A word (folded, simplified) and the number of articles with it."""

    word: str
    articles: int


class Lexicon:
    """The frequent words of one generation, by beginning, by sound, and by what is left with one character open."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.articles = {entry.word: entry.articles for entry in entries}
        self._sounds: list[tuple[str, str]] = []
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._open: dict[str, list[str]] = defaultdict(list)
        for word in self.articles:
            if HAN.search(word):
                heard = syllables(word)
                self._sounds += [("".join(heard), word), ("".join(one[:1] for one in heard), word)]
                self._by_sound["".join(heard)].append(word)
            if len(word) >= 3:
                for pattern in _patterns(word):
                    self._open[pattern].append(word)
        self._sounds.sort()
        self._words = sorted(self.articles)

    def beginning(self, prefix: str, count: int) -> list[str]:
        """The most frequent words that begin with `prefix`, or whose pinyin or its initials do where it is Latin."""
        found = set(self._from(prefix))
        if prefix.isascii() and prefix.isalpha():
            start = bisect_left(self._sounds, (prefix,))
            for sound, word in islice(self._sounds, start, None):
                if not sound.startswith(prefix):
                    break
                found.add(word)
        return heapq.nsmallest(count, found, key=lambda word: (-self.articles[word], word))

    def _from(self, prefix: str) -> Iterator[str]:
        for word in islice(self._words, bisect_left(self._words, prefix), None):
            if not word.startswith(prefix):
                return
            yield word

    def sounding(self, text: str) -> list[str]:
        """Words with the sound of `text` (characters or pinyin), the most frequent first."""
        return self._ranked(self._by_sound.get("".join(syllables(text)), ()), text)

    def one_off(self, text: str) -> list[str]:
        """Words of the same length, three characters or more, that differ from `text` in one; the most frequent first."""
        if len(text) < 3:
            return []
        return self._ranked([word for pattern in _patterns(text) for word in self._open.get(pattern, ())], text)

    def _ranked(self, words: Sequence[str], text: str) -> list[str]:
        return sorted(set(words) - {text}, key=lambda word: (-self.articles[word], word))


def _patterns(word: str) -> list[str]:
    return [f"{word[:at]}\0{word[at + 1 :]}" for at in range(len(word))]


def lexicon(index: Generation) -> Lexicon:
    """The lexicon of a generation, made when it is first asked for; see `living` for what it may still hold.

    A large index keeps the one of an earlier generation while few articles came or went.
    """
    global _kept  # one a process, replaced whole
    if _kept is None or (_kept[0] is not index and not _nearly(_kept[0], index)):
        _kept = (index, Lexicon(_entries(index)))
    return _kept[1]


def living(index: Generation, words: Iterable[str], count: int) -> list[tuple[str, int]]:
    """The first `count` of these words that articles of this very generation hold, with how many."""
    counted = ((word, len(index.word(word)[0])) for word in words)
    return list(islice(((word, held) for word, held in counted if held >= FEWEST_ARTICLES), count))


_kept: tuple[Generation, Lexicon] | None = None


def _nearly(before: Generation, now: Generation) -> bool:
    return before.number <= now.number and before.count > SMALL and abs(before.count - now.count) * 50 < before.count


def _entries(index: Generation) -> list[Entry]:
    counts: dict[str, int] = defaultdict(int)
    for one in index.segments:
        held = sizes(one.words.first)
        for number in np.flatnonzero(held).tolist():
            counts[one.words.terms[number]] += int(held[number])
    fit = (
        Entry(word, count)
        for word, count in counts.items()
        if count >= FEWEST_ARTICLES and SHORTEST <= len(word) <= LONGEST and not word.isdecimal()
    )
    best = heapq.nlargest(MOST_WORDS, fit, key=lambda entry: entry.articles)
    if index.all_live:
        return best
    # What was deleted may still stand in a segment: count what is left.
    living = (Entry(entry.word, len(index.word(entry.word)[0])) for entry in best)
    return [entry for entry in living if entry.articles >= FEWEST_ARTICLES]
