"""Relevance reckoned by hand: BM25 over whole strings, as `archive.search.engine.evaluation` defines it.

A string weighs by its occurrences (those in the title more), by the number of articles that have it, and by
the length of the article; a word more where the article's own segmentation has it; variants count as one;
unquoted words one after the other weigh more together (`archive.search.engine.closeness`).
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Sequence

from archive.search.engine.closeness import NEAR, NEAR_CHARACTERS, PAIR, word_runs
from archive.search.engine.evaluation import WHOLE_WORD
from archive.search.engine.generation import K1, B
from archive.search.engine.inverting import TITLE_WEIGHT
from archive.search.tree import And, Near, Node, Or, Phrase, Prefix, Variants
from archive.text.fold import fold
from archive.text.script import to_simplified

from .reference import Document, PrefixReading, matches, occurrences, readings, words_of

_LARGEST = 255


class Relevance:
    """`score(node, document)` for documents of one collection."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = list(documents)
        self.prefixes = PrefixReading()
        lengths = {one.id: self._length(one) for one in documents}
        average = sum(lengths.values()) / max(len(lengths), 1)
        self.norm = {key: K1 * (1 - B + B * length / max(average, 1)) for key, length in lengths.items()}

    def score(self, node: Node, document: Document) -> float:
        """The weight of a document that matches `node`; conditions and negations weigh nothing."""
        match node:
            case Phrase():
                return self._best([node], document)
            case Variants(typed, variants):
                return self._best([typed, *variants], document)
            case Near(phrases, _):
                return sum(self._best([phrase], document) for phrase in phrases)
            case Prefix():
                return self._prefix(node, document)
            case And(parts) | Or(parts):
                weight = sum(self.score(part, document) for part in parts if matches(part, document, self.prefixes))
                return weight + sum(self._together(run, document) for run in word_runs(parts))
            case _:
                return 0.0

    def _best(self, phrases: Sequence[Phrase], document: Document) -> float:
        present = [phrase for phrase in phrases if self._holders(phrase)]
        held = frozenset().union(*(self._holders(phrase) for phrase in present))
        return max(
            (self._weight(phrase, document, len(held)) for phrase in present if document.id in self._holders(phrase)),
            default=0.0,
        )

    def _weight(self, phrase: Phrase, document: Document, frequency: int) -> float:
        times = self._times(phrase, document)
        weight = self._bm25(times, frequency, document)
        if phrase.word:
            wanted = fold(to_simplified("".join(phrase.text.split())))
            if any(wanted in words_of(text, document.script != "Hans") for part, text in document.parts() if part in phrase.parts):  # fmt: skip
                whole = min(self._words(document).count(wanted), times, _LARGEST)
                weight += WHOLE_WORD * self._bm25(whole, frequency, document)
        return weight

    def _times(self, phrase: Phrase, document: Document) -> int:
        traditional = document.script != "Hans"
        times = sum(
            len(occurrences(text, traditional, phrase.text)) * (TITLE_WEIGHT if part == "title" else 1)
            for part, text in document.parts()
            if part in phrase.parts
        )
        return min(times, _LARGEST)

    def _together(self, run: Sequence[Phrase], document: Document) -> float:
        """Pairs of characters that follow each other in the query, and words that stand near each other."""
        parts = run[0].parts
        text = "".join(fold(to_simplified("".join(word.text.split()))) for word in run)
        weight = 0.0
        for pair in dict.fromkeys(Phrase(text[at : at + 2], parts=parts) for at in range(len(text) - 1)):
            weight += PAIR * self._bm25(self._times(pair, document), len(self._holders(pair)), document)
        for one, other in dict.fromkeys(itertools.pairwise(run)):
            rarer = min(len(self._holders(one)), len(self._holders(other)))
            weight += NEAR * self._bm25(self._near(one, other, document), rarer, document)
        return weight

    def _near(self, one: Phrase, other: Phrase, document: Document) -> int:
        """How many occurrences of either have one of the other not far before them in the same text."""
        traditional = document.script != "Hans"
        count = 0
        for part, text in document.parts():
            if part not in one.parts:
                continue
            first, second = (occurrences(text, traditional, word.text) for word in (one, other))
            for ends, starts in ((first, second), (second, first)):
                count += sum(any(0 <= start - end <= NEAR_CHARACTERS for _, end in ends) for start, _ in starts)
        return count

    def _prefix(self, prefix: Prefix, document: Document) -> float:
        beginnings = (fold(prefix.text), fold(to_simplified(prefix.text)))
        words = {word for word in self._words(document) if word.startswith(beginnings)}
        return max(
            (
                self._bm25(min(self._words(document).count(word), _LARGEST), self._having(word), document)
                for word in words
            ),
            default=0.0,
        )

    def _bm25(self, times: int, frequency: int, document: Document) -> float:
        idf = math.log1p((len(self.documents) - frequency + 0.5) / (frequency + 0.5))
        return idf * (K1 + 1) * times / (times + self.norm[document.id])

    @functools.cache  # noqa: B019 - one object a test run
    def _holders(self, phrase: Phrase) -> frozenset[int]:
        return frozenset(one.id for one in self.documents if matches(phrase, one, self.prefixes))

    @functools.cache  # noqa: B019
    def _having(self, word: str) -> int:
        return sum(word in self._words(one) for one in self.documents)

    @functools.cache  # noqa: B019
    def _words(self, document: Document) -> list[str]:
        return [word for _, text in document.parts() for word in words_of(text, document.script != "Hans")]

    def _length(self, document: Document) -> int:
        return sum(len(readings(text, False)) for _, text in document.parts())
