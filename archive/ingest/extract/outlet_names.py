"""What the name of an outlet looks like, and what only looks like one."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from archive.ingest.extract.person_names import is_person
from archive.places.gazetteer import gazetteer
from archive.places.outlet_places import place_of_outlet

OUTLET_TABLE = Path(__file__).parents[1] / "data" / "outlets.toml"


class KnownOutlet(NamedTuple):
    """A row of the registry: facts about an outlet that is known beyond its place."""

    name: str
    kind: str
    region: str | None


@functools.cache
def known_outlets() -> dict[str, KnownOutlet]:
    """Return the registry (data/outlets.toml), by name and by alias."""
    rows = tomllib.loads(OUTLET_TABLE.read_text(encoding="utf-8"))["outlet"]
    table: dict[str, KnownOutlet] = {}
    for row in rows:
        known = KnownOutlet(row["name"], row["kind"], row.get("region"))
        for name in (row["name"], *row.get("aliases", ())):
            table[name] = known
    return table


@functools.cache
def _known_pattern() -> re.Pattern[str]:
    names = sorted((name for name in known_outlets() if len(name) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


#: Endings that only names of outlets have.
_STRONG = (
    r"(?:日报|晚报|早报|晨报|午报|时报|商报|都市报|快报|导报|周报|周刊|新报|青年报|农民报|工人报|文摘报|文学报|生活报|经济报|教育报|政协报|"
    r"法[治制]报|电视报|广播电视报|导刊|画报|日报社|晚报社|报社|报业集团|报业|电讯|新闻网|信息网|信息港|资讯网|门户网|在线网|新闻门户|"
    r"文明网|党建网|电视台|广播台|广播电视台|广播电视总台|人民广播电台|电台|总台|通讯社|新华社|中新社|新闻社|杂志社|分社|融媒体中心|融媒中心|传媒中心|"
    r"新闻中心|新闻传媒中心|全媒体中心|全媒体|融媒体?|客户端|公众号|传媒集团|新闻客户端|新闻台)"
)
#: Endings that many other words have too: enough behind a label or before 记者 and 讯.
_WEAK = (
    r"(?:报道|网讯|报|网站?|网络版|新闻|在线|热线|之窗|视窗|传媒|媒体|发布|频道|云|论坛|头条|快讯|播报|观察|之声|台|社|APP|app|杂志|月刊|半月刊|编辑部|视频|卫视|"
    r"中国|网校|号)"
)
_STRONG_END = re.compile(
    _STRONG + r"(?:[-—·][一-鿿A-Za-z0-9]{2,10})?(?:客户端|网络版|数字报|电子版|官网|周末|[一-鿿]{2,4}频道)?$"
)
_WEAK_END = re.compile(_WEAK + "$")
_SUFFIX_ANYWHERE = re.compile(f"{_STRONG}|{_WEAK}")

#: Words in the slot of the source that name nobody.
_NOBODY = re.compile(
    r"^(?:本站|本网|本报|本刊|本台|本站原创|本站整理|本网站|原创|转载|网络|互联网|网络来源|网络整理|网络转载|来源网络|网上|网友|网友投稿|投稿|未知|不详|"
    r"其他|其它|综合|整理|综合整理|综合报道|佚名|匿名|无|暂无|采集|采集侠|admin|管理员|小编|编辑|编辑部|自媒体|用户|官方|官网|正文|首页|供稿|"
    r"转自|作者|媒体|外部|内部|系统|系统发布|站内|站长|热点|要闻|新闻|资讯|图片|视频|版权归.*|原文.*|见文末|.*侵.*删|XX+.*|某某.*|本报讯|通讯员|记者|点击.*|"
    r"国内|国际|社会|时政|地方|综合新闻|网站|网站原创|微信|微博|今日头条|百家号|搜狐号|腾讯网?友|东方财富网?友|总台)$",
    re.IGNORECASE,
)
#: Brands that mirror sites write over the outlet's name: casinos, shops, adult pages.
_BRAND = re.compile(
    r"娱乐(?:场|城|平台|官网)|赌|博彩|彩票|棋牌|投注|下注|百家乐|真人|体育app|电竞|老虎机|商城|旗舰店|专卖|激情|成人|无码|直播吧|下载|注册|优惠"
)
_SECTION = re.compile(
    r"^(?:国内|国际|社会|时政|综合|本地|本土|县区|地方|热点|焦点|头条|企业|行业|最新|校园|党建|教育|财经|体育|娱乐|民生|今日|图片|视频|公司|本站|各地|"
    r"乡镇|部门|基层|工作|要闻|政务|市县|城市|区县|新闻|滚动|推荐|相关|健康|医疗|法治|科技|文化|旅游|农业|军事|房产|汽车|媒体|我的|官方|互联|局域)*"
    r"(?:新闻|报道|头条|观察|快讯|频道|视频|资讯|动态|发布|网|网站|论坛|中心|热线|传媒|在线|媒体|社)?$"
)
_NOT_A_NAME = re.compile(
    r"^(?:本文|来源|不会|不能|没有|怎么|如何|为什么|谁)|�|[。;!?“”‘’<>{}#@=…]|(?:的|了|是|在(?!线)|从|对|向|与|为|将|把|被)(?=[一-鿿]{3})|\d{4}年|\d+月\d+日|记者|通讯员|编辑|(?:通|汇|预|警|捷|喜|举|申|上)报$|关于(?=.{4})"
)


def is_brand(name: str) -> bool:
    """Tell whether a name is a shop's or casino's, written over an outlet's."""
    if name.endswith("官网"):
        return not name.startswith("中国") and place_of_outlet(name) is None
    return bool(_BRAND.search(name))


