"""How rare the strings of a query are, in the whole index: counted before the search and sent with it as boosts."""

from __future__ import annotations

import math

from ..tree import And, Near, Node, Or, Phrase, Variants
from .connection import alias, client, reaching
from .queries import Weigh, either, query_of, string

_Strings = tuple[Phrase, ...]


def weighing(node: Node) -> Weigh:
    """The idf of each string of `node`, as the engine on disk has it. One question to the cluster, none without strings."""
    asked: dict[_Strings, None] = {}

    def collect(strings: _Strings) -> float:
        asked[strings] = None
        return 1.0

    query_of(node, collect)
    if not asked:
        return collect
    lines: list[dict[str, object]] = [{"index": alias()}, {"size": 0, "track_total_hits": True}]
    for strings in asked:
        counted = {"size": 0, "track_total_hits": True, "query": either([string(one, 1.0) for one in strings])}
        lines += [{"index": alias()}, counted]
    found = reaching(lambda: client().msearch(body=lines))["responses"]
    totals = [one["hits"]["total"]["value"] if "hits" in one else 0 for one in found]
    count = totals[0]
    known = {
        strings: math.log1p((count - held + 0.5) / (held + 0.5))
        for strings, held in zip(asked, totals[1:], strict=True)
    }
    return known.__getitem__


def is_weighed(node: Node) -> bool:
    """Whether anything in `node` gives an article a weight."""
    match node:
        case And(parts) | Or(parts):
            return any(map(is_weighed, parts))
        case Phrase() | Near() | Variants():
            return True
    return False
