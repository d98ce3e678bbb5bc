"""Did you mean: another spelling of a query that finds little, by sound or by one wrong character."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from . import engines as engine
from .engine.lexicon import Lexicon
from .folded import name_key
from .tree import Phrase

#: A query that finds no more is asked whether it was meant so.
FEW = 2
#: Runs of a query that are looked at, and characters of each.
_MOST_RUNS, _LONGEST_RUN, _LONGEST_WINDOW = 4, 16, 6
#: Spellings that are tried by searching for them.
_MOST_TRIED = 30
_RUN = re.compile(r"[㐀-鿿]{2,}|[A-Za-z]{3,}")


def did_you_mean(query: str, total: int, count: Callable[[str], int]) -> str | None:
    """A spelling of `query`, which found `total` articles, that finds more than twice as many and one at least.

    `count` tells how many articles a query finds, under the filters of the search. A part of the query
    that stands nowhere is replaced by a frequent word that sounds the same (网隔员 → 网格员, kouzhao → 口罩),
    else by one of three characters or more that differs in one.
    """
    if total > FEW:
        return None
    best: tuple[int, str] | None = None
    for number, spelling in enumerate(_spellings(query, engine.words())):
        if number == _MOST_TRIED:
            break
        found = count(spelling)
        if found > 2 * total and (best is None or found > best[0]):
            best = found, spelling
            if number < 3:  # the first ones sound the same as the longest part: nothing later is as near
                break
    return best[1] if best else None


def _spellings(query: str, words: Lexicon) -> Iterator[str]:
    """Other spellings, the nearest first: by sound before by one character, longer parts before shorter ones."""
    seen = {query}
    parts = list(_unknown(query))
    for others in (words.sounding, words.one_off):
        for start, end in parts:
            for word in others(name_key(query[start:end]))[:5]:
                spelling = query[:start] + word + query[end:]
                if spelling not in seen:
                    seen.add(spelling)
                    yield spelling


def _unknown(query: str) -> Iterator[tuple[int, int]]:
    """Parts of the query that stand in no article, or are Latin; the longest first. Names of fields are left alone."""
    windows: list[tuple[int, int]] = []
    for match in list(_RUN.finditer(query))[:_MOST_RUNS]:
        start, end = match.span()
        if query[end : end + 1] in (":", "："):
            continue
        if match[0].isascii():
            windows.append((start, end))
            continue
        end = min(end, start + _LONGEST_RUN)
        windows += [(a, b) for a in range(start, end) for b in range(a + 2, min(end, a + _LONGEST_WINDOW) + 1)]
    windows.sort(key=lambda window: (window[0] - window[1], window[0]))
    for start, end in windows:
        if query[start:end].isascii() or not engine.holds(Phrase(query[start:end])):
            yield start, end
