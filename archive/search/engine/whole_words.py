"""A string that is a word of many segmentations: both its lists are gone through side by side, as they lie."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import INT, KEY, MASK, PLACES, REAL, SCORES, compiled, lying_at
from .foremost import BLOCK
from .gathering import BASE, DOCS, FIRST, FULL, OVER, OVERS, PARTS, SHAPE, SIZE, TABLE, WEIGHT, numbers_of


@compiled(TABLE, KEY, TABLE, PLACES, MASK, INT, SCORES, REAL, INT, REAL)
def weighed_as_word(
    table: Any,
    term: Any,
    words: Any,
    numbers: Any,
    live: Any,
    all_live: int,
    norm: Any,
    factor: Any,
    within: int,
    share: Any,
) -> Any:
    """The living documents of a term, their scores, and the greatest of every block of these.

    As `gathering.weighed` and then `kernels.add_whole_words` give them, to the bit. `numbers`: of the word among `words`;
    `factor`: idf times k1 + 1; `within`: bits of the parts in which the word counts.
    """
    own, room = numbers_of(table, term), np.int64(0)
    for segment in range(len(table)):
        if own[segment] >= 0:
            first = lying_at(table[segment, FIRST], table[segment, SIZE] + 1, np.uint32)
            room += np.int64(first[own[segment] + 1]) - np.int64(first[own[segment]])
    ids, scores = np.empty(room, np.int32), np.empty(room, np.float32)
    size = 0
    for segment in range(len(table)):
        if own[segment] < 0:
            continue
        row, beside = table[segment], words[segment]
        first = lying_at(row[FIRST], row[SIZE] + 1, np.uint32)
        start, end = np.int64(first[own[segment]]), np.int64(first[own[segment] + 1])
        docs, shape = lying_at(row[DOCS], end, np.uint16), lying_at(row[SHAPE], end, np.uint8)
        over, full = lying_at(row[OVER], row[OVERS], np.int64), lying_at(row[FULL], row[OVERS], np.uint32)
        weight = lying_at(row[WEIGHT], 1, np.uint8)
        large = np.searchsorted(over, start)
        at, last = np.int64(0), np.int64(0)
        if numbers[segment] >= 0:
            first = lying_at(beside[FIRST], beside[SIZE] + 1, np.uint32)
            at, last = np.int64(first[numbers[segment]]), np.int64(first[numbers[segment] + 1])
        word_docs, word_shape = lying_at(beside[DOCS], last, np.uint16), lying_at(beside[SHAPE], last, np.uint8)
        word_over = lying_at(beside[OVER], beside[OVERS], np.int64)
        word_full = lying_at(beside[FULL], beside[OVERS], np.uint32)
        times, parts = lying_at(beside[WEIGHT], 1, np.uint8), lying_at(beside[PARTS], 1, np.uint8)
        word_large = np.searchsorted(word_over, at)
        for i in range(start, end):
            kind = np.int64(shape[i])
            if large < len(over) and over[large] == i:
                kind = np.int64(full[large])
                large += 1
            document = row[BASE] + docs[i]
            if not (all_live or live[document]):
                continue
            often, rest = np.float32(weight[kind]), norm[document]
            score = factor * often / (often + rest)
            while at < last and word_docs[at] < docs[i]:
                at += 1
            if at < last and word_docs[at] == docs[i]:
                kind = np.int64(word_shape[at])
                while word_large < len(word_over) and word_over[word_large] < at:
                    word_large += 1
                if word_large < len(word_over) and word_over[word_large] == at:
                    kind = np.int64(word_full[word_large])
                if parts[kind] & within:
                    count = np.float32(times[kind])
                    score += share * (score if count >= often else factor * count / (count + rest))
            ids[size], scores[size] = document, score
            size += 1
    greatest = np.empty(-(-size // BLOCK), np.float32)
    for block in range(len(greatest)):
        most = np.float32(0)
        for i in range(block * BLOCK, min((block + 1) * BLOCK, size)):
            most = max(most, scores[i])
        greatest[block] = most
    return ids[:size], scores[:size], greatest
