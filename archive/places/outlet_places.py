"""Which division an outlet's name bears: 焦作网, 江苏苏讯网, 今日竹山."""

import re

from archive.text.fold import fold

from .gazetteer import gazetteer
from .names_in_use import Candidate, Surface
from .units import DEPTH

#: Papers whose name is that of no division, and the division that publishes them.
_KNOWN = {
    "扬子晚报": "320000", "新民晚报": "310000", "羊城晚报": "440000", "南方日报": "440000", "南方都市报": "440000",
    "齐鲁晚报": "370000", "大众日报": "370000", "大河报": "410000", "大河网": "410000", "映象网": "410000", "楚天都市报": "420000",
    "长江日报": "420100", "荆楚网": "420000", "极目新闻": "420000", "红网": "430000", "潇湘晨报": "430000", "三湘都市报": "430000",
    "华龙网": "500000", "上游新闻": "500000", "四川在线": "510000", "红星新闻": "510100", "封面新闻": "510000", "华西都市报": "510000",
    "看度": "510100", "澎湃新闻": "310000", "东方网": "310000", "解放日报": "310000", "文汇报": "310000", "文汇网": "810000",
    "北方网": "120000", "津云": "120000", "长城网": "130000", "燕赵都市报": "130000", "三秦都市报": "610000", "华商报": "610000",
    "华商网": "610000", "陕工网": "610000", "西部网": "610000", "每日甘肃网": "620000", "钱江晚报": "330000", "都市快报": "330100",
    "南国都市报": "460000", "南海网": "460000", "南国早报": "450000", "中安在线": "340000", "东南网": "350000", "海峡都市报": "350000",
    "大江网": "360000", "多彩贵州网": "520000", "当代贵州": "520000", "云南网": "530000", "春城晚报": "530000", "东北网": "230000",
    "千龙网": "110000", "新京报": "110000", "北京青年报": "110000", "天山网": "650000", "半岛都市报": "370200", "现代快报": "320000",
    "我苏网": "320000", "荔枝新闻": "320000", "金陵晚报": "320100", "闽南网": "350500", "正北方网": "150000", "界面新闻": "310000",
    "江海晚报": "320600", "紫牛新闻": "320000", "交汇点": "320000", "龙虎网": "320100", "辽沈晚报": "210000", "华商晨报": "210000",
    "半岛晨报": "210200", "城市晚报": "220000", "新文化报": "220000", "极光新闻": "230000", "龙头新闻": "230000", "燕赵晚报": "130100",
    "三晋都市报": "140000", "北方新报": "150000", "东方今报": "410000", "顶端新闻": "410000", "猛犸新闻": "410000", "大象新闻": "410000",
    "楚天金报": "420000", "长江网": "420100", "九派新闻": "420100", "今日女报": "430000", "新快报": "440000", "信息时报": "440100",
    "大洋网": "440100", "金羊网": "440000", "南方网": "440000", "触电新闻": "440000", "读特": "440300", "南国今报": "450200",
    "海峡导报": "350200", "东南早报": "350500", "新安晚报": "340000", "江淮晨报": "340100", "江南都市报": "360000", "天府早报": "510000",
    "天眼新闻": "520000", "当代先锋网": "520000", "都市时报": "530100", "西海都市报": "630000", "新消息报": "640000", "石榴云": "650000",
    "兵团日报": "650000", "亚心网": "650000", "今晚报": "120000", "每日新报": "120000", "法制晚报": "110000", "大众网": "370000",
    "齐鲁网": "370000", "海报新闻": "370000", "闪电新闻": "370000", "舜网": "370100", "鲁中晨报": "370300", "胶东在线": "370600",
    "水母网": "370600", "潮新闻": "330000", "小时新闻": "330000", "新甘肃": "620000",
}  # fmt: skip
_NATIONAL = re.compile(
    "^(人民日报|新华|央视|中国(?!.{0,2}网.{2})|中新|光明|经济日报|科技日报|环球|国际在线|中央|工人日报|法治日报|农民日报|参考消息|求是)"
)
_SIGN = re.compile(
    r"(日报|晚报|晨报|早报|时报|商报|都市报|周报|快报|导报|报社|报|新闻网|信息港|新闻|在线|热线|网|电视台|广播|电台|发布|融媒|融媒体中心|"
    r"客户端|文明网|政府|传媒|观察|频道|党建|宣传|机关|先锋|视窗|之窗|论坛|社区|微信|公众号|宣传部|县委|市委|区委|分社|站|云|台)"
)
#: Evening and morning papers are those of cities: a county's short name before them is a word (江海, 半岛).
_OF_CITIES = re.compile(r"^(?:晚报|晨报|早报|都市报)")
#: What only a division itself has: after a word that is also a district's name, a 日报 or 网 may be anyone's.
_OF_DIVISIONS = re.compile(r"^(?:融媒|发布|政府|县委|市委|区委|宣传|文明网)")
_LEAD = re.compile("^(今日|美丽|魅力|文明|平安|微|掌上|爱|看|醉美|大美|中共|中国|最|云上|智慧|感知|新)")


def place_of_outlet(name: str) -> str | None:
    """Return the six-digit code of the division whose name an outlet bears at its beginning or after a word such
    as 今日 (焦作网 → 410800), None where it bears none or several at once. Counties and higher only."""
    text = fold(name).strip().strip("《》【】()（）")
    for known, code in _KNOWN.items():
        if text.startswith(known):
            return code
    hits = [h for h in gazetteer().scan(text) if any(c.unit.level != "township" for c in h[2].candidates)]
    if not hits or _NATIONAL.match(text):
        hits = [h for h in hits if "频道" in text[h[1] :] or "分社" in text[h[1] :]]
        if not hits:
            return None
    start, end, surface = hits[0]
    lead = text[:start]
    if lead and not _LEAD.fullmatch(lead) and not _NATIONAL.match(lead):
        return None
    if surface.ordinary and not _SIGN.match(text[end:]):
        return None
    if not _SIGN.search(text[end:]) and not (lead == "今日" and end == len(text)):
        return None
    if not lead and _is_word(surface) and not _OF_DIVISIONS.match(text[end:]):
        return None
    counties = all(DEPTH[c.unit.level] >= DEPTH["county"] for c in surface.candidates)
    if counties and _OF_CITIES.match(text[end:]) and surface.text[-1] not in "县市区旗":
        return None
    return _best(surface, [h[2] for h in hits[1:] if h[0] == end])


def _is_word(surface: Surface) -> bool:
    """Whether it is a word of the language that is also the short name of urban districts alone (海棠)."""
    return (
        surface.ordinary
        and surface.text[-1] != "区"
        and all(c.unit.level == "township" or c.unit.name.endswith("区") for c in surface.candidates)
    )


def _best(surface: Surface, following: list[Surface]) -> str | None:
    candidates: list[Candidate] = [c for c in surface.candidates if c.unit.level != "township"]
    for later in following:  # 吉林长春…: the part, when it lies in what stands before it
        lines = {u for c in candidates for u in c.unit.line}
        inside = [c for c in later.candidates if c.unit.level != "township" and lines & set(c.unit.line[:-1])]
        if inside:
            candidates = inside
    top = min(DEPTH[c.unit.level] for c in candidates)
    codes = {c.unit.code for c in candidates if DEPTH[c.unit.level] == top}
    return codes.pop() if len(codes) == 1 else None
