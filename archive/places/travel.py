"""Places that a text names only because people were there or may come from there: 旅居史, 划为中风险地区.

A notice that has arrivals from elsewhere checked lists districts of several provinces; none of them is
the place of the notice. Within one province the list may be the story itself and is left as it is.
What a sentence names before the word that opens such a list (修武县…患者有武汉市旅居史) is not of the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from .names_in_use import Surface
from .units import DEPTH, Unit

TRAVEL = "travel-history"
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_TRAVELLED = re.compile(
    r"旅居史|旅居人员|(?:确定|划定|划|调整|列|升级?)(?:公布)?(?:为|成)?(?:新冠肺炎)?(?:疫情)?[高中](?:、中)?(?:风险)|(?:高|中)风险地?区(?:名单|如下)"
)
#: Behind the place that gives the notice.
_GIVES = re.compile(
    r"^(?:省|市|县|区|州|自治区)?(?:对|下发|发布|要求|提醒|呼吁|紧急|最新|明确|疾控|卫健|疫情防控|新冠|应对|[:：|])"
)
#: Words that open a list of where people were.
_OPENS = re.compile(r"(?<![所没拥持享具设])有(?![关效序限所力人的])|来自|返自|摸排|排查|[到去]过|(?<!面)对")
#: A list that goes on behind its word: 青岛旅居史和深圳旅居史.
_GOES_ON = re.compile(r"[、,，和及与或]?(?:以及|或者)?")
#: How far behind such a word the first name of its list stands at most, in one clause.
_CLOSE, _BREAK = 16, re.compile("[,，;；:：]")
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
        for mention in _listed(text, sentence.start(), sentence.end(), found):
            mention.weight *= _LEFT
            mention.factor *= _LEFT
            mention.rule = TRAVEL


def _listed(text: str, start: int, end: int, found: Sequence[_Mention]) -> list[_Mention]:
    """The names in a sentence of two provinces and more that are listed as places where people were."""
    listed: list[_Mention] = []
    spared: list[_Mention] = []  # before the word that opens a list
    others: list[_Mention] = []  # in a clause that no such word opens
    for match in _TRAVELLED.finditer(text, start, end):
        named = [m for m in found if start <= m.start < match.end()]
        opened = _opening(text, start, named)
        goes_on = bool(listed and named) and _GOES_ON.fullmatch(text, start, named[0].start)
        start = match.end()
        for mention in named:
            if _GIVES.match(text[mention.end : mention.end + 8]):
                continue
            if goes_on or (opened is not None and mention.start >= opened):
                listed.append(mention)
            else:
                (others if opened is None else spared).append(mention)
    own = _provinces(spared)
    if len(own | _provinces([*listed, *others])) < 2:
        return []
    if len(own) > 1:
        return [*listed, *spared, *others]
    return [*listed, *(m for m in others if m.surface.candidates[0].unit.province not in own)]


def _opening(text: str, start: int, named: Sequence[_Mention]) -> int | None:
    """Where the list begins: behind the first word from `start` on that opens one and has a name close behind."""
    for word in _OPENS.finditer(text, start, named[-1].start if named else start):
        first = next(m for m in named if m.start >= word.end())
        if first.start - word.end() <= _CLOSE and not _BREAK.search(text, word.end(), first.start):
            return word.end()
    return None


def _provinces(mentions: Sequence[_Mention]) -> set[Unit]:
    return {m.surface.candidates[0].unit.province for m in mentions if _is_plain(m)}


def _is_plain(mention: _Mention) -> bool:
    """Tell whether the name is that of a province, a prefecture or one county alone."""
    candidates = mention.surface.candidates
    return DEPTH[candidates[0].unit.level] <= 2 and (len(candidates) == 1 or mention.surface.official)
