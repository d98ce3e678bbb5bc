"""From weighted names to the place: down the tree of divisions, as far as the text supports."""

from __future__ import annotations

import re
from collections import defaultdict

from .mentions import STRUCK, Mention
from .names_in_use import Candidate, Kind
from .units import DEPTH, Unit

#: Least weight for any finding, and least share of its province among all.
_LEAST, _LEAST_SHARE = 0.6, 0.42
#: A name that only says where the next one lies (上海 in 上海普陀区) speaks this much for itself.
_QUALIFIER = 0.5
#: Strength of a name that was read by the one right before it is above this.
_BOUND = 1.15
#: Weight of a one-character name.
_SIGN = 0.7
#: Up to this factor the surroundings of a name say that it is not the place of the story.
_ELSEWHERE = 0.3
#: Epidemic news names Hubei and Wuhan everywhere: such names weigh less where other places are told in detail.
EPICENTRE = ("420000", "420100")
_COUNTY_WORDS = re.compile(
    "(我县|全县|该县|本县|县委|县政府|县长|县级?领导|县[一-鿿]{1,6}局|我区|全区|该区|区委|区政府|区长|我旗|全旗|旗委)"
)
#: 全省首例 and 获全省表彰 are said of one place, 我县多地 of one county.
_WHOLE = (
    "(?<![很许])(?<![县市旗镇乡])(?<!我区)(?<!全区)多地(?!方)|我省(?!首)|"
    "(?<![获受得])全省(?!首|第[一二三四五六七八九十]|唯一|最|表彰|通报|先进|优秀)|全自治区"
)
#: In the autonomous regions alone 全区 is the whole of them.
_WHOLE_REGION = _WHOLE + "|[我全]区(?:各(?:市(?![直场民])|盟|地)|多地(?!方))"
_OTHER_WORDS = "|自治区(?:党委|上下)|各市(?![直场民])(?:县|州|区|地)?"
_AUTONOMOUS = frozenset(("150000", "450000", "540000", "640000", "650000"))
#: Of these a headline without a place below the province speaks of the whole of it.
_WHOLE_PROVINCE = {False: re.compile(_WHOLE), True: re.compile(_WHOLE_REGION)}
_PROVINCE_WORDS = {False: re.compile(_WHOLE + _OTHER_WORDS), True: re.compile(_WHOLE_REGION + _OTHER_WORDS)}
#: Such a headline needs a province that has so much of the weight of the place named most, or one more place of so much.
_RIVALS, _ONE_MORE = 0.7, 0.15
#: 来自辽宁、吉林…西藏11个省份16个村庄的调查: a piece about the country.
#: Not so 来自贵州、云南…等12个省份的务工人员, who come to one place, and 省份对口支援, which help one.
_SURVEY = re.compile(
    r"等?\d{1,2}个?省(?:份|区市|市区|区|市|\(区)?(?!级|人民|委|政府)"
    r"(?![^,。;]{0,14}(?:人员|员工|职工|工人|民工|务工|返岗|学[生子]|考生|旅客|乘客|游客|司机|医|队|支援|驰援))"
)
_SURVEYED = 5
#: Where no headline was found, so many first characters are read as one.
_OPENING = 30
_CITY_WORDS = re.compile("(我市|全市|该市|市委|市政府|市长|市直|市级|市[一-鿿]{1,6}局)")


class Tally:
    """Weights by unit: `own` by its own names, `below` with all that lies in it."""

    def __init__(self, mentions: list[Mention], signs: tuple[Unit, ...] = (), text: str = "") -> None:
        self.surveyed = _surveys(mentions, text)
        self.own: dict[Unit, float] = defaultdict(float)
        self.below: dict[Unit, float] = defaultdict(float)
        self.sure: dict[Unit, float] = defaultdict(float)
        self.detail: dict[Unit, float] = defaultdict(float)
        self.first: dict[Unit, int] = {}
        self.titled: set[Unit] = set()
        self.titled_itself: set[Unit] = set()
        self.local: set[Unit] = set()
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
                if mention.in_title and Candidate(unit, Kind.ZONE) not in mention.surface.candidates:
                    self.titled_itself.add(unit)
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
        for unit in [u for u in self.below if u.code in EPICENTRE]:
            if detail_elsewhere > self.detail[unit] and self.detail[unit] < 2:
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


