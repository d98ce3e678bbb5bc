"""A string that is a word of many segmentations: both its lists are gone through side by side, as they lie."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiling import INT, MASK, PLACES, REAL, SCORES, compiled, lying_at
from .foremost import BLOCK
from .gathering import BASE, FIRST, PARTS, SIZE, TABLE, WEIGHT, list_of, lists_of


@compiled(TABLE, PLACES, TABLE, PLACES, MASK, INT, SCORES, REAL, INT, REAL)
def weighed_as_word(
    table: Any,
    own: Any,
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

    As `gathering.weighed` and then `kernels.add_whole_words` give them, to the bit. `own`: the numbers of the term,
    `numbers`: of the word among `words`; `factor`: idf times k1 + 1; `within`: bits of the parts in which the word counts.
    """
    room = np.int64(0)
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
        start, end, docs, shape, over, full = list_of(row, own[segment])
        weight = lying_at(row[WEIGHT], 1, np.uint8)
        large = np.searchsorted(over, start)
        held = numbers[segment] >= 0
        at, last, word_docs, word_shape, word_over, word_full = lists_of(
            beside, numbers[segment] if held else 0, numbers[segment] + 1 if held else 0
        )
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
