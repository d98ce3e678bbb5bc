"""The query tree evaluated on one generation: which documents, with what weight."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..folded import folded_strings, name_key
from ..tree import And, Dates, Everything, Key, Near, Node, Not, Nothing, Or, Phrase, Prefix, Variants
from .closeness import bm25, closeness
from .generation import Generation, Hits, Ids, Mask
from .nearness import near
from .phrases import direct, hits, part_bits
from .top import Blocks

Scores = NDArray[np.float32]
#: What a whole-word match adds, as a share of the weight of the string.
WHOLE_WORD = 0.5
#: A posting list that has one of so many documents is also kept as a column over all of them.
DENSE = 16
#: Words that a prefix stands for, at most, in the order of their letters: more is no search but a list.
MOST_WORDS = 4096


@dataclass(slots=True)
class Found:
    """Documents in order of number; `scores` None where nothing was weighed.

    `term` names the posting list where the documents are those of one: what was reckoned for it is kept.
    """

    ids: Ids
    scores: Scores | None = None
    term: Hashable = None


def evaluate_node(index: Generation, node: Node) -> Found:
    """The living documents that match `node`."""
    match node:
        case Everything():
            return Found(index.everything)
        case Nothing():
            return _nothing()
        case Phrase():
            return _weighed(index, [node])
        case Variants(typed, variants):
            return _weighed(index, [typed, *variants])
        case Prefix():
            return _prefix(index, node)
        case Near(phrases, _distance):
            ids = near(index, node)
            return Found(ids, _sum_of(index, ids, phrases))
        case And(parts):
            return _all(index, parts)
        case Or(parts):
            return _with_closeness(index, _any(index, [evaluate_node(index, part) for part in parts]), parts)
        case Not() | Key() | Dates():
            mask = condition(index, node)
            return Found(np.flatnonzero(mask & index.live).astype(np.int32))


def condition(index: Generation, node: Node) -> Mask:
    """A node that only filters, as a mask over all documents (deleted ones may be in it)."""
    match node:
        case Key("id", value):
            return index.with_public_id(value)
        case Key("topic" | "author" as name, value):
            return _named(index, name, value)
        case Key(name, value):
            return index.holding(name, value)
        case Dates():
            return dates(index, node)
        case Not(part):
            mask = np.ones(index.size, bool)
            mask[evaluate_node(index, part).ids] = False
            return mask
        case _:
            mask = np.zeros(index.size, bool)
            mask[evaluate_node(index, node).ids] = True
            return mask


def _named(index: Generation, name: str, value: str) -> Mask:
    """Topics and authors are compared as names: simplified, folded, blanks removed."""
    wanted = name_key(value)
    table = index.multi[name][0]
    mask = np.zeros(index.size, bool)
    for one in table:
        if one == wanted or (name == "topic" and name_key(one) == wanted):
            mask |= index.holding(name, one)
    return mask


def dates(index: Generation, node: Dates) -> Mask:
    """Documents whose possible days all lie within the two; unknown dates only where asked for."""
    return days(index, node, slice(None))


def days(index: Generation, node: Dates, ids: Ids | slice) -> Mask:
    """The same for some documents only."""
    earliest, latest = index.earliest[ids], index.latest[ids]
    known = latest != 0
    if node.unknown:
        return ~known
    mask = known
    if node.earliest is not None:
        mask &= earliest >= node.earliest.toordinal()
    if node.latest is not None:
        mask &= latest <= node.latest.toordinal()
    if node.exact:
        mask &= earliest == latest
    return mask


def _nothing() -> Found:
    return Found(np.zeros(0, np.int32), np.zeros(0, np.float32))


def _weighed(index: Generation, phrases: list[Phrase]) -> Found:
    """A string, or several that count as one: each document by its best, the idf of them together."""
    lists = [hits(index, phrase.text, phrase.parts) for phrase in phrases]
    present = [(phrase, found) for phrase, found in zip(phrases, lists, strict=True) if len(found[0])]
    if not present:
        return _nothing()
    if len(present) == 1:
        phrase, found = present[0]
        term = direct(index, phrase.text, phrase.parts)
        if term is not None:
            name = ("impacts", term, phrase.text if phrase.word else None)
            blocks = index.cache.get(name, lambda: Blocks.of(_impacts(index, phrase, found), -np.inf))
            return Found(found[0], blocks.values, name)
        return Found(found[0], _impacts(index, phrase, found))
    held = np.zeros(index.size, bool)
    for _phrase, found in present:
        held[found[0]] = True
    ids = np.flatnonzero(held).astype(np.int32)
    best = np.zeros(index.size, np.float32)
    for phrase, found in present:
        scores = bm25(index, found, len(ids))
        if phrase.word:
            scores = _with_whole_words(index, phrase, found, scores, len(ids))
        best[found[0]] = np.maximum(best[found[0]], scores)
    return Found(ids, best[ids])


def _impacts(index: Generation, phrase: Phrase, found: Hits) -> Scores:
    """What the string adds to the score of each of its documents."""
    scores = bm25(index, found)
    return _with_whole_words(index, phrase, found, scores, len(found[0])) if phrase.word else scores


def _with_whole_words(index: Generation, phrase: Phrase, found: Hits, scores: Scores, rarity: int) -> Scores:
    """More for documents whose segmentation has the string as a word of its own, in the parts asked for.

    A word is counted by document: not more often than the string stands in these parts.
    """
    ids = found[0]
    words, times, bits = index.word(folded_strings(phrase.text)[1])
    if not len(words):
        return scores
    place = np.searchsorted(words, ids)
    place[place == len(words)] = 0
    whole = (words[place] == ids) & ((bits[place] & part_bits(phrase.parts)) > 0)
    counted: Hits = (ids, np.where(whole, np.minimum(times[place], found[1]), 0).astype(np.uint8), found[2])
    return (scores + np.float32(WHOLE_WORD) * bm25(index, counted, rarity)).astype(np.float32)


def _sum_of(index: Generation, ids: Ids, phrases: tuple[Phrase, ...]) -> Scores:
    total = np.zeros(index.size, np.float32)
    for phrase in phrases:
        found = _weighed(index, [phrase])
        if found.scores is not None:
            total[found.ids] += found.scores
    return total[ids]


def _prefix(index: Generation, node: Prefix) -> Found:
    bits = part_bits(node.parts)
    words = set().union(*(index.words_beginning(reading) for reading in set(folded_strings(node.text))))
    best = np.zeros(index.size, np.float32)
    held = np.zeros(index.size, bool)
    for word in sorted(words)[:MOST_WORDS]:
        found = index.word(word)
        keep = (found[2] & bits) > 0
        kept: Hits = (found[0][keep], found[1][keep], found[2][keep])
        held[kept[0]] = True
        best[kept[0]] = np.maximum(best[kept[0]], bm25(index, kept))
    ids = np.flatnonzero(held).astype(np.int32)
    return Found(ids, best[ids])


def _all(index: Generation, parts: tuple[Node, ...]) -> Found:
    """Weighed parts from the shortest list on, then the conditions on what is left."""
    weighed = [evaluate_node(index, part) for part in parts if not isinstance(part, Not | Key | Dates | Everything)]
    weighed.sort(key=lambda found: len(found.ids))
    result = weighed[0] if weighed else Found(index.everything)
    for other in weighed[1:]:
        result = _both(index, result, other)
    for part in parts:
        if isinstance(part, Not | Key | Dates) and len(result.ids):
            keep = days(index, part, result.ids) if isinstance(part, Dates) else condition(index, part)[result.ids]
            result = Found(result.ids[keep], None if result.scores is None else result.scores[keep])
    return _with_closeness(index, result, parts)


def _with_closeness(index: Generation, found: Found, parts: tuple[Node, ...]) -> Found:
    extra = closeness(index, parts, found.ids) if found.scores is not None else None
    return found if extra is None or found.scores is None else Found(found.ids, found.scores + extra)


def _both(index: Generation, one: Found, other: Found) -> Found:
    if not len(one.ids) or not len(other.ids):
        return _nothing()
    keep, more = _looked_up(index, one.ids, other)
    ids = one.ids[keep]
    if more is None or one.scores is None:
        return Found(ids, (None if one.scores is None else one.scores[keep]) if more is None else more[keep])
    return Found(ids, one.scores[keep] + more[keep])


def _looked_up(index: Generation, ids: Ids, other: Found) -> tuple[Mask, Scores | None]:
    """Which documents `other` has too, and its scores for them (without meaning for the rest)."""
    scores = other.scores
    if scores is not None and other.term is not None and DENSE * len(other.ids) >= index.size:
        found = index.cache.get(("dense", other.term), lambda: _dense(index.size, other.ids, scores))[ids]
        return found >= 0, found
    place = other.ids.searchsorted(ids)
    place[place == len(other.ids)] = 0
    return other.ids[place] == ids, None if scores is None else scores[place]


def _dense(size: int, ids: Ids, scores: Scores) -> Scores:
    """The scores of one posting list by document, -1 where it is not."""
    column = np.full(size, -1, np.float32)
    column[ids] = scores
    return column


def _any(index: Generation, found: list[Found]) -> Found:
    found = [one for one in found if len(one.ids)]
    if len(found) == 2 and found[0].scores is not None and found[1].scores is not None:
        return _either(index, *sorted(found, key=lambda one: len(one.ids)))
    held = np.zeros(index.size, bool)
    total = np.zeros(index.size, np.float32)
    weighed = False
    for one in found:
        held[one.ids] = True
        if one.scores is not None:
            total[one.ids] += one.scores
            weighed = True
    ids = np.flatnonzero(held).astype(np.int32)
    return Found(ids, total[ids] if weighed else None)


def _either(index: Generation, few: Found, many: Found) -> Found:
    """Two lists made one without a look at all documents: the shorter is put into the longer."""
    assert few.scores is not None
    assert many.scores is not None
    place = many.ids.searchsorted(few.ids)
    at = np.minimum(place, len(many.ids) - 1)
    both = many.ids[at] == few.ids
    scores = many.scores.copy()
    scores[at[both]] += few.scores[both]
    fresh = np.flatnonzero(~both)
    if not len(fresh):
        return Found(many.ids, scores)
    size = len(many.ids) + len(fresh)
    own = place[fresh] + np.arange(len(fresh))
    rest = np.ones(size, bool)
    rest[own] = False
    ids, total = np.empty(size, np.int32), np.empty(size, np.float32)
    ids[own], total[own] = few.ids[fresh], few.scores[fresh]
    ids[rest], total[rest] = many.ids, scores
    return Found(ids, total)
