"""The tree as a query of OpenSearch: what must match, and what it weighs."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, permutations
from typing import Any

from ..engine.closeness import NEAR, NEAR_CHARACTERS, PAIR, word_runs
from ..engine.evaluation import WHOLE_WORD
from ..engine.inverting import TITLE_WEIGHT
from ..folded import folded_strings, is_blank, name_key
from ..tree import And, Dates, Everything, Key, Near, Node, Not, Nothing, Or, Part, Phrase, Prefix, Variants
from .layout import PARTS
from .streams import by_characters, by_pairs, readings

Query = dict[str, Any]
#: What a query of all these strings weighs: (k1 + 1 is in the index); 1 where nothing is weighed.
Weigh = Callable[[tuple[Phrase, ...]], float]
ALL: Query = {"match_all": {}}
NONE: Query = {"match_none": {}}
#: The share that a string's other parts add to the part where it weighs most: as in one field with a weighted title,
#: the second occurrence says less than the first.
OTHER_PARTS = 0.3


def unweighed(phrases: tuple[Phrase, ...]) -> float:
    return 1.0


def query_of(node: Node, weigh: Weigh = unweighed) -> Query:
    """The query that finds what `node` matches, scored by `weigh`."""
    match node:
        case Everything():
            return filtered([])
        case Nothing():
            return NONE
        case Phrase():
            return string(node, weigh((node,)))
        case Variants(typed, variants):
            weight = weigh((typed, *variants))
            return {"dis_max": {"queries": [string(one, weight) for one in (typed, *variants)]}}
        case Prefix():
            return either([{"prefix": {f"{part}_words": {"value": word, "boost": 0.1}}} for part in _parts(node.parts)
                           for word in sorted(set(folded_strings(node.text))) if word])  # fmt: skip
        case Near():
            return near(node, weigh)
        case Key() | Dates():
            return filtered([condition(node)])
        case Not(part):
            return {"bool": {"filter": [ALL], "must_not": [query_of(part)]}}
        case And(parts):
            return _all(parts, weigh)
        case Or(parts):
            found = either([query_of(part, weigh) for part in parts])
            return with_more(found, closeness(parts, weigh))


def _all(parts: tuple[Node, ...], weigh: Weigh) -> Query:
    must: list[Query] = []
    fixed: list[Query] = [ALL]
    less: list[Query] = []
    for part in parts:
        match part:
            case Everything():
                continue
            case Not(other):
                less.append(query_of(other))
            case Key() | Dates():
                fixed.append(condition(part))
            case _:
                must.append(query_of(part, weigh))
    return {"bool": {"must": must, "filter": fixed, "must_not": less, "should": closeness(parts, weigh)}}


def filtered(conditions: list[Query]) -> Query:
    """What matches and weighs nothing."""
    return {"bool": {"filter": conditions or [ALL]}}


def either(queries: list[Query]) -> Query:
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else NONE


def with_more(query: Query, extra: list[Query]) -> Query:
    return {"bool": {"must": [query], "should": extra}} if extra else query


def string(phrase: Phrase, weight: float) -> Query:
    """A string in any of its parts; a whole word weighs more."""
    places = readings(phrase.text)
    if not places:
        return NONE
    text = by_pairs(places)
    found = [_phrase(part, text, weight * (TITLE_WEIGHT if part == "title" else 1)) for part in _parts(phrase.parts)]
    if not found:
        return NONE
    word = folded_strings(phrase.text)[1]
    more = [
        {"term": {f"{part}_words": {"value": word, "boost": weight * WHOLE_WORD}}} for part in _parts(phrase.parts)
    ] if phrase.word else []  # fmt: skip
    return with_more({"dis_max": {"queries": found, "tie_breaker": OTHER_PARTS}}, more)


def _phrase(part: Part, text: str, weight: float) -> Query:
    return {"match_phrase": {part: {"query": text, "boost": max(weight, 0.0)}}}


def tells(node: Near) -> bool:
    """Whether a query of intervals tells exactly what stands so: of two strings, but not of one that is to stand twice
    (intervals of the same kind are merged, and pairs of them are passed over)."""
    return len(node.phrases) == 2 and readings(node.phrases[0].text) != readings(node.phrases[1].text)


def near(node: Near, weigh: Weigh = unweighed) -> Query:
    """Two strings near each other; of others, articles with all of them in one part: `verifying` looks closer."""
    shared = set.intersection(*(set(phrase.parts) for phrase in node.phrases)) if node.phrases else set()
    if any(is_blank(phrase.text) for phrase in node.phrases):
        return NONE
    found = [_rows(part, node) for part in PARTS if part in shared]
    if not found:
        return NONE
    return {"bool": {"filter": [either(found)], "should": [string(one, weigh((one,))) for one in node.phrases]}}


def _rows(part: Part, node: Near) -> Query:
    if not tells(node):
        return {"bool": {"filter": [_phrase(part, by_pairs(readings(one.text)), 1) for one in node.phrases]}}
    return close(part, [by_characters(readings(phrase.text)) for phrase in node.phrases], node.distance)


def _flat(query: Query, weight: float) -> Query:
    """A query that weighs the same wherever it matches: intervals by themselves weigh less the longer they are."""
    return {"constant_score": {"filter": query, "boost": max(weight, 0.0)}}


def close(part: Part, texts: list[str], distance: int) -> Query:
    """Two strings, in either order, not overlapping, with at most so many characters between."""
    rows = [
        {"all_of": {"mode": "ordered", "max_gaps": distance, "intervals": [
            {"match": {"query": text, "mode": "ordered", "max_gaps": 0}} for text in order]}}
        for order in permutations(texts)
    ]  # fmt: skip
    return {"intervals": {part: {"any_of": {"intervals": rows}}}}


def closeness(nodes: tuple[Node, ...], weigh: Weigh) -> list[Query]:
    """What weighs more: characters of the query that follow each other, words that stand near."""
    if weigh is unweighed:
        return []
    more: list[Query] = []
    for run in word_runs(nodes):
        text = "".join(folded_strings(word.text)[1] for word in run)
        for pair in dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1)):
            one = Phrase(pair, parts=run[0].parts)
            more.append(string(one, PAIR * weigh((one,))))
        for two in dict.fromkeys(pairwise(run)):
            weight = NEAR * max(weigh((word,)) for word in two)
            texts = [by_characters(readings(word.text)) for word in two]
            more += [_flat(close(part, texts, NEAR_CHARACTERS), weight) for part in _parts(run[0].parts)]
    return more


def condition(node: Key | Dates) -> Query:
    """A node that only filters."""
    match node:
        case Key("id", value):
            return {"term": {"public_id": value}}
        case Key("topic", value):
            return {"term": {"topic_key": name_key(value)}}
        case Key("author", value):
            return {"term": {"author": name_key(value)}}
        case Key(name, value):
            return {"term": {name: value}}
        case Dates(unknown=True):
            return {"bool": {"must_not": [{"exists": {"field": "latest"}}]}}
    within: list[Query] = [{"exists": {"field": "latest"}}]
    if node.earliest is not None:
        within.append({"range": {"earliest": {"gte": node.earliest.toordinal()}}})
    if node.latest is not None:
        within.append({"range": {"latest": {"lte": node.latest.toordinal()}}})
    if node.exact:
        within.append({"term": {"exact_day": True}})
    return filtered(within)


def _parts(parts: tuple[Part, ...]) -> list[Part]:
    return [part for part in PARTS if part in parts]
