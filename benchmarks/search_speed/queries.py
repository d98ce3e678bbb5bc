"""Query classes, drawn by a fixed seed from the collection itself: at least 200 distinct queries a class."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import Literal

import rjieba

from .corpus import Passage, characters

_HAN = re.compile(r"[一-鿿]+")


PAGE = 20
#: Hits whose lines one page of a concordance sorts, as ours does.
MOST_LINED = 5_000


@dataclass(frozen=True, slots=True)
class Query:
    """`phrases` combined by `joined`; each is a string that must stand in the text."""

    phrases: tuple[str, ...]
    joined: Literal["and", "or"] = "and"
    province: str | None = None
    days: tuple[int, int] | None = None  # yyyymmdd, both included
    newest_first: bool = False
    offset: int = 0
    limit: int = PAGE
    facets: bool = False
    highlights: bool = False  # of every hit of the page
    lines: bool = False  # a page of the concordance: every place in the hits, sorted by what follows


def classes(rows: list[Passage], number: int = 200) -> dict[str, list[Query]]:
    """Class name → distinct queries. Where the collection is small, page 500 has fewer: few words are that common."""
    chance = random.Random(20200408)
    documents: Counter[str] = Counter()
    for row in rows[:20_000]:
        documents.update(set(_two_characters(row.text)))
    ranked = sorted(documents, key=lambda word: (-documents[word], word))  # the same in every process
    common = ranked[: number + 50]
    middle = ranked[500:4000]
    rare = [word for word in ranked if 3 <= documents[word] <= 10]
    chance.shuffle(rare)
    provinces = sorted({row.province for row in rows[:5000]})

    def phrases(length: int) -> list[Query]:
        found: dict[str, None] = {}
        while len(found) < number:
            text = _HAN.findall(characters(chance.choice(rows).text))
            run = chance.choice(text) if text else ""
            if len(run) >= length:
                start = chance.randint(0, len(run) - length)
                found[run[start : start + length]] = None
        return [Query((phrase,)) for phrase in found]

    base = [Query((word,)) for word in common[:number]]
    fours = phrases(4)
    pairs = [Query((common[i % len(common)], middle[i * 7 % len(middle)])) for i in range(number)]
    deep = [Query(some, joined="or", offset=PAGE * 499) for some in islice(_on_many_pages(rows, common[:16]), number)]
    return {
        "common": base,
        "rare": [Query((word,)) for word in rare[:number]],
        "and of two": pairs,
        "or of two": [replace(query, joined="or") for query in pairs],
        "phrase of 2": phrases(2),
        "phrase of 4": fours,
        "phrase of 8": phrases(8),
        "province filter": [replace(query, province=provinces[i % len(provinces)]) for i, query in enumerate(base)],
        "date range": [
            replace(query, days=(20200201 + 100 * (i % 8), 20200328 + 100 * (i % 8))) for i, query in enumerate(base)
        ],
        "date order": [replace(query, newest_first=True) for query in base],
        "page 500": deep,
        "three facets": [replace(query, facets=True) for query in base],
        "three facets over everything": [Query((), facets=True, offset=PAGE * i) for i in range(number)],
        "highlights of 20": [replace(query, highlights=True) for query in base],
        "concordance": [replace(query, lines=True, newest_first=True, limit=MOST_LINED) for query in fours],
    }


def _on_many_pages(rows: list[Passage], words: list[str]) -> Iterator[tuple[str, ...]]:
    """Words, six at a time, of which one at least stands in so many passages that their hits fill 500 pages."""
    texts = [characters(f"{row.title}\ue0ff{row.text}") for row in rows[:20_000]]
    held = {word: {number for number, text in enumerate(texts) if word in text} for word in words}
    for some in combinations(words, 6):
        if len(set().union(*(held[word] for word in some))) * len(rows) / len(texts) > PAGE * 500:
            yield some


def _two_characters(text: str) -> list[str]:
    return [word for run in _HAN.findall(text) for word in rjieba.cut(run) if len(word) == 2]
