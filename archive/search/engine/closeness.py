"""What the words of a query weigh together: more where their characters follow each other, or they stand near."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..folded import folded_strings
from ..tree import Node, Part, Phrase
from .generation import K1, Generation, Ids
from .kernels import add_to, impacts
from .nearness import following
from .phrases import Occurrences, Weighted, direct, hits, occurrences, readings

Scores = NDArray[np.float32]

#: The share of its BM25 that each two characters add that follow each other in the query, in its words and
#: from one word to the next. Measured with `benchmarks.ranking`; .3 to .6 do about as well.
PAIR = 0.5
#: The same for two words of the query, one after the other, that stand within `NEAR_CHARACTERS` of each other.
NEAR = 0.3
NEAR_CHARACTERS = 8
#: Nearness is reckoned where no more articles have both words: with more of them it would take longer than the search.
MOST_NEAR_ARTICLES = 5_000


def factor(index: Generation, frequency: int) -> float:
    """The idf of a string that so many documents have, times k1 + 1."""
    return math.log1p((index.count - frequency + 0.5) / (frequency + 0.5)) * (K1 + 1)


def bm25(index: Generation, found: Weighted, rarity: int | None = None) -> Scores:
    """BM25 of one posting list; `rarity`: the number of documents that its idf is reckoned with."""
    ids, weights = found
    scores: Scores = impacts(ids, weights, index.norm, factor(index, len(ids) if rarity is None else rarity))
    return scores


def word_runs(nodes: Sequence[Node]) -> list[list[Phrase]]:
    """The unquoted words of a conjunction or alternative that follow each other and look into the same parts."""
    runs: list[list[Phrase]] = [[]]
    for node in nodes:
        if not isinstance(node, Phrase) or not node.word:
            runs.append([])
        elif runs[-1] and runs[-1][-1].parts != node.parts:
            runs.append([node])
        else:
            runs[-1].append(node)
    return [run for run in runs if len(run) > 1]


def closeness(index: Generation, nodes: Sequence[Node], ids: Ids) -> Scores | None:
    """What each of the documents `ids` (in order) weighs more by pairs and nearness; None where nothing is reckoned."""
    runs = word_runs(nodes) if len(ids) else []
    if not runs:
        return None
    extra = np.zeros(len(ids), np.float32)
    for run in runs:
        text = "".join(folded_strings(word.text)[1] for word in run)
        for pair in dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)):
            add_to(extra, ids, *_pair(index, pair, run[0].parts), PAIR)
        for one, other in dict.fromkeys(pairwise(run)):
            add_to(extra, ids, *_near(index, one, other, ids), NEAR)
    return extra


def _pair(index: Generation, text: str, parts: tuple[Part, ...]) -> tuple[Ids, Scores]:
    """The documents with two characters side by side, and their BM25."""
    term = direct(index, text, parts)
    if term is not None:
        ids, _weights, scores, _greatest = index.weighed(term)
        return ids, scores
    found = hits(index, text, parts)
    return found[0], bm25(index, found)


def _near(index: Generation, one: Phrase, other: Phrase, ids: Ids) -> tuple[Ids, Scores]:
    """The documents among `ids` where the two stand near, weighed as often as they do, by the rarer of the two."""
    first, second = hits(index, one.text, one.parts), hits(index, other.text, other.parts)
    both = np.intersect1d(first[0], second[0], assume_unique=True)
    none: Ids = np.zeros(0, np.int32)
    if not 0 < len(both) <= MOST_NEAR_ARTICLES:
        return none, np.zeros(0, np.float32)
    both = np.intersect1d(both, ids, assume_unique=True)
    starts = [_in_documents(occurrences(index, word.text, word.parts), both) for word in (one, other)]
    ends = [found + len(readings(word.text)) for found, word in zip(starts, (one, other), strict=True)]
    met = np.concatenate(
        (
            following(index, ends[0], starts[1], NEAR_CHARACTERS),
            following(index, ends[1], starts[0], NEAR_CHARACTERS),
        )
    )
    docs, times = np.unique((met >> 32).astype(np.int32), return_counts=True)
    rarer = min(len(first[0]), len(second[0]))
    return docs, bm25(index, (docs, np.minimum(times, 255).astype(np.uint8)), rarer)


def _in_documents(found: Occurrences, docs: Ids) -> Occurrences:
    """Those of the occurrences that stand in one of `docs`."""
    wanted = docs.astype(np.int64)
    starts, ends = np.searchsorted(found, wanted << 32), np.searchsorted(found, (wanted + 1) << 32)
    counts = ends - starts
    after = np.cumsum(counts)
    total = int(after[-1]) if len(after) else 0
    return found[np.repeat(starts - (after - counts), counts) + np.arange(total)]
