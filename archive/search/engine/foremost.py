"""The first of an order without sorting the rest: a heap of the best, in compiled loops."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compiling import IDS, INT, PLACES, SCORES, compiled, inner

#: Values of a block (Ding and Suel 2011 take 64 or 128).
BLOCK = 64
_HIGHEST = 0x7FFFFFFF
#: From so many places on, parting the whole array is faster than a heap.
_MANY = 512

Ids = NDArray[np.int32]
Scores = NDArray[np.float32]
_UNKNOWN: Scores = np.zeros(0, np.float32)


@inner
def _sift(heap: Any, size: int, key: int) -> None:
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1] > heap[child]:
            child += 1
        if heap[child] <= key:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = key


@inner
def _offer(heap: Any, size: Any, key: Any) -> Any:
    """Take a key into a heap of the lowest, the greatest at the root; how many it holds then."""
    if size < len(heap):
        at = size
        while at > 0 and heap[(at - 1) >> 1] < key:
            heap[at] = heap[(at - 1) >> 1]
            at = (at - 1) >> 1
        heap[at] = key
        return size + 1
    if key < heap[0]:
        _sift(heap, size, key)
    return size


@inner
def _sorted(heap: Any) -> None:
    for left in range(len(heap) - 1, 0, -1):
        last = heap[left]
        heap[left] = heap[0]
        _sift(heap, left, last)


@compiled(IDS, SCORES, IDS)
def _keys(ids: Any, scores: Any, rank: Any) -> Any:
    """One number for each document, the smaller the better: its score turned round, then its rank.

    Scores are not negative: their bits are in the order of the numbers.
    """
    bits = scores.view(np.int32)
    keys = np.empty(len(ids), np.int64)
    for i in range(len(ids)):
        keys[i] = ((_HIGHEST - bits[i]) << 32) | rank[ids[i]]
    return keys


@inner
def _best_keys(ids: Any, scores: Any, greatest: Any, rank: Any, number: int) -> Any:
    bits, tops = scores.view(np.int32), greatest.view(np.int32)
    heap = np.empty(min(number, len(ids)), np.int64)
    size = np.int64(0)
    least = np.int64(-1)
    for block in range(0, len(ids), BLOCK):
        if len(tops) and tops[block // BLOCK] < least:
            continue
        for i in range(block, min(block + BLOCK, len(ids))):
            if bits[i] < least:
                continue
            size = _offer(heap, size, ((_HIGHEST - bits[i]) << 32) | rank[ids[i]])
            if size == len(heap):
                least = _HIGHEST - (heap[0] >> 32)
    _sorted(heap)
    return heap


@inner
def _told(keys: Any, order: Any) -> Any:
    """What keys were made of: documents and scores."""
    found, bits = np.empty(len(keys), np.int32), np.empty(len(keys), np.int32)
    for i in range(len(keys)):
        found[i] = order[keys[i] & 0xFFFFFFFF]
        bits[i] = _HIGHEST - (keys[i] >> 32)
    return found, bits.view(np.float32)


@compiled(IDS, SCORES, SCORES, IDS, IDS, INT, INT)
def _best(ids: Any, scores: Any, greatest: Any, rank: Any, order: Any, start: int, end: int) -> Any:
    return _told(_best_keys(ids, scores, greatest, rank, end)[start:], order)


@compiled(PLACES, IDS)
def _of_keys(keys: Any, order: Any) -> Any:
    return _told(keys, order)


@compiled(IDS, IDS, INT)
def _lowest(values: Any, least: Any, number: int) -> Any:
    heap = np.empty(min(number, len(values)), np.int64)
    size = 0
    for block in range(0, len(values), BLOCK):
        if len(least) and size == len(heap) and least[block // BLOCK] > heap[0]:
            continue
        for i in range(block, min(block + BLOCK, len(values))):
            if size < len(heap) or values[i] < heap[0]:
                size = _offer(heap, size, values[i])
    _sorted(heap)
    return heap


@compiled(SCORES)
def greatest_of_blocks(scores: Any) -> Any:
    """The greatest score of every block."""
    greatest = np.empty(-(-len(scores) // BLOCK), np.float32)
    for block in range(len(greatest)):
        greatest[block] = scores[block * BLOCK : (block + 1) * BLOCK].max()
    return greatest


@compiled(IDS)
def least_of_blocks(values: Any) -> Any:
    """The least value of every block."""
    least = np.empty(-(-len(values) // BLOCK), np.int32)
    for block in range(len(least)):
        least[block] = values[block * BLOCK : (block + 1) * BLOCK].min()
    return least


def best(
    ids: Ids, scores: Scores, greatest: Scores | None, order: tuple[Ids, Ids], start: int, end: int
) -> tuple[Ids, Scores]:
    """The documents from place `start` to `end` (at least one) by score, then in `order`, with their scores.

    `ids` in the order of their numbers; `order`: all documents in another order, and the place of each in it;
    `greatest` as `greatest_of_blocks` gives it, where it was reckoned before.
    """
    found: tuple[Ids, Scores]
    if end > _MANY:
        found = _of_keys(_between(_keys(ids, scores, order[1]), start, end), order[0])
    else:
        found = _best(ids, scores, _UNKNOWN if greatest is None else greatest, order[1], order[0], start, end)
    return found


def lowest(values: Ids, least: Ids, start: int, end: int) -> NDArray[Any]:
    """From place `start` to `end` (at least one) of distinct values in order; `least` as `least_of_blocks`, or empty."""
    found: NDArray[Any] = _between(values, start, end) if end > _MANY else _lowest(values, least, end)[start:]
    return found


def _between(values: NDArray[Any], start: int, end: int) -> NDArray[Any]:
    """The values from place `start` to `end` in order: only those are sorted."""
    parted = np.partition(values, (start, min(end, len(values)) - 1))[start:end]
    parted.sort()
    return parted
