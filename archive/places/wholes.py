"""Signs that a text is about the whole of a province, or of a prefecture, and its parts are examples."""

from __future__ import annotations

import re

from .tally import EPICENTRE, Tally
from .units import Unit

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
#: A headline that names the province alone: so many of its prefectures told of are examples, whatever their weights.
_THREE = 3
#: Two prefectures are examples where the second, down to a place in it, has so much of the weight of the first, and
#: the province itself so much; two counties where the second has so much, and the prefecture by itself so much.
_SECOND, _ITSELF = 0.3, 0.35
_SECOND_COUNTY, _CITY_ITSELF = 0.4, 1.5
#: A headline of one place that it does not name, and the name of a series.
_ONE_PLACE = re.compile("一个|这个|[村镇乡](?![民干医])|社区|小区|街道|县城")
#: Behind the name of a province: all of it.
_OF_ALL = ("各地", "各处", "各市", "各县", "各乡", "各级", "全境", "全省", "多地", "境内")
#: A headline of the figures of a whole province.
_REPORT = re.compile("疫情(?:报告|通报|情况)|新增[^,。]{0,8}例")
_SERIES = re.compile("[【\\[(（][^】)）]*[】)）]|在行动")
#: Wuhan named without a place in it, in a text that names Hubei so often beside: what happened there is the background.
_BESIDE_WUHAN = 0.5
#: Where no headline was found, so many first characters are read as one.
_OPENING = 30
CITY_WORDS = re.compile("(我市|全市|该市|市委|市政府|市长|市直|市级|市[一-鿿]{1,6}局)")


def is_of_the_whole(tally: Tally, unit: Unit, kids: list[tuple[float, Unit]], text: str, headline: str) -> bool:
    """Tell whether the text is about all of `unit`, of whose parts it tells as examples.

    `kids` are the units right below it with their weights, the heaviest first.
    """
    most, best = kids[0]
    if unit.level == "prefecture":
        return _told_by_two(tally, unit, kids, _SECOND_COUNTY, _CITY_ITSELF)
    return unit.level == "province" and (
        _beside_another(tally, unit, most)
        or _of_whole_province(tally, unit, best, text)
        or _goes_about(tally, unit, kids, text)
        or _opens_on_the_whole(tally, unit, kids, text, headline)
        or _headed_by_it_alone(tally, unit, kids, text, headline)
        or (best.level == "prefecture" and _told_by_two(tally, unit, kids, _SECOND, _ITSELF))
        or _epicentre_as_background(tally, unit, best)
    )


def _titled_below(tally: Tally, unit: Unit) -> bool:
    """Tell whether the headline names a place within `unit`."""
    return any(unit in headed.line[:-1] for headed in tally.headed)


def _headed_by_it_alone(tally: Tally, unit: Unit, kids: list[tuple[float, Unit]], text: str, headline: str) -> bool:
    """Tell whether the headline names the province and no place in it, and the text several (广东中风险地区增至7个).

    One alone is an example where the province is named as often and headline or text are of all of it (疫情通报, 山西各地), unless
    the headline speaks of one place (江西这个村) or the province only stands in the name of a series.
    """
    if unit not in tally.titled_itself or _titled_below(tally, unit):
        return False
    if len(kids) > 1 and (len(kids) >= _THREE or kids[1][0] >= _ONE_MORE * kids[0][0]):
        return True
    alone = all(titled is unit for titled in tally.titled_itself)
    names = (unit.short, unit.name)
    return (
        alone
        and tally.own[unit] >= _ITSELF * kids[0][0]
        and unit.short in _SERIES.sub("", headline)
        and not _ONE_PLACE.search(headline)
        and (
            _REPORT.search(headline) is not None
            or _province_words(unit, text) > 0
            or any(f"{name}{of_all}" in text for name in names for of_all in _OF_ALL)
        )
    )


def _told_by_two(tally: Tally, unit: Unit, kids: list[tuple[float, Unit]], second: float, itself: float) -> bool:
    """Tell whether two parts are told of down to places in them, or two counties, beside the whole itself."""
    (most, _), *others = kids
    if not others or _titled_below(tally, unit) or tally.own[unit] < itself * most:
        return False
    weight, other = others[0]
    return weight >= second * most and (other.level != "prefecture" or tally.detail[other] > 0)


def _epicentre_as_background(tally: Tally, unit: Unit, best: Unit) -> bool:
    """Tell whether Wuhan stands for what all of Hubei lives through: nothing of it is told, and Hubei is named."""
    known = best.code in EPICENTRE and not tally.detail[best]
    return known and not tally.tells_of_wuhan and tally.own[unit] >= _BESIDE_WUHAN * tally.own[best]


def epicentre_in_passing(tally: Tally, unit: Unit) -> bool:
    """Tell whether Wuhan is named alone, without anything of it, a place in it or Hubei, and not in the headline."""
    prefecture = unit.level == "prefecture" and unit.code in EPICENTRE and not tally.tells_of_wuhan
    return prefecture and not tally.detail[unit] and not tally.own[unit.province] and unit not in tally.headed


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
    return words if words > len(CITY_WORDS.findall(text)) // 2 else 0


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
