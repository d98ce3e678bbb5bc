"""Where a text tells what could hurt a private person: ID numbers, mobile numbers, home addresses.

Only a finder: whether to cover a place is for an editor to say. Numbers of offices (fixed lines, hotlines)
are no personal data, and an address counts only when it leads to a door.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .fold import fold

Kind = Literal["id", "phone", "address"]

#: Weights and check characters of an identity number (GB 11643—1999, ISO 7064 MOD 11-2).
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10x98765432"

_ID = re.compile(r"(?<![0-9a-z])([1-8]\d{5})(\d{4})(\d{2})(\d{2})(\d{3}[\dx])(?![0-9a-z])", re.ASCII)
_OLD_ID = re.compile(r"(?<![0-9a-z])([1-8]\d{5})(\d{2})(\d{2})(\d{2})\d{3}(?![0-9a-z])", re.ASCII)
_PHONE = re.compile(r"(?<![0-9a-z.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![0-9a-z])", re.ASCII)
_LIVES = r"(?:家住|现住(?:址|地)?|居住(?:地址|地|在|于)?|(?:家庭)?住址|家庭地址|户籍地|住在|暂住)(?:在|于|为|是)?[:\s]*"
_NUMBER = r"[0-9一二三四五六七八九十百零〇甲乙a-d]{1,6}"
_DOOR = rf"{_NUMBER}(?:号楼|栋|幢|座|#楼)?(?:-?{_NUMBER})*\s*(?:单元|室|号|户)(?!文|令|线|文件|公告|通告|病例|院)"
_HOME = re.compile(rf"{_LIVES}(?P<where>[^,。;、!?\s]{{0,36}}?{_DOOR}(?:{_NUMBER}(?:单元|室|号|户|层|楼))*)")
#: 住 by itself says so too, where a flat or the number of a house in a street follows.
_LIVES_AT = re.compile(
    rf"(?<![居入收医暂内院守堵记留封稳管拦站困挡抓保顶扛锁撑])住(?![院宿建进房户宅民所])(?P<where>[^,。;、!?\s]{{0,36}}?"
    rf"(?:{_NUMBER}(?:单元|室)|[路街道巷弄村组]{_NUMBER}号(?!文|令|线|公告|通告|病例|院|楼))(?:{_NUMBER}(?:单元|室|号|户|层|楼))*)"
)
_FLAT = re.compile(
    rf"{_NUMBER}(?:号楼|栋|幢|座|#楼){_NUMBER}单元(?:{_NUMBER}(?:室|号|户))?|{_NUMBER}(?:号楼|栋|幢|座){_NUMBER}(?:室|户)"
    rf"|{_NUMBER}单元{_NUMBER}(?:室|户)"
)
#: Street, village or estate with its number, as it stands before the number of a flat; verbs and particles end it.
_STREET = re.compile(
    rf"(?>[^\W\d_a-z在到往住于去了从是的给将把和与及者敲走进被]{{1,8}}?(?:大道|路|街|巷|弄|胡同|村|小区|社区|花园|家园|家苑|新城|公寓|苑|里|庄|屯|坊|府)"
    rf"(?:{_NUMBER}(?:号院|号|弄|组|期|区))?)+$"
)
_TO_THE_TOWN = re.compile(r".*(?:省|市|自治州|县|(?<![小社园])区|旗|镇|乡|街道)(?=[^\W\d_]{2})")
_BEFORE_A_FLAT = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """Characters [start, end) of the text, and how sure it is that they are what `kind` says."""

    kind: Kind
    start: int
    end: int
    confidence: float


def is_identity_number(text: str) -> bool:
    """Whether 18 characters are an identity number: a possible birthday and the right check character."""
    digits = fold(text)
    match = _ID.fullmatch(digits)
    if match is None or not _possible(int(match[2]), int(match[3]), int(match[4])):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return _CHECKS[total % 11] == digits[17]


def find_personal_data(text: str) -> list[Finding]:
    """All findings in order; they do not overlap. Places are those of `text` (the fold keeps them)."""
    taken: list[Finding] = []
    for finding in _all(fold(text)):
        if all(finding.end <= other.start or other.end <= finding.start for other in taken):
            taken.append(finding)
    return sorted(taken, key=lambda finding: finding.start)


#: Without one of these there is nothing of the kind: most texts are told by a glance.
_DIGITS = re.compile(r"[0-9]{4}")
_DWELLING = re.compile(r"住|家庭地址|户籍地")
_BUILDING = re.compile(r"[栋幢座]|号楼|#楼|单元")


def _all(text: str) -> Iterator[Finding]:
    if _DIGITS.search(text):
        yield from _numbers(text)
    if _DWELLING.search(text):
        for pattern, confidence in ((_HOME, 0.85), (_LIVES_AT, 0.75)):
            for match in pattern.finditer(text):
                yield Finding("address", match.start("where"), match.end("where"), confidence)
    if _BUILDING.search(text):
        for match in _FLAT.finditer(text):
            yield Finding("address", _start_of_street(text, match.start()), match.end(), 0.7)


def _numbers(text: str) -> Iterator[Finding]:
    for match in _ID.finditer(text):
        if is_identity_number(match[0]):
            yield Finding("id", match.start(), match.end(), 0.99)
        elif _possible(int(match[2]), int(match[3]), int(match[4])):
            # A slip in one digit makes it no less a person's number.
            yield Finding("id", match.start(), match.end(), 0.7)
    for match in _OLD_ID.finditer(text):
        if _possible(1900 + int(match[2]), int(match[3]), int(match[4])):
            yield Finding("id", match.start(), match.end(), 0.6)
    for match in _PHONE.finditer(text):
        yield Finding("phone", match.start(), match.end(), 0.9)


def _start_of_street(text: str, flat: int) -> int:
    """Where the street begins that the flat at `flat` stands in, without the town before it; `flat` where none is named."""
    base = max(0, flat - _BEFORE_A_FLAT)
    street = _STREET.search(text[base:flat])
    if street is None:
        return flat
    town = _TO_THE_TOWN.match(street[0])
    return base + street.start() + (town.end() if town else 0)


def _possible(year: int, month: int, day: int) -> bool:
    try:
        return date(1880, 1, 1) <= date(year, month, day) <= date(2030, 1, 1)
    except ValueError:
        return False
