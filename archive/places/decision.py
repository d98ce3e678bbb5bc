"""From weighted names to the place: down the tree of divisions, as far as the text supports."""

from __future__ import annotations

import re

from .tally import Tally, children
from .units import Unit
from .wholes import CITY_WORDS, epicentre_in_passing, is_of_the_whole

#: Least weight for any finding, and least share of its province among all.
_LEAST, _LEAST_SHARE = 0.6, 0.42
#: Least weight of a province that is named alone: once, in passing, it is where people come from or what a paper is called.
_LEAST_ALONE = 1.0
#: A text goes round the country where so many provinces are told of, the second and third with so much of the first's weight.
_ROUND, _SECOND, _THIRD = 3, 0.4, 0.25
_COUNTY_WORDS = re.compile(
    "(我县|全县|该县|本县|县委|县政府|县长|县级?领导|县[一-鿿]{1,6}局|我区|全区|该区|区委|区政府|区长|我旗|全旗|旗委)"
)


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
    if unit not in tally.titled and _tells_of_many(tally, provinces):
        return None
    confidence = share
    county_words, city_words = len(_COUNTY_WORDS.findall(text)), len(CITY_WORDS.findall(text))
    while True:
        kids = children(tally, unit)
        if not kids:
            break
        best_weight, best = kids[0]
        total = sum(w for w, _ in kids)
        if is_of_the_whole(tally, unit, kids, text, headline):
            break
        if not _descends(tally, unit, best, best_weight, total, county_words, city_words):
            break
        confidence = min(confidence, max(0.3, best_weight / total))
        unit = best
    if epicentre_in_passing(tally, unit):
        tally.named_in_passing = True
        return None
    if unit.level == "province" and weight < _LEAST_ALONE and unit not in tally.spoken:
        return None
    return unit, confidence


def _tells_of_many(tally: Tally, provinces: list[tuple[float, Unit]]) -> bool:
    """Tell whether the text goes through provinces, a place of each (a piece about the country): what stands first is no more."""
    if len(provinces) < _ROUND or any(unit not in tally.local for _, unit in provinces[:_ROUND]):
        return False
    (first, _), (second, _), (third, _), *_ = provinces
    return second >= _SECOND * first and third >= _THIRD * first


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
