"""The gazetteer: every name under which a division is written, found in running text in one pass.

Text and names are folded alike (archive.text.fold), and each name also stands in its `tw2s`
reading, so that 乾县, which conversion turns into 干县, is found however it is printed.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator

from archive.text.fold import fold
from archive.text.script import to_simplified
from archive.text.spotting import Beginnings

from .names_in_use import Candidate, Hit, Kind, Surface
from .regiments import Regiments
from .surfaces import aliases
from .township_names import TownshipNames
from .units import Unit, divisions, table, word_list
from .zone_names import zone_surfaces

__all__ = ["Candidate", "Gazetteer", "Hit", "Kind", "Surface", "gazetteer"]


def _by_place(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _worth(surface: Surface) -> float:
    """How much text a name explains: its length, less for each piece, for words and for names by rule."""
    if not surface.candidates:
        return len(surface.text) + 0.5
    made = 0.3 if surface.candidates[0].unit.level == "township" and not surface.official else 0.0
    return len(surface.text) - 0.6 + (0.5 if surface.firm else 0.0) - (0.7 if surface.ordinary else 0.0) - made


def _best_cover(hits: list[Hit]) -> list[Hit]:
    """The names, none overlapping another, that are worth most together (hits in order of place)."""
    best: list[tuple[float, list[Hit]]] = [(0.0, [])]
    ends: list[int] = [hits[0][0]]
    for hit in sorted(hits, key=lambda h: (h[1], -h[0])):
        before = max((best[i] for i in range(len(ends)) if ends[i] <= hit[0]), key=lambda pair: pair[0])
        best.append((before[0] + _worth(hit[2]), [*before[1], hit]))
        ends.append(hit[1])
    return max(best, key=lambda pair: pair[0])[1]


#: Names in use that no rule gives.
_OTHER_NAMES = {
    "内蒙": "150000", "广西自治区": "450000", "宁夏自治区": "640000", "新疆自治区": "650000", "呼市": "150100",
    "前郭": "220721", "喀左": "211324", "阜蒙县": "210921", "土左旗": "150121", "土右旗": "150221", "达茂旗": "150223",
    "科右前旗": "152221", "科右中旗": "152222", "科左中旗": "150521", "科左后旗": "150522", "察右前旗": "150926",
    "察右中旗": "150927", "察右后旗": "150928", "莫旗": "150722", "巴州库尔勒": "652801", "香港特区": "810000",
    "澳门特区": "820000", "港岛": "810000", "新界": "810000", "氹仔": "820000", "路氹": "820000", "路环": "820000",
    "黔西南州兴义": "522301", "恩施自治州": "422800", "湘西自治州": "433100", "伊犁州": "654000", "台湾地区": "710000",
    "博州": "652700", "高雄": "710000", "神农架林区": "429021",
}  # fmt: skip
#: Rows of the township table that are no names by which a text tells its place.
_GENERIC_TOWNSHIP = re.compile(
    "^(.{0,3}(工业园|开发区|园区|管理区|产业园|示范区|高新区|试验区|风景区|保税区|集聚区|新区|集中区|度假区|监狱|林场|农场|渔场|牧场|良种场|原种场|水库|国有|省属|直属).*)$|^(原种|种畜|园艺|种猪|畜牧|种羊|葡萄|果树|奶牛|种马|蚕种|苗圃|果林|种蜂|渔种)场$|^(林业局|农科所|棉科所|劳教所)$"
)
#: Where a word that is no place (北海道) goes on so, it is another: 北海道路, 北海道口.
_OTHER_ROADS = frozenset(("道路", "道口"))


class Gazetteer:
    """Names to units and back. Made once a process by `gazetteer()`."""

    def __init__(self) -> None:
        self.divisions = divisions()
        uncoded = (unit for unit in self.divisions.parts if unit.level == "township")
        self._townships = TownshipNames((*self.divisions.townships(), *uncoded))
        self._regiments = Regiments(self._townships.others, self.divisions.by_code)
        ordinary = word_list("ordinary_words.txt")
        found: dict[str, dict[Unit, Kind]] = {}
        names = list(self._names())
        printed = "\n".join(name for name, _, _ in names)
        for spelling in (printed, to_simplified(printed)):
            for key, (_, unit, kind) in zip(fold(spelling).split("\n"), names, strict=True):
                held = found.get(key)
                if held is None:
                    found[key] = {unit: kind}
                elif held.get(unit, kind) >= kind:
                    held[unit] = kind
        self._surfaces = {
            key: Surface(key, tuple(map(Candidate._make, units.items())), key in ordinary)
            for key, units in found.items()
            if len(key) >= 2
        }
        for word in word_list("not_places.txt"):
            self._surfaces.setdefault(word, Surface(word, (), False))
        lengths: dict[str, set[int]] = defaultdict(set)
        for key in self._surfaces:
            lengths[key[:2]].add(len(key))
        self._lengths = {pair: tuple(sorted(found)) for pair, found in lengths.items()}
        self._beginnings = Beginnings(self._lengths)

    def _names(self) -> Iterator[tuple[str, Unit, Kind]]:
        by_code = self.divisions.by_code
        parts = (unit for unit in self.divisions.parts if unit.level != "township")
        for unit in (*self.divisions.counties_up(), *parts):
            shown = unit.reported
            yield unit.name, shown, Kind.FULL if unit is shown else Kind.ALIAS
            for former in unit.former:
                yield former, shown, Kind.ALIAS
            if unit.short != unit.name:
                yield unit.short, shown, Kind.SHORT
            for other in aliases(unit.name, unit.level):
                yield other, shown, Kind.ALIAS
        for name, code in _OTHER_NAMES.items():
            yield name, by_code[code], Kind.ALIAS
        for zone in self.divisions.zones:
            if zone.parent is not None:
                for surface in zone_surfaces(zone):
                    yield surface, zone.parent, Kind.ZONE
        for row in table("zones.tsv"):
            for surface in filter(None, (row["name"], *row["aliases"].split(","))):
                yield surface, by_code[row["code"]], Kind.ZONE
        for unit in self._townships.others:
            if len(unit.name) > 2 and not _GENERIC_TOWNSHIP.match(unit.name):
                yield unit.name, unit, Kind.FULL

    def scan(self, folded: str) -> list[Hit]:
        """Names in `folded` text as (start, end, surface), in order, none overlapping another.

        Of names that overlap, those are kept that together cover most of the text (禅城 and 南庄镇,
        not 城南庄镇); a firm name wins over a county's short name as long (从江苏 holds 江苏, not 从江).
        """
        hits = list(self._hits(folded))
        # 桐乡, 景德镇 are larger units than their last word says
        hits += [hit for hit in self._townships.hits(folded) if hit[2].text not in self._surfaces]
        hits += self._regiments.hits(folded)
        hits.sort(key=_by_place)
        chosen: list[Hit] = []
        cluster: list[Hit] = []
        reach = 0
        for hit in hits:
            if hit[0] >= reach and cluster:
                chosen += cluster if len(cluster) == 1 else _best_cover(cluster)
                cluster = []
            cluster.append(hit)
            reach = max(reach, hit[1])
        chosen += cluster if len(cluster) < 2 else _best_cover(cluster)
        return [hit for hit in chosen if hit[2].candidates]

    def _hits(self, folded: str) -> Iterator[Hit]:
        """Names of counties and larger units, by the two characters that they begin with.

        An Aho-Corasick automaton (pyahocorasick) was measured to be slower here: at each character it
        looks through the hundreds of first characters one by one.
        """
        lengths = self._lengths
        for start in self._beginnings.in_text(folded):
            for length in lengths.get(folded[start : start + 2], ()):
                surface = self._surfaces.get(folded[start : start + length])
                end = start + length
                if surface is None or end > len(folded):
                    continue
                if surface.candidates or folded[end - 1 : end + 1] not in _OTHER_ROADS:
                    yield start, end, surface

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Units that `name` may stand for; none when it is no name."""
        key = fold(name)
        surface = self._surfaces.get(key) or self._townships.surface(key)
        return surface.candidates if surface else ()

    def unit(self, code: str) -> Unit | None:
        """The unit with `code` (six digits, nine for a township) of any of the four editions."""
        return self.divisions.by_code.get(code)

    def chain(self, code: str) -> tuple[str, ...]:
        """Official names from the province down to `code`; KeyError when there is no such code."""
        return tuple(u.name for u in self.divisions.by_code[code].line if u.level != "zone")


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this process (about a second to make, then shared)."""
    return Gazetteer()
