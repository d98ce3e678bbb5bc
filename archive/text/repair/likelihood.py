"""How ordinary a stretch of Chinese is, by the frequencies of jieba's dictionary (in nats, higher is likelier)."""

import functools
import math

import jieba

from archive.text.fold import fold
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
def _frequencies() -> tuple[dict[str, int], float]:
    jieba.setLogLevel("ERROR")
    jieba.dt.initialize()
    return jieba.dt.FREQ, math.log(jieba.dt.total)


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
    frequency, total = _frequencies()
    best = [0.0]
    for end in range(1, len(text) + 1):
        count = frequency.get(text[end - 1], 0)
        value = best[end - 1] + (math.log(count) - total if count else _single(text[end - 1]))
        for start in range(max(0, end - _LONGEST), end - 1):
            count = frequency.get(text[start:end], 0)
            if count:
                value = max(value, best[start] + math.log(count) - total)
        best.append(value)
    return best[-1]


@functools.lru_cache(maxsize=50_000)
def _weakest(text: str) -> float:
    frequency, total = _frequencies()
    weakest = 0.0
    for word in jieba.dt.cut(text, HMM=False):
        if not word.isascii() and word not in _MARKS and word != "\ufffd":
            count = frequency.get(word, 0)
            weakest = min(weakest, (math.log(count) - total if count else UNKNOWN) / len(word))
    return weakest


def weakest_word(text: str) -> float:
    """Return the log probability per character of the least likely word in the likeliest cut of `text`."""
    return _weakest(fold(to_simplified(text)))


@functools.lru_cache(maxsize=50_000)
def likelihood(text: str) -> float:
    """Return the log probability of `text` in either script."""
    return simplified_likelihood(fold(to_simplified(text)))