def decide(tally: Tally, text: str, headline: str = "") -> tuple[Unit, float] | None:
    """Return the primary place and a confidence (0 to 1), None when no place stands out. `headline` opens `text`."""
    if tally.surveyed:
        return None
    provinces = sorted(((w, u) for u, w in tally.below.items() if u.level == "province"), key=lambda p: -p[0])
    if not provinces or provinces[0][0] < _LEAST:
        return None
    weight, unit = provinces[0]
    if len(provinces) > 1 and provinces[1][0] >= 0.9 * weight and not tally.sure[unit]:
        return None  # 朝阳区 of Beijing or of Changchun: the text does not tell
    share = weight / sum(w for w, _ in provinces)
    if share < _LEAST_SHARE and unit not in tally.titled:
        return None
    if unit not in tally.local:
        return None  # only ever where people come from or help goes
    confidence = share
    county_words, city_words = len(_COUNTY_WORDS.findall(text)), len(_CITY_WORDS.findall(text))
    while True:
        kids = children(tally, unit)
        if not kids:
            break
        best_weight, best = kids[0]
        total = sum(w for w, _ in kids)
        if unit.level == "province" and (
            _beside_another(tally, unit, best_weight)
            or _of_whole_province(tally, unit, best, text)
            or _goes_about(tally, unit, kids, text)
            or _opens_on_the_whole(tally, unit, kids, text, headline)
        ):
            break
        if not _descends(tally, unit, best, best_weight, total, county_words, city_words):
            break
        confidence = min(confidence, max(0.3, best_weight / total))
        unit = best
    return unit, confidence


def _beside_another(tally: Tally, unit: Unit, most: float) -> bool:
    """Tell whether headline and text are of this province and another, and no place is in it (湖北、河南等地:农村防疫).

    Of another in the headline the text names a place, too: where all of them lie in this one (粤桂携手), one is meant.
    """
    titled = [u for u in tally.titled_itself if u in tally.titled]
    if unit not in titled or len(titled) < 2 or any(u.level != "province" for u in titled):
        return False
    return most <= tally.below[unit] / 2 or any(tally.detail[u] >= _ONE_MORE * most for u in titled if u is not unit)


def _province_words(unit: Unit, text: str) -> int:
    """How many words speak of the province (我省, 全省) more than of a city; 0 where as many do of one."""
    words = len(_PROVINCE_WORDS[unit.code in _AUTONOMOUS].findall(text))
    return words if words > len(_CITY_WORDS.findall(text)) // 2 else 0


def _of_whole_province(tally: Tally, unit: Unit, best: Unit, text: str) -> bool:
    """Tell whether headline and words (我省, 全省) speak of the province, of which `best` is an example."""
    framed = unit in tally.titled_itself and best not in tally.titled
    return framed and _province_words(unit, text) > 0 and tally.below[best] < 2 * tally.own[unit]


def _opens_on_the_whole(tally: Tally, unit: Unit, kids: list[tuple[float, Unit]], text: str, headline: str) -> bool:
    """Tell whether the headline, or the first words where there is none, and the names speak of the whole province."""
    (most, best), *others = kids
    if best in tally.titled:
        return False
    several = bool(others) and others[0][0] >= _ONE_MORE * most
    if not several and tally.own[unit] < _RIVALS * most:
        return False
    whole = _WHOLE_PROVINCE[unit.code in _AUTONOMOUS].search(headline or text[:_OPENING])
    return whole is not None and (bool(headline) or whole.start() < tally.first[best])


def _goes_about(tally: Tally, unit: Unit, kids: list[tuple[float, Unit]], text: str) -> bool:
    """Tell whether the text tells of the province by examples from its prefectures, none of them in the headline."""
    (most, best), *others = kids
    if best not in tally.titled and tally.own[unit] >= 0.7 * most and _province_words(unit, text) > 1:
        return True
    if best.level != "prefecture" or best in tally.titled or not others:
        return False
    return tally.own[unit] >= most and others[0][0] >= 0.5 * most


def _descends(
    tally: Tally, unit: Unit, best: Unit, weight: float, total: float, county_words: int, city_words: int
) -> bool:
    """Tell whether the text is about `best` rather than about the whole of `unit`."""
    own = tally.own[unit]
    share = weight / total
    if best.level == "township":
        alone = share > 0.99 and weight >= 1.0  # the only township named
        return share >= 0.5 and weight >= 0.6 and (alone or weight >= 0.15 * tally.below[unit])
    if best.level == "prefecture":
        return share >= 0.5 and weight >= 0.3 * tally.below[unit]
    # a county
    if weight < 0.7:
        return False
    if best in tally.titled and share >= 0.5 and not (unit in tally.titled and own > 1.5 * weight):
        return True
    framed = unit in tally.titled_itself  # the headline names the prefecture and no county
    only = share >= 0.9 and city_words == 0 and any(u.parent is best for u in tally.own)
    if only and own <= (1.2 if framed else 4) * weight and weight >= 1.4:
        return True  # the one county named, down to its township, in a text that is not of the whole city
    if unit.level == "prefecture" and own > weight * (1.0 if city_words > county_words else 1.3 if framed else 2.5):
        return False
    if unit.level == "province" and own > weight * (2.2 if unit.name.endswith("市") else 1.6):
        return False
    of_city = city_words > 2 * county_words and not best.name.endswith("市") and best not in tally.titled
    if of_city and (share < 0.7 or (city_words > 3 and weight < 4 and share < 0.99)):
        return False
    return share >= 0.5
