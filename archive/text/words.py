"""Words of a text, for search: jieba's search mode on runs of Han characters, a rule for the rest.

jieba is the reference; rjieba gives the same words on Han runs some seventeen times faster (a test
compares the two). Words are read off the folded text, places are those of the text as printed.
A traditional page is given as `to_simplified` reads it: the fold alone knows no context.
"""

import functools
import re
from pathlib import Path
from typing import Any, NamedTuple

import rjieba

from archive.text.fold import fold

USER_WORDS = Path(__file__).parent / "data" / "words.txt"

#: A user word is at most this long: search mode does not show the parts of a longer one.
LONGEST_USER_WORD = 3

_RUN = re.compile(
    "(?P<han>[\u4e00-\u9fff]+)|(?P<rare>[\u3007\u3400-\u4dbf\U00020000-\U000323af])"
    "|(?P<number>[0-9]+(?:[.,][0-9]+)+(?![a-z]))|(?P<latin>[0-9a-z\u00c0-\u024f]+)"
)


class Word(NamedTuple):
    """A word as it is searched for, and its place in code points of the printed text."""

    text: str
    start: int
    end: int


@functools.cache
def user_words() -> tuple[tuple[str, int], ...]:
    """Return the words of `data/words.txt` with their frequencies; raises ValueError for one that is too long."""
    words: list[tuple[str, int]] = []
    for line in USER_WORDS.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, frequency = line.split()
        if len(word) > LONGEST_USER_WORD:
            raise ValueError(f"user word {word} is longer than {LONGEST_USER_WORD} characters")
        words.append((word, int(frequency)))
    return tuple(words)


@functools.cache
def _segmenter() -> Any:
    """rjieba itself, with the words of `user_words`: its dictionary is read when it is imported, and another would take 25 MB more."""
    for word, frequency in user_words():
        rjieba.add_word(word, frequency, "n")
    return rjieba


@functools.lru_cache(maxsize=4096)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a run of simplified Han characters with jieba's tags of speech; none is guessed that no dictionary has."""
    return tuple(_segmenter().tag(text, False))


def parts(text: str) -> list[str]:
    """The words that make up a run of simplified Han characters, none overlapping another, by the dictionary alone."""
    found: list[str] = _segmenter().cut(text, False)
    return found


def words(text: str) -> list[Word]:
    """Return the words of `text` in order of place; words of search mode overlap (疫情, 防控, 疫情防控)."""
    found: list[Word] = []
    segmenter = _segmenter()
    for match in _RUN.finditer(fold(text)):
        start = match.start()
        if match["han"]:
            found += [Word(word, start + a, start + b) for word, a, b in segmenter.tokenize(match[0], "search", True)]
        else:
            found.append(Word(match[0].replace(",", ""), start, match.end()))
    return found


def word_list(text: str) -> list[str]:
    """Return only the words, in the order of `words`: the fast way for an index that keeps no offsets."""
    found: list[str] = []
    cut = _segmenter().cut_for_search
    for match in _RUN.finditer(fold(text)):
        if match["han"]:
            found += cut(match[0], True)
        else:
            found.append(match[0].replace(",", ""))
    return found
