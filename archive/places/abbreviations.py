"""One-character names: 来(返)焦人员, 在蓉务工, 援鄂. They are read only in such a setting.

Where people come back to, the character tells the place of the story (返焦: 焦作); where help goes
to or people work, it tells of elsewhere. A character that begins the short name of a place that the
text may be about counts for that place before it counts for a province (返汝 in 汝州).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from .mentions import Mention
from .units import Unit, divisions, table

#: 来焦, 返焦, 来(返)焦, 来返焦人员: of the place itself.
_HOME = re.compile(
    r"(?:来\s?[(（]?返[)）]?|返\s?[(（]?来[)）]?|[来返入离抵]{1,2})([一-鿿])(?=人员|人士|务工|车辆|返乡|群众|的?人|返岗|货|学生|隔离)"
)


def home_characters(folded: str) -> dict[str, int]:
    """Characters that stand for the place of the story, with the first position of each."""
    found: dict[str, int] = {}
    for match in _HOME.finditer(folded):
        if match.group(1) not in "乡岗家校国境京":
            found.setdefault(match.group(1), match.start(1))
    return found


@functools.cache
def _provinces() -> dict[str, Unit]:
    by_code = divisions().by_code
    return {row["char"]: by_code[row["code"]] for row in table("abbreviations.tsv")}


def units_of(characters: Iterable[str], mentions: list[Mention]) -> dict[str, Unit]:
    """What each character stands for: a place that some name of the text may mean, or lies in, first;
    a province or city by its customary character otherwise. Characters that fit several are left out."""
    possible = {above for m in mentions for c in m.surface.candidates for above in c.unit.line[:3]}
    found: dict[str, Unit] = {}
    for char in characters:
        fitting = {u for u in possible if char in u.short[:2] and u.level in ("prefecture", "county")}
        lowest = [u for u in fitting if not any(u in other.line[:-1] for other in fitting)]
        if len(lowest) == 1:
            found[char] = lowest[0]
        elif not fitting and char in _provinces():
            found[char] = _provinces()[char]
    return found
