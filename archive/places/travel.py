"""Places that a text names only because people were there or may come from there: 旅居史, 划为中风险地区.

A notice that has arrivals from elsewhere checked lists districts of several provinces; none of them is
the place of the notice. Within one province the list may be the story itself and is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from .names_in_use import Surface
from .units import DEPTH

TRAVEL = "travel-history"
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_TRAVELLED = re.compile(
    r"旅居史|旅居人员|(?:确定|划定|划|调整|列|升级?)(?:公布)?(?:为|成)?(?:新冠肺炎)?(?:疫情)?[高中](?:、中)?(?:风险)|(?:高|中)风险地?区(?:名单|如下)"
)
#: Behind the place that gives the notice.
_GIVES = re.compile(
    r"^(?:省|市|县|区|州|自治区)?(?:对|下发|发布|要求|提醒|呼吁|紧急|最新|明确|疾控|卫健|疫情防控|新冠|应对|[:：|])"
)
#: What is left of the weight of a place where people were.
_LEFT = 0.05


class _Mention(Protocol):
    start: int
    end: int
    surface: Surface
    weight: float
    factor: float
    rule: str


def weigh_travel(text: str, found: Sequence[_Mention]) -> None:
    """Take their weight from the names of a sentence that lists where people were, in two provinces and more."""
    if not _TRAVELLED.search(text):
        return
    for sentence in _SENTENCE.finditer(text):
        ends = [match.end() for match in _TRAVELLED.finditer(text, sentence.start(), sentence.end())]
        if not ends:
            continue
        named = [m for m in found if sentence.start() <= m.start < ends[-1]]
        listed = [m for m in named if not _GIVES.match(text[m.end : m.end + 8])]
        provinces = {m.surface.candidates[0].unit.province for m in listed if _is_plain(m)}
        if len(provinces) < 2:
            continue
        for mention in listed:
            mention.weight *= _LEFT
            mention.factor *= _LEFT
            mention.rule = TRAVEL


def _is_plain(mention: _Mention) -> bool:
    """Tell whether the name is that of a province, a prefecture or one county alone."""
    candidates = mention.surface.candidates
    return DEPTH[candidates[0].unit.level] <= 2 and (len(candidates) == 1 or mention.surface.official)