def is_outlet_name(name: str, *, labelled: bool = False) -> bool:
    """Tell whether `name` (simplified) can be an outlet's: by its ending, or by the registry.

    `labelled`: it stands where outlets stand (before 记者, 讯, on the line of the date), so an
    ending that other words share is enough.
    """
    name = name.strip(" 《》【】[]()")
    if not 2 <= len(name) <= 30 or _NOT_A_NAME.search(name) or _NOBODY.match(name) or is_brand(name):
        return False
    if name in known_outlets():
        return True
    if labelled and name.startswith("今日") and gazetteer().lookup(name[2:]):
        return True
    if _SECTION.match(name):
        return False
    if _STRONG_END.search(name):
        return True
    return labelled and len(name) >= 3 and bool(_WEAK_END.search(name))


_OFFICE_SITE = re.compile(r"(?:[委局厅部院]|政府|中心|指挥部)(?:官方)?(?:网站|官网)$")


def is_office_site(name: str) -> bool:
    """Tell whether a name is an office's own site, which gave figures to a report and did not write it."""
    return _OFFICE_SITE.search(name) is not None


#: What else book marks hold: an act, a plan, a notice; and what is no reporter behind them: 《某条例》记者见面会.
_ACT = re.compile(r"(?:条例|办法|通知|通告|公告|方案|规定|意见|规划|决定|细则|指南|手册|[^书]法)$")
_NO_REPORTER = re.compile(r"^(?:\([^)]{0,14}\))?\s?(?:[全融]媒体)?记者(?:会|见面会|招待会|站|节|证|问答)")


def is_paper_in_marks(name: str, text: str) -> bool:
    """Tell whether 《name》 before the word for a reporter in `text` is an outlet, whatever its name is like."""
    behind = text.partition(f"《{name}》")[2]
    return _ACT.search(name) is None and _NO_REPORTER.match(behind) is None


def without_account(name: str) -> str:
    """An outlet's name without the word for its account and that account's letters: 某某报公众号, 某某社(ID:some), 某财经综合."""
    name = re.sub(r"\s?\((?:微信)?(?:ID|id|Id|微信号|公众号)?\s?:?\s?[A-Za-z][A-Za-z0-9_-]{2,}\)?$", "", name)
    bare = re.sub(r"(?:官方)?(?:微信)?(?:公众号|公号|订阅号)$|综合$", "", name)
    return bare if bare != name and is_outlet_name(bare, labelled=True) else name


def source_name(value: str) -> str | None:
    """Return the outlet behind a label 来源, None where the value names nobody (本站, 网络 …).

    Anything that has the form of a name is taken there, a county's office too: the page says it.
    """
    name = value.strip(" 【】[]<>\"'“”·:-—|/,、。")
    if name.startswith("《") and name.endswith("》"):
        name = name[1:-1]
    account = re.match(
        r"(?:微信)?公(?:众)?(?:号|帐号|账号)\s?[@:]?\s?[“\"‘「【]?([^“”\"’」】]{2,20})[”\"’」】]?$|[“\"]([^“”\"]{2,20})[”\"](?:微信)?(?:公众号|公号|客户端|微博)$",
        name,
    )
    if account:
        name = account[1] or account[2]
    name = without_account(name)
    name = re.sub(r"^(?:综合|据|转自|转载自|摘自|来源|原载)(?=[^一-鿿]|.{3,})", "", name).strip(" :")
    name = re.split(r"\s{2,}|\n", name)[0]
    if "(" not in name:
        name = name.rstrip(")】]")
    lead, _, tail = name.partition("/")
    if tail and is_person(tail.split()[0] if tail.split() else "", strict=True):  # 某中心站/甲乙
        name = lead
    if " " in name:
        name = _first_of_blank_parted(name)
    if not 2 <= len(name) <= 30 or _NOBODY.match(name) or is_brand(name):
        return None
    if not re.search(r"[一-鿿]{2}", name) and name not in known_outlets():
        return None
    if re.search(r"[。;!?“”�]|\d{4}年|\d+月\d+日|^\d", name):
        return None
    return name


def _first_of_blank_parted(name: str) -> str:
    """来源:甲日报 王某 → 甲日报; 内 蒙 古 日 报 → joined; else up to the first blank."""
    parts = name.split()
    if all(len(part) == 1 for part in parts):
        return "".join(parts)
    for count in range(1, len(parts) + 1):
        joined = "".join(parts[:count])
        if is_outlet_name(joined, labelled=True):
            return joined
    return parts[0]


def leading_outlet(text: str) -> str | None:
    """Return the outlet's name that `text` begins with (某某日报某地 → 某某日报), None where there is none.

    Of several ends the longest is taken that leaves no more than a place's name behind it.
    """
    text = text.strip(" 《》【】[]")
    best = None
    known = _known_pattern().match(text)
    if known:
        best = known.group()
    for match in _SUFFIX_ANYWHERE.finditer(text):
        name = text[: match.end()]
        if is_outlet_name(name, labelled=True) and (best is None or len(name) > len(best)):
            best = name
    return best
