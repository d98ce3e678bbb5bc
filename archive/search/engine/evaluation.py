"""The query tree evaluated on one generation: which documents, with what weight."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from ..budget import spend
from ..folded import folded_strings
from ..tree import And, Dates, Everything, Key, Near, Node, Not, Nothing, Or, Phrase, Prefix, Variants
from .closeness import bm25, closeness, factor
from .columns import dates, named
from .documents import LAST
from .generation import K1, Generation, Ids, Mask
from .inverting import TITLE_WEIGHT
from .kernels import add_whole_words, by_document, in_both, in_either, kept, kept_days
from .nearness import near
from .phrases import Weighted, direct, hits, occurrences, part_bits

Scores = NDArray[np.float32]
NO_SCORES: Scores = np.zeros(0, np.float32)
#: What a whole-word match adds, as a share of the weight of the string.
WHOLE_WORD = 0.5
_CONDITIONS = (Not, Key, Dates)
_UNWEIGHED = (*_CONDITIONS, Everything)
#: A day after all days.
_NEVER = 10_000_000


@dataclass(slots=True)
class Found:
    """Documents in order of number; `scores` None where nothing was weighed.

    `term` names the posting list where the documents are those of one: what was reckoned for it is kept.
    """

    ids: Ids
    scores: Scores | None = None
    term: Hashable = None
    greatest: Scores | None = None  # of every block, where that was reckoned before

    @property
    def weights(self) -> Scores:
        """The scores, 0 where nothing was weighed."""
        return np.zeros(len(self.ids), np.float32) if self.scores is None else self.scores

    def only(self, mask: Mask) -> Found:
        """Those that a mask over all documents keeps."""
        ids, scores = kept(self.ids, NO_SCORES if self.scores is None else self.scores, mask)
        return self if len(ids) == len(self.ids) else Found(ids, None if self.scores is None else scores)


def evaluate_node(index: Generation, node: Node) -> Found:
    """The living documents that match `node`. Raises SearchTooLong between its parts."""
    spend()
    match node:  # the most frequent first
        case Phrase():
            return _string(index, node)
        case And(parts):
            return _all(index, parts)
        case Or(parts):
            return _with_closeness(index, _any(index, [evaluate_node(index, part) for part in parts]), parts)
        case Everything():
            return Found(index.everything)
        case Nothing():
            return _nothing()
        case Variants(typed, variants):
            return _weighed(index, [typed, *variants])
        case Prefix():
            return _prefix(index, node)
        case Near(phrases, _distance):
            ids = near(index, node)
            return Found(ids, _sum_of(index, ids, phrases))
        case Not() | Key() | Dates():
            mask = condition(index, node)
            return Found(np.flatnonzero(mask & index.live).astype(np.int32))


def condition(index: Generation, node: Node) -> Mask:
    """A node that only filters, as a mask over all documents (deleted ones may be in it)."""
    match node:
        case Key("id", value):
            return index.with_public_id(value)
        case Key("topic" | "author" as name, value):
            return named(index, name, value)
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


def within(index: Generation, found: Found, node: Dates) -> Found:
    """Those of the documents found whose days lie within."""
    if node.unknown or node.exact:
        return found.only(dates(index, node))
    low = 1 if node.earliest is None else node.earliest.toordinal()
    high = _NEVER if node.latest is None else node.latest.toordinal()
    weights = NO_SCORES if found.scores is None else found.scores
    ids, scores = kept_days(found.ids, weights, index.earliest, index.latest, low, high)
    return found if len(ids) == len(found.ids) else Found(ids, None if found.scores is None else scores)


def _nothing() -> Found:
    return Found(np.zeros(0, np.int32), np.zeros(0, np.float32))


def _weighed(index: Generation, phrases: list[Phrase]) -> Found:
    """A string, or several that count as one: each document by its best, the idf of them together."""
    if len(phrases) == 1:
        return _string(index, phrases[0])
    lists = [hits(index, phrase.text, phrase.parts) for phrase in phrases]
    present = [(phrase, found) for phrase, found in zip(phrases, lists, strict=True) if len(found[0])]
    if not present:
        return _nothing()
    if len(present) == 1:
        return _string(index, present[0][0])
    held = np.zeros(index.size, bool)
    for _phrase, found in present:
        held[found[0]] = True
    ids = np.flatnonzero(held).astype(np.int32)
    best = np.zeros(index.size, np.float32)
    for phrase, found in present:
        best[found[0]] = np.maximum(best[found[0]], _impacts(index, phrase, found, len(ids)))
    return Found(ids, best[ids])


def _string(index: Generation, phrase: Phrase) -> Found:
    """One string. What the posting list of a term weighs is kept, whoever asks for it."""
    term = direct(index, phrase.text, phrase.parts)
    if term is None:
        return _sequence_of(index, phrase)
    if not phrase.word:
        ids, _weights, scores, greatest = index.weighed(term)
        return Found(ids, scores, term, greatest)
    key = ("whole words", term, phrase.text)
    ids, scores, greatest = index.cache.get(key, lambda: _word(index, phrase, term))
    return Found(ids, scores, term, greatest)


def _word(index: Generation, phrase: Phrase, term: int) -> tuple[Ids, Scores, Scores]:
    """A word that a posting list answers for, whole words weighed."""
    word, often = folded_strings(phrase.text)[1], factor(index, index.living(term))
    return index.weighed_as_word(term, word, often, part_bits(phrase.parts), WHOLE_WORD)


def _sequence_of(index: Generation, phrase: Phrase) -> Found:
    """A string that no posting list answers for."""
    ids, weights, scores = by_document(
        occurrences(index, phrase.text, phrase.parts), TITLE_WEIGHT, index.norm, index.count, K1
    )
    if phrase.word:
        _add_whole_words(index, phrase, (ids, weights), scores, len(ids))
    return Found(ids, scores)


def _impacts(index: Generation, phrase: Phrase, found: Weighted, rarity: int) -> Scores:
    """What the string adds to the score of each of its documents."""
    scores = bm25(index, found, rarity)
    if phrase.word:
        _add_whole_words(index, phrase, found, scores, rarity)
    return scores


def _add_whole_words(index: Generation, phrase: Phrase, found: Weighted, scores: Scores, rarity: int) -> None:
    """More for documents whose segmentation has the string as a word of its own, in the parts asked for.

    A word is counted by document: not more often than the string stands in these parts.
    """
    places, times, bits = index.word_among(folded_strings(phrase.text)[1], found[0])
    words = found[0][places], times, bits
    add_whole_words(scores, *found, *words, part_bits(phrase.parts), index.norm, factor(index, rarity), WHOLE_WORD)


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
    for word in words:
        spend()
        found = index.word(word)
        keep = (found[2] & bits) > 0
        ids, weights = found[0][keep], found[1][keep]
        held[ids] = True
        best[ids] = np.maximum(best[ids], bm25(index, (ids, weights)))
    ids = np.flatnonzero(held).astype(np.int32)
    return Found(ids, best[ids])


def _all(index: Generation, parts: tuple[Node, ...]) -> Found:
    """Weighed parts from the shortest list on, then the conditions on what is left."""
    terms = _terms(index, parts)
    if terms is not None:
        return _under(index, Found(*index.having_all(terms)), parts)
    weighed = [_sized(index, part) for part in parts if not isinstance(part, _UNWEIGHED)]
    weighed.sort(key=itemgetter(0))
    result = Found(index.everything)
    for number, (_size, part, found) in enumerate(weighed):
        spend()
        if isinstance(found, Found):
            result = _both(result, found) if number else found
        elif number and isinstance(part, Phrase):
            result = _narrowed(index, result, part, found)
        else:
            result = evaluate_node(index, part)
    return _with_closeness(index, _under(index, result, parts), parts)


def _terms(index: Generation, parts: tuple[Node, ...]) -> list[int] | None:
    """The terms of the weighed parts, where these are several strings for which posting lists of one kind answer."""
    strings = [part for part in parts if not isinstance(part, _UNWEIGHED)]
    found = [direct(index, one.text, one.parts) for one in strings if isinstance(one, Phrase) and not one.word]
    terms = [term for term in found if term is not None]
    alike = len(strings) == len(terms) > 1 and len({term & LAST > 0 for term in terms}) == 1
    return terms if alike else None


def _under(index: Generation, result: Found, parts: tuple[Node, ...]) -> Found:
    """Those of the documents found that meet the conditions among `parts`."""
    for part in parts:
        if isinstance(part, _CONDITIONS) and len(result.ids):
            result = within(index, result, part) if isinstance(part, Dates) else result.only(condition(index, part))
    return result


def _sized(index: Generation, node: Node) -> tuple[int, Node, Found | int]:
    """How many documents a part has, and these; of a string for which a posting list answers its term alone."""
    term = direct(index, node.text, node.parts) if isinstance(node, Phrase) else None
    if term is not None:
        return index.living(term), node, term
    found = evaluate_node(index, node)
    return len(found.ids), node, found


def _narrowed(index: Generation, found: Found, phrase: Phrase, term: int) -> Found:
    """Those of the documents found that have a string too: looked up in its posting list, which stays as it lies."""
    rarity = index.living(term)
    if not phrase.word:
        return Found(*index.narrowed(term, found.ids, found.weights, factor(index, rarity)))
    places, weights, _bits = index.among(term, found.ids)
    ids = found.ids[places]
    scores = bm25(index, (ids, weights), rarity)
    _add_whole_words(index, phrase, (ids, weights), scores, rarity)
    return Found(ids, scores + found.weights[places])


def _with_closeness(index: Generation, found: Found, parts: tuple[Node, ...]) -> Found:
    extra = closeness(index, parts, found.ids) if found.scores is not None else None
    return found if extra is None or found.scores is None else Found(found.ids, found.scores + extra)


def _size(found: Found) -> int:
    return len(found.ids)


def _both(one: Found, other: Found) -> Found:
    few, many = sorted((one, other), key=_size)
    ids, scores = in_both(few.ids, few.weights, many.ids, many.weights)
    return Found(ids, None if one.scores is None and other.scores is None else scores)


def _any(index: Generation, found: list[Found]) -> Found:
    found = [one for one in found if len(one.ids)]
    if len(found) == 2 and found[0].scores is not None and found[1].scores is not None:
        few, many = sorted(found, key=_size)
        return Found(*in_either(few.ids, few.scores, many.ids, many.scores))
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
