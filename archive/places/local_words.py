"""Words that only one place uses: 隆亨邨善心楼 and 本港 of Hong Kong, 乡公所 of Taiwan, 本澳 of Macao.

They tell the province of a piece whose names are of estates and buildings, which no table holds. The words stand in
data/local_words.tsv, each with the reason why no other place has them.
"""

from __future__ import annotations

import functools
import re

from .units import Unit, divisions, table


@functools.cache
def _words() -> tuple[tuple[re.Pattern[str], Unit], ...]:
    by_code = divisions().by_code
    return tuple((re.compile(row["words"]), by_code[row["code"]]) for row in table("local_words.tsv"))


def local_words(folded: str) -> dict[tuple[int, int], Unit]:
    """Return the span in which each word of one place first stands in `folded`, and that place."""
    found = {}
    for pattern, unit in _words():
        match = pattern.search(folded)
        if match:
            found[match.span()] = unit
    return found
