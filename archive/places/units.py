"""The division table in memory: one `Unit` a division, read once from the data files of this room."""

from __future__ import annotations

import csv
import functools
import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from archive.text.fold import fold

DATA = Path(__file__).parent / "data"

UnitLevel = Literal["province", "prefecture", "county", "township", "zone"]
#: From the province down; a zone stands beside counties but is none.
DEPTH: dict[str, int] = {"province": 0, "prefecture": 1, "zone": 2, "county": 2, "township": 3}


@dataclass(slots=True, eq=False)
class Unit:
    """One division.

    `code` has six digits, nine for a township; parts of Hong Kong, Macao and Taiwan carry the code
    of the whole, as the table has none for them. `first` and `last` are the years of the first and
    last edition that hold the unit, None where that is the first (2019) or the last (2022) of all.
    `line` is the unit and all above it, province first. `reported` is the unit of the edition of
    2020-06-30 that stands for this one (沙县区 of 2021 is 沙县).
    """

    code: str
    name: str
    short: str
    level: UnitLevel
    parent: Unit | None
    first: int | None = None
    last: int | None = None
    english: str = ""
    former: tuple[str, ...] = ()
    coded: bool = True
    line: tuple[Unit, ...] = field(default=(), repr=False)
    reported: Unit = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.line = (*(self.parent.line if self.parent else ()), self)
        self.reported = self

    @property
    def province(self) -> Unit:
        return self.line[0]

    @property
    def within_a_part(self) -> bool:
        """Whether it lies below a city or county of Taiwan, Hong Kong or Macao (新社区): its name alone says little."""
        return not self.coded and len(self.line) > 2

    def stood(self, when: date) -> bool:
        """Tell whether the unit stood in the year of `when`, as far as the four editions say."""
        return (self.first is None or when.year >= self.first - 1) and (self.last is None or when.year <= self.last + 1)

    def __repr__(self) -> str:
        return f"<{self.code} {'/'.join(u.name for u in self.line)}>"


@dataclass(frozen=True, slots=True)
class Divisions:
    """All units: `by_code` holds coded units of every edition (townships with nine digits)."""

    by_code: dict[str, Unit]
    parts: tuple[Unit, ...]
    zones: tuple[Unit, ...]

    def counties_up(self) -> Iterator[Unit]:
        return (u for u in self.by_code.values() if u.level in ("province", "prefecture", "county"))

    def townships(self) -> Iterator[Unit]:
        return (u for u in self.by_code.values() if u.level == "township")


def table(name: str) -> list[dict[str, str]]:
    """Rows of a tab-separated file of this room's data."""
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def word_list(name: str) -> frozenset[str]:
    """Words of a text file of this room's data, folded; lines that begin with # are remarks."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


def packed_lines(name: str) -> Iterator[list[str]]:
    """Lines of a compressed tab-separated file, split into their fields."""
    with lzma.open(DATA / name, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.removesuffix("\n").split("\t")


@functools.cache
def divisions() -> Divisions:
    """Read the whole table (about 45,000 units); once a process."""
    units: dict[str, Unit] = {}
    zones: list[Unit] = []
    for row in table("divisions.tsv"):
        unit = Unit(
            row["code"], row["name"], row["short"] or row["name"], row["kind"], units.get(row["parent"]),  # type: ignore[arg-type]
            int(row["first"]) if row["first"] else None, int(row["last"]) if row["last"] else None,
            row["english"], tuple(filter(None, row["other_names"].split(","))),
        )  # fmt: skip
        if unit.level == "zone":
            zones.append(unit)
        else:
            units[unit.code] = unit
    _report_successors(units)
    zone_parents = {zone.code: zone.parent for zone in zones}
    for county, *entries in packed_lines("townships.tsv.xz"):
        parent = units.get(county) or zone_parents.get(county) or units[county[:4] + "00"]
        for entry in entries:
            digits, name, english = entry.split("|")
            units[county + digits] = Unit(county + digits, name, name, "township", parent, english=english)
    return Divisions(units, tuple(_parts(units)), tuple(zones))


def _report_successors(units: dict[str, Unit]) -> None:
    """Let units that are not in the edition of 2020-06-30 be reported as the unit that stood then."""
    stated = {row["code"]: units[row["reported"]] for row in table("successors.tsv")}
    standing = {
        (u.province, u.short[:2] if len(u.short) == 2 else u.short): u
        for u in units.values()
        if u.level == "county" and u.first in (None, 2020) and u.last in (None, 2020, 2021)
    }
    for unit in list(units.values()):
        if unit.level != "county":
            continue
        gone, late = unit.last == 2019, unit.first is not None and unit.first > 2020
        if gone or late:
            unit.reported = stated.get(unit.code) or standing.get((unit.province, unit.short), unit)


def _parts(units: dict[str, Unit]) -> Iterator[Unit]:
    """Cities, counties and districts of Hong Kong, Macao and Taiwan, with the province's code."""
    above: dict[tuple[str, str], Unit] = {}
    for row in table("parts.tsv"):
        province = units[row["province"]]
        if not row["above"]:
            if province.code == "710000":
                above[province.code, row["name"]] = unit = _part(row, "prefecture", province)
                yield unit
            continue
        level: UnitLevel = "township" if row["name"][-1] in "乡镇" else "county"
        yield _part(row, level, above.get((province.code, row["above"]), province))


def _part(row: dict[str, str], level: UnitLevel, parent: Unit) -> Unit:
    name = row["name"]
    short = name[:-1] if len(name) > 2 and name[-1] in "市县区" else name
    return Unit(parent.code, name, short, level, parent, english=row["english"], coded=False)
