"""The frequent words of the index, for suggestions and corrections."""

from __future__ import annotations

import time

from opensearchpy.exceptions import NotFoundError

from ..engine.lexicon import FEWEST_ARTICLES, MOST_WORDS, Entry, Lexicon
from .connection import Unreachable, alias, client, reaching

#: Seconds for which the words are kept: counting them all takes the cluster longer than a search.
KEPT = 60.0
_kept: dict[str, tuple[float, Lexicon]] = {}


def lexicon() -> Lexicon:
    """The frequent words; those known before, or none, where no node answers."""
    name = alias()
    made, known = _kept.get(name, (float("-inf"), Lexicon(())))
    if time.monotonic() - made < KEPT:
        return known
    asked = {
        "size": 0,
        "aggs": {"word": {"terms": {"field": "word", "size": MOST_WORDS, "min_doc_count": FEWEST_ARTICLES}}},
    }
    try:
        found = reaching(lambda: client().search(index=name, body=asked))
    except (Unreachable, NotFoundError):
        return known
    words = Lexicon([Entry(one["key"], one["doc_count"]) for one in found["aggregations"]["word"]["buckets"]])
    _kept[name] = (time.monotonic(), words)
    return words
