"""Regiments (团场) of the 兵团 in running text: 一八三团, 183团, 第七十一团.

Papers write a regiment by its number alone. The table of townships has many of them under the county
they lie in (兵团七十一团); one that it has not, or only as a part of another (…分部), stands for the
city or county of its division (regiments.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from .names_in_use import Candidate, Hit, Kind, Surface
from .units import Unit, table

_DIGITS = "零一二三四五六七八九"
_OFFICIAL = re.compile(rf"([{_DIGITS}十]{{2,4}})团(?!分部|分场)")
_NAMED = re.compile(
    rf"(?:第)?(?<![{_DIGITS}〇十百千万\d])([{_DIGITS}〇十]{{2,4}}|\d{{2,3}})团"
    r"(?![队伙购结体员聚圆费委支课日建餐子粉])(?!长|部队)"
)
#: A text of the 兵团 says one of these; 三十八团 of other texts is the army's.
_SETTING = re.compile("兵团|团场|连队|师市|垦区|职工群众|农[一二三四五六七八九十]+师")


class Regiments:
    """Numbers of regiments and the units they stand for."""

    def __init__(self, townships: Iterable[Unit], by_code: Mapping[str, Unit]) -> None:
        self._candidates: dict[int, Candidate] = {}
        self._divisions: dict[int, Candidate] = {}
        for row in table("regiments.tsv"):
            for digits in row["numbers"].split():
                self._divisions[int(digits)] = Candidate(by_code[row["code"]], Kind.ZONE)
        self._candidates.update(self._divisions)
        for unit in townships:
            match = _OFFICIAL.search(unit.name) if "兵团" in unit.name else None
            number = _number(match[1]) if match else None
            if number is not None and number in self._candidates:
                self._candidates[number] = Candidate(unit, Kind.FULL)

    def hits(self, folded: str) -> Iterator[Hit]:
        """Regiments named in a text of the 兵团, as (start, end, surface).

        Several of one division stand for its city or county, whatever townships they are.
        """
        if "团" not in folded or _SETTING.search(folded) is None:
            return
        named = [(match, _number(match[1])) for match in _NAMED.finditer(folded)]
        known = [(match, number) for match, number in named if number in self._candidates]
        regiments = {number for _, number in known}
        of_one = len(regiments) > 1 and len({self._divisions[number].unit for number in regiments if number}) == 1
        for match, number in known:
            if number is not None:
                candidate = (self._divisions if of_one else self._candidates)[number]
                yield match.start(), match.end(), Surface(match.group(), (candidate,), False)


def _number(text: str) -> int | None:
    """一八三, 七十一 and 183 as a number; None for what is none."""
    if text.isdecimal():
        return int(text)
    text = text.replace("〇", "零")
    if "十" not in text:
        return int("".join(str(_DIGITS.index(digit)) for digit in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones or "零" in (tens, ones):
        return None
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)
