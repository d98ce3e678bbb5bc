"""Whether a text tells of Wuhan or only names it, as everyone did in these years."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .mentions import Mention
from .names_in_use import Kind

WUHAN = "420100"
#: From this factor on the surroundings of a name leave it the place of the story.
_FREE = 1.0
#: What the city has and does (武汉一小区, 武汉百步亭社区, 武汉市民); people from it and news of it are none.
_OF_THE_CITY = re.compile(
    '^市?(?:(?![的在来回归返去到离])[一-鿿“”"]){0,6}?(?:小区|社区|居委|街道|街头|市民|居民|医院|方舱|大学|学院|车站|商场|超市|公司|企业|'
    "指挥部|志愿者|党员|干部|民警|交警|城管|环卫|骑手|快递|[一-鿿]局)"
)
_DATELINE = re.compile(r"^市?\d{1,2}月\d{1,2}日(?:电|讯|消息)")
#: 记者在武汉看到; 2月20日，武汉，…
_REPORTED, _SCENE = re.compile("记者在$"), re.compile(r"\d日[,，]在?$")
#: 全市 of a text that speaks of no city or county as its own.
_WHOLE_CITY, _OWN = re.compile("全市(?!场)"), re.compile("我[市县区州]")
#: Words of a story that is set in the country.
_COUNTRY = re.compile("村|乡|[一-鿿]镇|县")


def tells_of_wuhan(mentions: Iterable[Mention], text: str) -> bool:
    """Tell whether the text tells of Wuhan itself: of its offices, quarters and people, or of nothing in the country."""
    named = [m for m in mentions if any(c.unit.code == WUHAN for c in m.surface.candidates)]
    if not named or not _COUNTRY.search(text):
        return bool(named)
    if _WHOLE_CITY.search(text) and not _OWN.search(text):
        return True
    return any(_is_told(mention, text) for mention in named)


def _is_told(mention: Mention, text: str) -> bool:
    if _DATELINE.match(text[mention.end : mention.end + 10]):
        return True
    before = text[max(0, mention.start - 5) : mention.start]
    if _REPORTED.search(before) or (_SCENE.search(before) and text[mention.end : mention.end + 1] in ",，"):
        return True
    if mention.factor < _FREE and mention.rule != "institution-name":
        return False
    in_full = any(c.unit.code == WUHAN and c.kind is Kind.FULL for c in mention.surface.candidates)
    behind = text[mention.end : mention.end + 16]
    return in_full or mention.rule == "institution-name" or _OF_THE_CITY.match(behind) is not None
