"""Names of places in one text, each with the weight that its surroundings give it.

The surroundings decide whether a name tells where the story is (县委, 街道, dateline, headline) or
something else: where help goes, where people come from or leave for, a road, a paper, a company.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .gazetteer import Gazetteer
from .names_in_use import Kind, Surface
from .repeats import count_namings, weigh_repeats
from .travel import weigh_travel
from .units import Unit

#: Weights of a name by where it stands; a headline names its place, a lead almost always.
_TITLE, _LEAD, _EARLY, _LATER = 5.0, 2.5, 1.5, 1.0
_LEAD_CHARS, _EARLY_CHARS = 80, 300

_OUTLET = re.compile(
    r"(日报|晚报|晨报|早报|都市报|商报|周报|快报|新闻网|新闻联播|在线(?!上)|热线|电视台|广播|卫视|发布(?=[\s:：,，。）)】]|$)|融媒|客户端|时报|文明网|政府网|"
    r"新闻社|分社|频道|社(?=[^区会]|$)|网(?=[\s:：,，。）)】讯]|$))"
)
_AID_BEFORE = re.compile(
    r"(驰援|支援|援助|援|增援|奔赴|赶赴|前往|飞往|飞赴|运往|运达|运到|送达|送到|驶往|驶向|发往|送往|开往|销往|卖到|捐赠给|捐给|赠予|送给|对口帮扶|对口支援|逆行|出征|奔向|运抵|抵达|到达|飞抵|发往|寄往|捐助|赴|向|致敬|声援|牵挂|心系|情系)$"
)
_FROM_BEFORE = re.compile(
    r"(来自于?|返自|驻|从|由|自|驶离|原籍|祖籍|途经|途径|经由|在外|离开|离|回到|返回|去|往|(?<!深入)(?<!走访)到|老家在?|户籍|籍贯|毕业于|去过|到过|进入|滞留|距离?|毗邻|邻近|紧邻|临近|比|超越|超过|反超|[多高低少]于|仅次于|像|至|外地|身在|远在|辗转|借鉴|学习|继|曾在|旅居|常住|居住于?)$"
)
_WEAK_FROM = frozenset(("到", "去", "至", "由", "自", "进入", "回到", "经由", "往"))
_AFTER = re.compile(
    r"^(市|省|县|区)?(籍|返|归来|回来|来的|务工|打工|等(地|省|市|[一二三四五六七八九十\d]+)|方向|疫区|旅居|旅行|接触|同胞|高铁|动车|航班|列车|铁路|高速|车辆|车牌|牌照|户籍|人士|老乡|"
    r"客商|游客|商人|加油|战疫|一线|前线|保卫战|暴发|突发|发生疫情|疫情(?!防|抗|情况|通报|最新|形势|信息|数据|处置|态势|动态|工作|趋缓|趋稳|向好|好转|平稳)|回乡|回家|出发|回国|入境|至(?!全|各|广大|外)|到|飞|开往|人$|人[,，。“”])"
)
#: 为吉林省捐赠物资, 助力吉林省战疫: the receiver, who may be the neighbour or the giver's own county.
_HELPED_BEFORE = re.compile("(?:为|给|助力|帮助)$")
_HELPED_BEHIND = re.compile(
    r"^(?:省|市|县|区)?(?:人民政府|市民|人民|群众)?[^,，。]{0,6}?(?:捐赠|捐献|捐款|加油|献爱心|送去|抗疫|抗击疫情|战疫|防疫)"
)
_HELPED = 0.35
#: 吉林省疫情形势依旧严峻: said of one's own place, and oftener of another.
_SEVERE = re.compile(r"^疫情(?:防控)?形势(?:依旧|依然|仍然?|十分|非常)?(?:严峻|复杂)")
#: 与浙江安吉县接壤: the neighbour's name.
_NEIGHBOUR = re.compile(r"^(?:[县市区省]域|境内?)?(?:接壤|交界|毗邻|相邻|为邻|相接|搭界|毗连)")
_LIVING = re.compile(r"^[^，。,；;！？!?\n]{0,9}(务工|打工|经商|做生意|读书|上大学|上学|出差|当过?兵|服过?役)")
_STREET = re.compile(
    r"^(?:[东西南北中一二三四五]|大)?(?:路(?!桥|段长|口镇)|大道|大街|街(?!道|镇|乡|办)|胡同|巷(?!镇|道)|国道|高速|高铁站)"
)
#: 海南村 in Guangzhou; not 四川村民, 湖北村医, 河南村主任.
_VILLAGE = re.compile(r"^村(?![民干医支官长里落庄镇级口寨屯播企嫂道路户]|主任|书记|两委|村(?![民委]))")
_BODY = re.compile(
    r"^(省|市|县|区)?(大学|学院|银行|医院|中医院|人民医院|集团|公司|有限|股份|航空|啤酒|酒店|宾馆|饭店|大厦|大酒|小区|花园|海关|石化|电网|铁路|机场|车站|火车|军区|舰|号)"
)
_NATIONAL = re.compile(
    r"(国务院|国家卫|国家疾控|国家发|国新办|中央|党中央|外交部|教育部|公安部|世卫|世界卫生|总书记|中国疾控)[^。！？!?；;\n]*$"
)
_AGENCY = re.compile(r"(新华社|新华网|人民网|中新社|中新网|央广网|中国网|中青网|光明网|央视网)$")
_WIRE = re.compile(r"^[^。\n]{0,9}(电|讯|消息)")
#: 钟祥三中, 某某一小: schools are numbered within their county.
_NUMBERED = re.compile(
    r"^(?:市|县|区)?第?[一二三四五六七八九十]{1,2}(?:中(?!队)|小(?![时区组])|高中?|初中?|实验|职|院|医院|幼)"
)
NUMBERED = "numbered-institution"
_OFFICE = re.compile(
    r"^(县|市|区|镇|乡|街道|省|州|旗)?(委|政府|党委|党工委|人大|政协|纪委|公安|卫健|疾控|人社|民政|教育|交通|市场监管|法院|检察|妇联|团|工会|应急|"
    r"住建|组织部|宣传|统战|新冠|疫情防控|防控|干部|党员|社区|各|全|村|居民|群众|农民工|网格|志愿)"
)
_DISTANCE = re.compile(r"^(市区|县城|城区)?(仅|只|大?约|近)?\s?\d+(\.\d+)?(多|余)?(公里|千米|里地)")
_PLACED = re.compile(r"(在|位于|地处|坐落于|走进|来到|深入|我们|记者在)$")
_BYLINE = re.compile(
    r"(记者|通讯员|作者|摄影|编辑|责编|供稿|校对|审核)[:： ]{1,3}(?:[一-鿿]{1,4}[ 、]){0,3}[一-鿿]{0,2}$"
)
_GAP = frozenset("、,，和及与/·—–-~至")
_GOING = "people-from-or-to"
#: So many places side by side are a menu or a table.
_MENU = 8
_OPENING = frozenset('】]》>:|! ,“"')
_COLONS = frozenset(":|丨·-—")
#: Factor of a place that is spelt out down to the township although people only go there.
_SPELT_OUT = 0.7
_ARRIVING = re.compile("(返回|回到|来到|到达|抵达|进入|到|回|驶离|驶出|开出|运离)$")
#: The rule of a place that is named as one where the epidemic broke out.
STRUCK = "epidemic-of-place"
_SPREAD = re.compile(r"疫情(?:已|也)?(?:波及|蔓延[至到]|扩散[至到]|外溢[至到])(?:[一-鿿]{2,3}[省市州])?$")
_OUTBREAK = re.compile(
    r"^(?:市|省|县|区|州)?(?:(?:突发|发生|[爆暴]发|突遭|出现)[^,，。]{0,12}疫情|(?:新型冠状病毒|新冠|不明原因)[^,，。]{0,12}(?:发生|[爆暴]发)|疫情(?:发生|[爆暴]发|突发))"
)
#: The country or city abroad in which a name lies that a place at home bears too: 首尔江南区, 日本山口.
#: 大田 is a county, 仁川 a town, 河内 two words (河内大英县的船只): they need their country or kind.
_ABROAD = re.compile(
    r"(?:日本|韩国|朝鲜|越南|东京都?|大阪[府市]?|京都[府市]?|名古屋市?|横滨市?|札幌市?|(?:首尔|釜山|大邱|蔚山)(?:特别市|广域市|市)?|"
    r"韩国(?:仁川|大田)|(?:仁川|大田)(?:广域)?市|平壤市?|越南河内|河内市|胡志明市)的?$"
)
_ELSEWHERE = frozenset({"aid-elsewhere", STRUCK, _GOING, "distance", "neighbour", "national-body", "abroad"})


@dataclass(slots=True)
class Mention:
    """A name at [start, end) of the joined text, its weight, and how it was read (`rule`)."""

    start: int
    end: int
    surface: Surface
    weight: float
    rule: str
    in_title: bool
    before: Mention | None = None
    units: tuple[Unit, ...] = ()  # what it was found to stand for; several: undecided
    strength: float = 0.0  # of that finding, 0 to 1.2
    factor: float = 1.0  # what its surroundings made of the weight
    opens: bool = False  # the first word of the headline, or of its second half
    heads: bool = False  # opens it, and a colon stands behind
    arriving: bool = False  # people come to it or back to it
    repeated: int = 1  # how often the text has it, behind different characters

    def follows(self, other: Mention | None, gap: int = 1) -> bool:
        """Tell whether this name stands right behind `other` (遂宁大英, 遂宁市的大英县)."""
        return other is not None and self.start - other.end <= gap


def find_mentions(gazetteer: Gazetteer, folded: str, title_end: int, dateline_end: int = 0) -> list[Mention]:
    """Return the names in `folded`, of which [0, title_end) is the headline, with their weights."""
    found: list[Mention] = []
    hits = gazetteer.scan(folded)
    following = [*(start for start, _, _ in hits[1:]), -1][: len(hits)]
    for (start, end, surface), next_start in zip(hits, following, strict=True):
        in_title = start < title_end
        if in_title:
            weight = _TITLE
        elif start < dateline_end:
            weight = _LEAD
        else:
            place = start - max(title_end, dateline_end)
            weight = _LEAD if place < _LEAD_CHARS else _EARLY if place < _EARLY_CHARS else _LATER
        factor, rule = _surroundings(folded, start, end, surface, next_start == end)
        mention = Mention(start, end, surface, weight * factor, rule, in_title, found[-1] if found else None)
        mention.factor = factor
        mention.opens = in_title and (start == 0 or folded[start - 1] in _OPENING)
        mention.heads = mention.opens and folded[end : end + 1] in _COLONS
        mention.arriving = bool(_ARRIVING.search(folded[max(0, start - 3) : start]))
        found.append(mention)
    _weigh_rows(folded, found)
    weigh_travel(folded, found)
    weigh_repeats(folded, found, title_end)
    count_namings(folded, found)
    return found


def _surroundings(text: str, start: int, end: int, surface: Surface, named_next: bool) -> tuple[float, str]:
    pre, post = text[max(0, start - 5) : start], text[end : end + 8]
    township = surface.candidates[0].unit.level == "township"
    # 江苏路 is named after a place; 自流井区东街 lies in one.
    named_after = not township and not named_next and not _is_spelt_out(surface)
    if named_after and _STREET.match(post):
        return 0.03, "street-name"
    if named_after and _VILLAGE.match(post):
        return 0.05, "village-name"
    if _OUTLET.match(post):
        return 0.1, "outlet-name"
    if _DISTANCE.match(post):
        return 0.1, "distance"
    if _BYLINE.search(text[max(0, start - 14) : start]) and surface.text[-1] not in "省市县区镇乡旗":
        return 0.05, "person-name"
    if _NEIGHBOUR.match(post) and re.search(r"[与和同及]", text[max(0, start - 8) : start]):
        return 0.2, "neighbour"
    if _ABROAD.search(text[max(0, start - 8) : start]):
        return 0.05, "abroad"
    if _AID_BEFORE.search(pre):
        return 0.2, "aid-elsewhere"
    if _OUTBREAK.match(text[end : end + 26]) or _SPREAD.search(text[max(0, start - 12) : start]):
        return 0.25, STRUCK
    if _HELPED_BEFORE.search(pre) and _HELPED_BEHIND.match(text[end : end + 22]):
        return _HELPED, "receiver"
    if _SEVERE.match(text[end : end + 16]):
        return 0.6, "hard-hit"
    if _AFTER.match(post) or (pre.endswith("在") and _LIVING.match(text[end : end + 16])):
        return 0.25, _GOING
    origin = _FROM_BEFORE.search(pre)
    if origin:
        return (0.55 if township or origin.group() in _WEAK_FROM else 0.25), _GOING
    if surface.text == "北京" and pre.endswith("在") and _NATIONAL.search(text[max(0, start - 30) : start]):
        return 0.2, "national-body"
    if _AGENCY.search(pre) and _WIRE.match(post):
        return 0.4, "agency-dateline"
    if _NUMBERED.match(post):
        return 1.0, NUMBERED
    if _BODY.match(post):
        return 0.6, "institution-name"
    if _OFFICE.match(post):
        return 1.3, "office-of-place"
    if _PLACED.search(pre):
        return 1.2, "place-of-action"
    return 1.0, "named"


def _is_spelt_out(surface: Surface) -> bool:
    """Tell whether a county or city is named with the word for its kind (自流井区; not 江苏)."""
    return surface.text[-1] in "市县区旗" and any(c.kind is Kind.FULL for c in surface.candidates)


def _weigh_rows(text: str, found: list[Mention]) -> None:
    """Let names in one row (广东东莞、浙江宁波) share what its first and last show, and weigh lists."""
    row: list[Mention] = []
    for mention in [*found, None]:
        if mention is not None and row and _joined(text, row[-1], mention):
            row.append(mention)
            continue
        if len(row) >= 2:
            _share_surroundings(row)
            _weigh_list(text, row)
        row = [mention] if mention is not None else []


def _joined(text: str, a: Mention, b: Mention) -> bool:
    gap = text[a.end : b.start]
    return not gap or (len(gap) == 1 and gap in _GAP)


def _share_surroundings(row: list[Mention]) -> None:
    """What stands before the first or behind the last is said of all."""
    spelt_out = row[-1].surface.candidates[0].unit.level == "township" and all(_nested(a, b) for a, b in pairwise(row))
    if spelt_out and row[0].arriving and row[0].rule == _GOING and row[0].factor < _SPELT_OUT:
        _scale(row, _SPELT_OUT)  # 返回西充县青狮镇: so much detail is given of the story's own place
        return
    for shown in (row[0], row[-1]):
        if shown.rule not in _ELSEWHERE:
            continue
        _scale([mention for mention in row if mention.factor > shown.factor], shown.factor)
        for mention in row:
            mention.rule = shown.rule


def _scale(mentions: list[Mention], factor: float) -> None:
    for mention in mentions:
        mention.weight *= factor / mention.factor
        mention.factor = factor


def _weigh_list(text: str, row: list[Mention]) -> None:
    """Three and more places side by side: of one parent they speak for it, of several for nothing here."""
    heads = [row[0], *(b for a, b in pairwise(row) if b.start > a.end or not _nested(a, b))]
    if len(heads) < 3:
        return
    parents = {m.surface.candidates[0].unit.parent for m in heads}
    same = len(parents) == 1 and None not in parents
    factor = 0.02 if len(heads) >= _MENU else 1.5 / len(heads) if same else 0.15
    for mention in row:
        mention.weight *= factor
        mention.rule = "one-of-list" if same else "list-of-places"


def _nested(a: Mention, b: Mention) -> bool:
    """Tell whether some reading of `b` lies in one of `a` (遂宁大英; not 郑州开封 of a menu)."""
    above = {c.unit for c in a.surface.candidates}
    return any(above.intersection(c.unit.line[:-1]) for c in b.surface.candidates)


def firm_county(mention: Mention) -> bool:
    """Tell whether the name is the full name of one county, which nothing else in China bears."""
    candidates = mention.surface.candidates
    return len(candidates) == 1 and candidates[0].unit.level == "county" and candidates[0].kind is not Kind.SHORT
