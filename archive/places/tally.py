"""Weights of the units of one text, from its weighted names: what is named itself, and all that lies in it."""

from __future__ import annotations

import re
from collections import defaultdict

from .epicentre import tells_of_wuhan
from .mentions import STRUCK, Mention
from .names_in_use import Candidate, Kind
from .units import DEPTH, Unit

#: A name that only says where the next one lies (上海 in 上海普陀区) speaks this much for itself.
_QUALIFIER = 0.5
#: Strength of a name that was read by the one right before it is above this.
_BOUND = 1.15
#: Weight of a one-character name.
_SIGN = 0.7
#: Up to this factor the surroundings of a name say that it is not the place of the story.
_ELSEWHERE = 0.3
#: From this strength on a name in the headline is read as a place (中原 of 中原农村 is not).
_FIRM = 0.5
#: Epidemic news names Hubei and Wuhan everywhere: such names weigh less where other places are told in detail.
EPICENTRE = ("420000", "420100")
#: So much of the weight of an epicentre without a place in it another place must have to be what the text is about.
_NAMED_ELSEWHERE = 0.5
#: 来自辽宁、吉林…西藏11个省份16个村庄的调查: a piece about the country.
#: Not so 来自贵州、云南…等12个省份的务工人员, who come to one place, and 省份对口支援, which help one.
_SURVEY = re.compile(
    r"等?\d{1,2}个?省(?:份|区市|市区|区|市|\(区)?(?!级|人民|委|政府)"
    r"(?![^,。;]{0,14}(?:人员|员工|职工|工人|民工|务工|返岗|学[生子]|考生|旅客|乘客|游客|司机|医|队|支援|驰援))"
)
_SURVEYED = 5


class Tally:
    """Weights by unit: `own` by its own names, `below` with all that lies in it.

    `headed` are named in the headline as what it is about. `spoken` are the provinces that a word or character of their own tells (返焦, 乡公所), beside names.
    """

    def __init__(self, mentions: list[Mention], signs: tuple[Unit, ...] = (), text: str = "") -> None:
        self.surveyed = _surveys(mentions, text)
        self.tells_of_wuhan = tells_of_wuhan(mentions, text)
        self.named_in_passing = False  # set where the place found was named in passing only
        self.own: dict[Unit, float] = defaultdict(float)
        self.below: dict[Unit, float] = defaultdict(float)
        self.sure: dict[Unit, float] = defaultdict(float)
        self.detail: dict[Unit, float] = defaultdict(float)
        self.first: dict[Unit, int] = {}
        self.titled: set[Unit] = set()
        self.titled_itself: set[Unit] = set()
        self.headed: set[Unit] = set()
        self.local: set[Unit] = set()
        self.spoken = {unit.province for unit in signs}
        seen: dict[Unit, int] = defaultdict(int)
        qualifiers = {
            id(m.before) for m in mentions if m.before is not None and m.strength > _BOUND and m.follows(m.before)
        }
        for mention in mentions:
            if mention.strength <= 0:
                continue
            for unit in mention.units:
                seen[unit] += 1
                if mention.factor > _ELSEWHERE:
                    self.local.update(unit.line)
                weight = mention.weight * mention.strength / len(mention.units)
                weight /= 1 + 0.12 * (seen[unit] - 1)  # the tenth naming says less than the first
                if Candidate(unit, Kind.ZONE) not in mention.surface.candidates:
                    self.own[unit] += weight * (_QUALIFIER if id(mention) in qualifiers else 1)
                if len(mention.units) == 1:
                    self.sure[unit.province] += weight
                named = mention.in_title and mention.rule != "institution-name"
                if named and Candidate(unit, Kind.ZONE) not in mention.surface.candidates:
                    self.titled_itself.add(unit)
                    if mention.factor > _ELSEWHERE and mention.strength >= _FIRM:
                        self.headed.add(unit)
                for above in unit.line:
                    self.below[above] += weight
                    self.first.setdefault(above, mention.start)
                    if mention.in_title and weight > 1 and unit is mention.units[0]:
                        self.titled.add(above)
                if DEPTH[unit.level] >= 2:
                    for above in unit.line[:2]:
                        self.detail[above] += weight
        for unit in signs:  # 返焦: weak by itself, and it never names more than the place as a whole
            for above in unit.line:
                self.below[above] += _SIGN
                self.first.setdefault(above, 0)
                self.local.add(above)
        if not self.local:
            self.local = self._struck(mentions)
        self._discount_epicentre()

    def _struck(self, mentions: list[Mention]) -> set[Unit]:
        """Where the epidemic broke out (某市疫情发生后), in a text that tells of nothing elsewhere; the epicentre aside."""
        struck = {unit for m in mentions if m.rule == STRUCK for unit in m.units}
        lines = {above for unit in struck for above in unit.line}
        return lines if not any(unit.code in EPICENTRE for unit in struck) else set()

    def _discount_epicentre(self) -> None:
        detail_elsewhere = max(
            (w for u, w in self.detail.items() if u.level == "province" and u.code not in EPICENTRE), default=0.0
        )
        told = any(unit.code in EPICENTRE for unit in self.headed)
        named_elsewhere = max(
            (w for u, w in self.own.items() if u in self.local and u.province.code not in EPICENTRE), default=0.0
        )
        whole = max((w for u, w in self.below.items() if u.code in EPICENTRE), default=0.0)
        for unit in [u for u in self.below if u.code in EPICENTRE]:
            detailed = detail_elsewhere > self.detail[unit] and self.detail[unit] < 2
            alone = not told and not self.detail[unit] and named_elsewhere >= _NAMED_ELSEWHERE * whole
            if detailed or alone:
                self.below[unit] *= 0.4
                self.own[unit] *= 0.4


def _surveys(mentions: list[Mention], text: str) -> bool:
    """Tell whether the text sets out to tell of many provinces, counted behind their names.

    No place stands in the headline, and none below a province before the row: a text that sets out from one is about it.
    """
    row: list[Mention] = []
    for mention in mentions:
        if not any(c.unit.level == "province" for c in mention.surface.candidates):
            if mention.strength > 0:
                return False
            continue
        joined = bool(row) and mention.start - row[-1].end <= 1
        row = [*row, mention] if joined else [mention]
        if len(row) >= _SURVEYED and _SURVEY.match(text, mention.end):
            return not any(m.in_title for m in mentions)
    return False


def children(tally: Tally, unit: Unit) -> list[tuple[float, Unit]]:
    """Units right below `unit` with their weights, the heaviest first."""
    depth = len(unit.line)
    kids = [(w, u) for u, w in tally.below.items() if len(u.line) == depth + 1 and u.parent is unit]
    kids.sort(key=lambda pair: (-pair[0], tally.first[pair[1]]))
    return kids
