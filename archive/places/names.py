"""Names of divisions as readers see them: short, from the province down, in three languages.

市辖区, 县 and 省直辖县级行政区划 are rows of statistics, not names: they are no units here and so
never appear.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Literal

from django.utils.translation import get_language
from opencc import OpenCC

from .units import Unit, divisions

Language = Literal["zh-hans", "zh-hant", "en"]
SEPARATOR = " › "

#: What OpenCC's s2t makes of words and would spoil in names (里 of 道里, 干 of 新干, 游 of 游仙).
_SPARED = str.maketrans("裏遊羣峯牀幹佔衆", "里游群峰床干占眾")


def reader_language() -> Language:
    """The language that the page is being written in."""
    active = get_language() or ""
    return "en" if active.startswith("en") else "zh-hant" if active == "zh-hant" else "zh-hans"


def in_reader_script(name: str) -> str:
    """A Chinese official name in the characters of the page."""
    return traditional_name(name) if reader_language() == "zh-hant" else name


@functools.lru_cache(maxsize=4096)
def traditional_name(name: str) -> str:
    """Return the traditional form of an official name: 遂宁市 → 遂寧市, 天台县 → 天台縣."""
    converted: str = _to_traditional().convert(name)
    return converted.translate(_SPARED)


@functools.cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


def unit_name(unit: Unit, language: Language = "zh-hans", *, short: bool = True) -> str:
    """Return one unit's name: 大英 (大英县 when not `short`), Daying County in English."""
    if language == "en":
        return unit.english
    name = unit.short if short and unit.level != "township" else unit.name
    return traditional_name(name) if language == "zh-hant" else name


def chain_names(code: str, language: Language = "zh-hans") -> list[str]:
    """Return short names from the province down to `code` (six or nine digits).

    Raises KeyError when none of the four editions holds the code.
    """
    return [unit_name(unit, language) for unit in divisions().by_code[code].line if unit.level != "zone"]


def chain_text(code: str, language: Language = "zh-hans") -> str:
    """Return 四川 › 遂宁 › 大英 for 510923; Sichuan › Suining › Daying County in English."""
    return SEPARATOR.join(chain_names(code, language))


def chain_of_names(names: Sequence[str], language: Language = "zh-hans") -> str:
    """Return the same for official names (as an article's place holds them, a township may stand last).

    Names that no unit bears below the one before are shown as they are.
    """
    shown: list[str] = []
    above: Unit | None = None
    for name in names:
        unit = _parts_by_name().get(above, {}).get(name) if above is not None or not shown else None
        shown.append(unit_name(unit, language) if unit else traditional_name(name) if language == "zh-hant" else name)
        above = unit
    return SEPARATOR.join(shown)


def township_name(code: str, name: str, language: Language = "zh-hans") -> str:
    """Return the name of a township of the unit `code` (大英县's 蓬莱镇 is Penglai Town); one that the tables lack as it is."""
    if language == "en":
        unit = _parts_by_name().get(divisions().by_code.get(code), {}).get(name)
        return unit.english if unit and unit.english else name
    return traditional_name(name) if language == "zh-hant" else name


@functools.cache
def _parts_by_name() -> dict[Unit | None, dict[str, Unit]]:
    """Each unit with the units right below it, by their official names; None with the provinces."""
    table = divisions()
    found: dict[Unit | None, dict[str, Unit]] = {}
    for unit in (*table.by_code.values(), *table.parts):
        if unit.reported is unit:
            found.setdefault(unit.parent, {})[unit.name] = unit
    return found
