"""What a page is about: a place drawn from the division tables, a day of the three years, an outlet, people."""

import functools
import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from archive.places.units import Unit, divisions

from .people import people

FIRST_DAY, LAST_DAY = date(2020, 1, 23), date(2022, 12, 31)
#: Prefecture level units that only hold counties and have no name in use.
_HOLDERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@dataclass(frozen=True)
class Subject:
    """The truth of a page that is not its text."""

    county: Unit
    township: Unit | None
    village: str
    day: date
    outlet: str
    authors: tuple[str, ...]

    @property
    def prefecture(self) -> str:
        """The name of the prefecture, "" where the province holds the county itself."""
        line = self.county.line
        return line[1].name if len(line) > 2 and line[1].name not in _HOLDERS else ""

    @property
    def province(self) -> str:
        return self.county.province.name


@functools.cache
def _counties() -> tuple[tuple[Unit, ...], dict[str, list[Unit]], Counter[str]]:
    table = divisions()
    counties = tuple(
        u
        for u in table.by_code.values()
        if u.level == "county" and u.coded and u.reported is u and u.name not in _HOLDERS
    )
    townships: dict[str, list[Unit]] = {}
    for unit in table.townships():
        if unit.name[-1] in "乡镇" and unit.parent is not None:
            townships.setdefault(unit.parent.code, []).append(unit)
    return counties, townships, Counter(u.name for u in counties)


def is_alone(county: Unit) -> bool:
    """Whether no other county bears this name."""
    return _counties()[2][county.name] == 1


def subject(rng: random.Random) -> Subject:
    """Draw a place, all counties alike; a day; the paper, site or office that printed it; one or two writers."""
    counties, townships, _ = _counties()
    county = rng.choice(counties)
    town = rng.choice(townships[county.code]) if townships.get(county.code) and rng.random() < 0.7 else None
    village = rng.choice("柳石杨上下东西南北大小") + rng.choice("湾桥庄坡河岭沟坪塘") + rng.choice(("村", "村", "社区"))
    day = FIRST_DAY + timedelta(days=rng.randrange((LAST_DAY - FIRST_DAY).days))
    return Subject(county, town, village, day, _outlet(county, rng), tuple(people(rng)))


def _outlet(county: Unit, rng: random.Random) -> str:
    """Papers of the prefecture or province, sites, media centres: kinds of outlet seen on pages of every province."""
    line = county.line
    above = line[1].short if len(line) > 2 and line[1].name not in _HOLDERS else line[0].short
    return rng.choice(
        (
            f"{above}日报",
            f"{above}晚报",
            f"{above}新闻网",
            f"{above}广播电视台",
            f"{county.short}融媒",
            f"{county.name}融媒体中心",
            f"{line[0].short}日报",
        )
    )
