"""How ordinary a stretch of Chinese is, by the frequencies of jieba's dictionary (in nats, higher is likelier)."""

import functools
import math

from archive.text.fold import fold
from archive.text.repair.lexicon import cut, lexicon
from archive.text.script import to_simplified

#: Cost of what the dictionary does not weigh. Fixed by judgement, near the cost of a middling rare character.
UNKNOWN = -17.0
MARK = -3.5
ASCII_MARK = -4.5
DIGIT = -3.0
LETTER = -9.0
LOST = -6.0
_LONGEST = 6
_MARKS = frozenset("，。、；：？！“”‘’（）《》【】…—·「」『』〔〕％\n")
_ASCII_MARKS = frozenset(",.;:?!()%-/ ")


@functools.cache
def _total() -> float:
    return math.log(lexicon().total)


def _single(char: str) -> float:
    if char in _MARKS:
        return MARK
    if char.isdigit():
        return DIGIT
    if char in _ASCII_MARKS:
        return ASCII_MARK
    if char == "\ufffd":
        return LOST
    return LETTER if char.isascii() else UNKNOWN


def simplified_likelihood(text: str) -> float:
    """Return the log probability of the likeliest cut of simplified `text` into words."""
    words, total = lexicon(), _total()
    best = [-math.inf] * (len(text) + 1)
    best[0] = 0.0
    for start, char in enumerate(text):
        so_far, count = best[start], words.get(char)
        best[start + 1] = max(best[start + 1], so_far + (math.log(count) - total if count else _single(char)))
        for word in words.beginning(text, start, _LONGEST):
            end = start + len(word)
            if end > start + 1:
                best[end] = max(best[end], so_far + math.log(words.get(word)) - total)
    return best[-1]


@functools.lru_cache(maxsize=50_000)
def _weakest(text: str) -> float:
    words, total = lexicon(), _total()
    weakest = 0.0
    for word in cut(text):
        if not word.isascii() and word not in _MARKS and word != "\ufffd":
            count = words.get(word)
            weakest = min(weakest, (math.log(count) - total if count else UNKNOWN) / len(word))
    return weakest


def weakest_word(text: str) -> float:
    """Return the log probability per character of the least likely word in the likeliest cut of `text`."""
    return _weakest(fold(to_simplified(text)))


@functools.lru_cache(maxsize=50_000)
def likelihood(text: str) -> float:
    """Return the log probability of `text` in either script."""
    return simplified_likelihood(fold(to_simplified(text)))
