"""The map: one tile for each of the 34 units of province level, roughly where it lies.

It takes no position on borders, gives the small as much room as the large, and reads as a list
(in the order of the codes) without style.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from archive.places.gazetteer import gazetteer
from archive.places.names import Language, in_reader_script, reader_language, unit_name

from .scale import shade, thresholds

#: Column (1 to 8) and row (1 to 8) of each unit: our own arrangement, fit for eight columns on 320 px.
POSITIONS: dict[str, tuple[int, int]] = {
    "110000": (6, 3), "120000": (7, 3), "130000": (6, 4), "140000": (5, 4), "150000": (5, 3),
    "210000": (8, 3), "220000": (8, 2), "230000": (8, 1), "310000": (8, 5), "320000": (7, 5),
    "330000": (7, 6), "340000": (6, 5), "350000": (7, 7), "360000": (6, 6), "370000": (7, 4),
    "410000": (5, 5), "420000": (5, 6), "430000": (5, 7), "440000": (6, 7), "450000": (4, 7),
    "460000": (5, 8), "500000": (4, 5), "510000": (3, 5), "520000": (4, 6), "530000": (3, 6),
    "540000": (1, 5), "610000": (4, 4), "620000": (2, 4), "630000": (2, 5), "640000": (3, 4),
    "650000": (1, 4), "710000": (8, 7), "810000": (7, 8), "820000": (6, 8),
}  # fmt: skip


#: Where long English names may be divided, so that they fit a tile on a phone.
_DIVIDED = {
    name.replace("|", ""): name.replace("|", "\u00ad")
    for name in (
        "Heilong|jiang", "Xin|jiang", "Zhe|jiang", "Guang|dong", "Guang|xi", "Shan|dong", "Shang|hai", "Chong|qing",
        "Liao|ning", "Guizhou", "Sichuan", "Qing|hai", "Jiang|su", "Jiang|xi", "Inner Mon|golia",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit: where its tile stands, its shade (0 to 5), its count and the page that shows it.

    `chosen`: the search shown is of this unit.
    """

    code: str
    name: str
    full_name: str
    count: int
    url: str
    column: int
    row: int
    shade: int
    chosen: bool = False


def tiles(counts: Mapping[str, int], link: Callable[[str], str], chosen: Container[str] = ()) -> list[Tile]:
    """The 34 tiles by code, each with the address that `link` makes of its code. No database is asked."""
    bounds = thresholds(counts.get(code, 0) for code in POSITIONS)
    made = []
    for code, name, full_name, column, row in _units(reader_language()):
        count = counts.get(code, 0)
        made.append(Tile(code, name, full_name, count, link(code), column, row, shade(count, bounds), code in chosen))
    return made


@lru_cache(maxsize=4)
def _units(language: Language) -> tuple[tuple[str, str, str, int, int], ...]:
    """Code, short name, official name and place of each tile in a language, by code; the language is the reader's."""
    made = []
    for code, (column, row) in sorted(POSITIONS.items()):
        unit = gazetteer().unit(code)
        name = unit_name(unit, language) if unit else code
        full_name = in_reader_script(unit.name) if unit else code
        made.append((code, _DIVIDED.get(name, name), full_name, column, row))
    return tuple(made)


def tile_items(made: Iterable[Tile]) -> SafeString:
    """The tiles as items of a list. Written here and not in a template, for the page of results has them too."""
    pieces, on = escape(_("篇")), escape(_("已选，点击去掉"))
    rows = []
    for one in made:
        state, told = (' aria-current="true"', f"，{on}") if one.chosen else ("", "")
        rows.append(
            f'<li class="c{one.column} r{one.row}"><a class="k{one.shade}" href="{escape(one.url) or "?"}"{state}>'
            f'<span class="tn">{escape(one.name)}</span> <b>{one.count}<span class="vh"> {pieces}{told}</span></b></a></li>'
        )
    return mark_safe("\n".join(rows))  # noqa: S308  every value is escaped above
