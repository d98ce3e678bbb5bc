"""jieba's dictionary with its frequencies, in a trie of some 5 MB instead of 60 MB of Python objects.

`cut` gives what `jieba.dt.cut(text, HMM=False)` gives; a test compares both with jieba itself.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

import jieba
import marisa_trie


class Lexicon:
    """The words of the dictionary, how often each was counted, and the sum of all counts."""

    def __init__(self) -> None:
        counts: dict[str, int] = {}
        self.total = 0
        with jieba.get_module_res("dict.txt") as lines:
            for line in lines:
                word, count = line.decode("utf-8").split(" ")[:2]
                counts[word] = int(count)
                self.total += int(count)
        self.longest = max(map(len, counts))
        self._trie = marisa_trie.RecordTrie("<I", ((word, (count,)) for word, count in counts.items() if count))

    def get(self, word: str) -> int:
        """How often `word` was counted; 0 when it is no word."""
        found = self._trie.get(word)
        return found[0][0] if found else 0

    def beginning(self, text: str, start: int, longest: int | None = None) -> list[str]:
        """The words (of at most `longest` characters) that `text` holds at place `start`, the shortest first."""
        found: list[str] = self._trie.prefixes(text[start : start + (longest or self.longest)])
        return found


@functools.cache
def lexicon() -> Lexicon:
    """The dictionary of this process (some tenths of a second to read)."""
    return Lexicon()


class _Tokenizer(jieba.Tokenizer):
    """jieba's own, over the trie."""

    def check_initialized(self) -> None:
        self.FREQ, self.total = lexicon(), lexicon().total

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:
        self.check_initialized()
        return {
            start: [start + len(word) - 1 for word in lexicon().beginning(sentence, start)] or [start]
            for start in range(len(sentence))
        }


@functools.cache
def _tokenizer() -> _Tokenizer:
    return _Tokenizer()


def cut(text: str) -> Iterator[str]:
    """The words of `text` by the dictionary alone; every character stands in one of them."""
    words: Iterator[str] = _tokenizer().cut(text, HMM=False)
    return words
