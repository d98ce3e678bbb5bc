"""Names of townships and streets in running text.

There are 41,000, and each is written in several ways: 镇, 乡 and 街道 take each other's place as
towns are raised, 办事处 and 办 stand for 街道. They are looked up from their last word backwards,
for they all end in one of these words; those that do not (农场, 团场) are left to the gazetteer's
automaton.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from archive.text.fold import fold
from archive.text.script import to_simplified

from .names_in_use import Candidate, Hit, Kind, Surface
from .surfaces import short_name
from .units import Unit

_LAST_WORD = re.compile("街道|办事处|苏木|镇|乡|办(?![公事理学法好案实成起])")
_AT_END = re.compile("(街道|办事处|苏木|镇|乡|办)$")
_OFFICIAL = re.compile("^(.+?)(街道办事处|地区办事处|办事处|街道|苏木|镇|乡)$")
#: Words that end like a township and are none.
_NO_NAMES = frozenset(
    [
        "古镇",
        "城镇",
        "乡镇",
        "小镇",
        "集镇",
        "市镇",
        "村镇",
        "城乡",
        "新镇",
        "大街道",
        "老街道",
        "新街道",
        "街道",
        "返乡",
        "家乡",
    ]
)
_LONGEST = 10


class TownshipNames:
    """Stems (蓬莱 of 蓬莱镇) and the townships that bear them."""

    def __init__(self, townships: Iterable[Unit]) -> None:
        units: list[Unit] = []
        stems: list[str] = []
        self.others: list[Unit] = []
        for unit in townships:
            found = set(_stems(unit.name))
            if not found:
                self.others.append(unit)
            for stem in found:
                units.append(unit)
                stems.append(stem)
        self._units: dict[str, list[Unit]] = defaultdict(list)
        printed = "\n".join(stems)
        for spelling in (printed, to_simplified(printed)):
            for stem, unit in zip(fold(spelling).split("\n"), units, strict=True):
                if unit not in self._units[stem]:
                    self._units[stem].append(unit)
        self.surface = functools.lru_cache(maxsize=16384)(self._surface)

    def hits(self, folded: str) -> Iterator[Hit]:
        """Names of townships in `folded` text as (start, end, surface), some overlapping others."""
        for match in _LAST_WORD.finditer(folded):
            stem_end, end = match.span()
            for start in range(stem_end - 1, max(stem_end - _LONGEST, 0) - 1, -1):
                if folded[start:stem_end] in self._units:
                    surface = self.surface(folded[start:end])
                    if surface is not None:
                        yield start, end, surface
                if not "一" <= folded[start] <= "鿿":
                    break

    def _surface(self, name: str) -> Surface | None:
        """The townships that a folded name such as 蓬莱镇 may stand for, None when there is none."""
        match = _AT_END.search(name, 1)
        if match is None or name in _NO_NAMES:
            return None
        stem, last = name[: match.start()], match.group()
        candidates = []
        for unit in self._units.get(stem, ()):
            official = fold(unit.name) == name or fold(to_simplified(unit.name)) == name
            if official or _may_be(unit.name, stem, last):
                candidates.append(Candidate(unit, Kind.FULL if official else Kind.ALIAS))
        return Surface(name, tuple(candidates), False) if candidates else None


def _stems(name: str) -> Iterator[str]:
    official = _OFFICIAL.match(name)
    if official is None:
        return
    stem = official.group(1)
    yield stem
    short = short_name(name, "township")
    if short != name and short != stem:  # 青水畲族乡: 青水
        yield short
    if len(stem) > 1 and stem[-1] in "镇乡":  # 赵镇街道: 赵镇
        yield stem[:-1]


def _may_be(name: str, stem: str, last: str) -> bool:
    """Whether a township officially called `name` may be written `stem` + `last`."""
    if name.startswith(stem + last):
        return True  # 赵镇街道 as 赵镇, 王褚街道办事处 as 王褚街道
    rest = name[len(stem) :]
    raised = rest in ("镇", "乡", "街道", "办事处", "街道办事处", "地区办事处", "苏木") or rest.endswith("族乡")
    return raised and len(stem) > 1
