"""The loops over posting lists, compiled: what numpy does in ten passes over an array is done in one.

They do the arithmetic of numpy in its order, in 32 bits, so that scores are the same to the bit.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .compiling import FLOAT, IDS, INT, KEY, MASK, OUT, PLACES, REAL, SCORES, U8, U64, compiled, inner
from .documents import BODY_START

#: The lower half of 64 bits, without the sign of the upper.
LOW = 0x7FFFFFFF


@inner
def halved(terms: Any, term: Any) -> Any:
    """Where a number stands among sorted ones; -1 where it does not."""
    low, high = 0, len(terms)
    while low < high:
        middle = (low + high) >> 1
        if terms[middle] < term:
            low = middle + 1
        else:
            high = middle
    return low if low < len(terms) and terms[low] == term else -1


@compiled(U64, KEY)
def place_of(terms: Any, term: Any) -> Any:
    """Where a number stands among sorted ones; -1 where it does not."""
    return halved(terms, term)


@inner
def sought(ordered: Any, wanted: Any, low: Any) -> Any:
    """The first place from `low` on that is not before `wanted`: by doubling steps, then by halving."""
    return sought_before(ordered, wanted, low, len(ordered))


@inner
def sought_before(ordered: Any, wanted: Any, low: Any, size: Any) -> Any:
    """The same among the first `size` of them."""
    if low >= size or ordered[low] >= wanted:
        return low
    step = 1
    while low + step < size and ordered[low + step] < wanted:
        low += step
        step *= 2
    high = min(low + step, size)
    low += 1
    while low < high:
        middle = (low + high) >> 1
        if ordered[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


@compiled(PLACES, INT, PLACES, INT)
def followed(found: Any, back: int, others: Any, offset: int) -> Any:
    """Those of `found - back` that stand `offset` places before one of `others`."""
    kept = np.empty(len(found), np.int64)
    size, at = 0, 0
    for i in range(len(found)):
        begin = found[i] - back
        at = sought(others, begin + offset, at)
        if at == len(others):
            break
        if others[at] == begin + offset:
            kept[size] = begin
            size += 1
    return kept[:size]


@compiled(PLACES, INT, SCORES, INT, FLOAT)
def by_document(found: Any, title_weight: int, norm: Any, documents: int, k1: float) -> Any:
    """The documents of occurrences, the weight of each (occurrences, those in the title counted as many), its BM25."""
    ids, weights = np.empty(len(found), np.int32), np.empty(len(found), np.uint8)
    size = -1
    last = np.int64(-1)
    weight = 0
    for i in range(len(found)):
        document = found[i] >> 32
        if document != last:
            size += 1
            ids[size] = last = document
            weight = 0
        weight += title_weight if (found[i] & 0xFFFFFFFF) < BODY_START else 1
        weights[size] = min(weight, 255)
    size += 1
    scores = np.empty(size, np.float32)
    factor = np.float32(math.log1p((documents - size + 0.5) / (size + 0.5)) * (k1 + 1))
    for i in range(size):
        times = np.float32(weights[i])
        scores[i] = factor * times / (times + norm[ids[i]])
    return ids[:size], weights[:size], scores


@compiled(IDS, U8, SCORES, REAL)
def impacts(ids: Any, weights: Any, norm: Any, factor: Any) -> Any:
    """BM25 of each posting; `factor` is its idf times k1 + 1."""
    scores = np.empty(len(ids), np.float32)
    for i in range(len(ids)):
        times = np.float32(weights[i])
        scores[i] = factor * times / (times + norm[ids[i]])
    return scores


@compiled(IDS, SCORES, IDS, SCORES)
def in_both(few: Any, few_scores: Any, many: Any, many_scores: Any) -> Any:
    """The documents of both lists, the shorter given first, with the sums of their scores."""
    ids, scores = np.empty(len(few), np.int32), np.empty(len(few), np.float32)
    size, at = 0, 0
    for i in range(len(few)):
        at = sought(many, few[i], at)
        if at == len(many):
            break
        if many[at] == few[i]:
            ids[size] = few[i]
            scores[size] = few_scores[i] + many_scores[at]
            size += 1
    return ids[:size], scores[:size]


@compiled(IDS, SCORES, IDS, SCORES)
def in_either(few: Any, few_scores: Any, many: Any, many_scores: Any) -> Any:
    """The documents of one list or the other, the shorter given first, with the sums of their scores."""
    room = len(few) + len(many)
    ids, scores = np.empty(room, np.int32), np.empty(room, np.float32)
    size, at = 0, 0
    for i in range(len(few)):
        place = sought(many, few[i], at)
        for j in range(at, place):
            ids[size + j - at] = many[j]
            scores[size + j - at] = many_scores[j]
        size += place - at
        at = place
        ids[size], scores[size] = few[i], few_scores[i]
        if at < len(many) and many[at] == few[i]:
            scores[size] = many_scores[at] + few_scores[i]
            at += 1
        size += 1
    for j in range(at, len(many)):
        ids[size + j - at] = many[j]
        scores[size + j - at] = many_scores[j]
    size += len(many) - at
    return ids[:size], scores[:size]


@compiled(OUT(SCORES), IDS, IDS, SCORES, REAL)
def add_to(total: Any, ids: Any, found: Any, scores: Any, share: Any) -> None:
    """Add to the sum of each of `ids` its score among `found`, multiplied by `share`."""
    at = 0
    for i in range(len(ids)):
        at = sought(found, ids[i], at)
        if at == len(found):
            break
        if found[at] == ids[i]:
            total[i] += share * scores[at]


@compiled(OUT(SCORES), IDS, U8, IDS, U8, U8, INT, SCORES, REAL, REAL)
def add_whole_words(
    total: Any,
    ids: Any,
    weights: Any,
    words: Any,
    times: Any,
    bits: Any,
    parts: int,
    norm: Any,
    factor: Any,
    share: Any,
) -> None:
    """More for documents that have the string as a word of its own in `parts`; not more often than it stands there."""
    at = 0
    for i in range(len(ids)):
        at = sought(words, ids[i], at)
        if at == len(words):
            break
        if words[at] == ids[i] and bits[at] & parts:
            count = np.float32(min(times[at], weights[i]))
            total[i] += share * (factor * count / (count + norm[ids[i]]))


@compiled(IDS, SCORES, MASK)
def kept(ids: Any, scores: Any, mask: Any) -> Any:
    """The documents that a mask over all documents keeps, with their scores (none where there are none)."""
    found, left = np.empty(len(ids), np.int32), np.empty(len(scores), np.float32)
    size = 0
    for i in range(len(ids)):
        found[size] = ids[i]
        if len(scores):
            left[size] = scores[i]
        size += mask[ids[i]]
    return found[:size], left[: min(size, len(scores))]


@compiled(IDS, SCORES, IDS, IDS, INT, INT)
def kept_days(ids: Any, scores: Any, earliest: Any, latest: Any, low: int, high: int) -> Any:
    """The documents whose possible days all lie within [low, high], with their scores; 0 stands for unknown days."""
    found, left = np.empty(len(ids), np.int32), np.empty(len(scores), np.float32)
    size = 0
    for i in range(len(ids)):
        one = ids[i]
        found[size] = one
        if len(scores):
            left[size] = scores[i]
        size += (latest[one] != 0) & (earliest[one] >= low) & (latest[one] <= high)
    return found[:size], left[: min(size, len(scores))]


@compiled(IDS, IDS, IDS, IDS)
def counted(ids: Any, codes: Any, first: Any, values: Any) -> Any:
    """How many of the documents hold each value: set i of values is `values[first[i]:first[i + 1]]`.

    One number for each value that any holds: `LOW` less the count, in the upper half, and the value: in the
    order of the numbers the most frequent stand first, then the lower values.
    """
    held = np.zeros(len(first) - 1, np.int64)
    for i in range(len(ids)):
        held[codes[ids[i]]] += 1
    counts = np.zeros(values.max() + 1 if len(values) else 0, np.int64)
    for one in range(len(held)):
        if held[one]:
            for at in range(first[one], first[one + 1]):
                counts[values[at]] += held[one]
    keys = np.empty(len(counts), np.int64)
    size = 0
    for value in range(len(counts)):
        keys[size] = (LOW - counts[value]) << 32 | value
        size += counts[value] > 0
    return keys[:size]
