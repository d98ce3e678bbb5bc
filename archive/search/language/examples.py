"""The examples of the help page. Each is run by a test against the invented pieces below.

`finds` lists every piece that the query finds; all others it must not find.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_noop


@dataclass(frozen=True, slots=True)
class Piece:
    """An invented article. `region` is a division code; `first` and `last` bound its date."""

    id: str
    title: str
    body: str
    script: str = "Hans"
    caption: str = ""
    outlet: str = "示例日报"
    region: str = "510903"
    author: str = ""
    topic: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it does (a msgid), and the ids of the pieces that it finds."""

    query: str
    message: str
    finds: tuple[str, ...]

    @property
    def sentence(self) -> str:
        return gettext(self.message)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Examples under one heading (a msgid)."""

    name: str
    examples: tuple[Example, ...]

    @property
    def heading(self) -> str:
        return gettext(self.name)


PIECES: tuple[Piece, ...] = (
    Piece(
        "masks", "示例村发放口罩", "二月三日,示例村的网格员挨家挨户发放口罩。村民说:“放心了。”",
        author="示例记者甲", topic="物资", first=date(2020, 2, 3), last=date(2020, 2, 3),
    ),
    Piece(
        "checkpoint", "示例鄉村口設卡", "示例鄉的網格員在村口登記來往車輛,計畫每日消毒兩次,口罩由鄉衛生院統一發放。",
        script="Hant", outlet="示例晚报", region="420106", topic="登记", first=date(2020, 2, 1), last=date(2020, 2, 29),
    ),
    Piece(
        "school", "示例小学开学", "示例小学开学前消毒教室,清点口罩。\n\n复工复产之后,家长接送孩子要登记体温。",
        caption="图为教师给学生测体温。", author="示例记者乙", first=date(2020, 4, 27), last=date(2020, 4, 27),
    ),
    Piece(
        "clinic", "示例县的发热门诊", "示例县收治COVID-19患者的门诊昼夜有人。防疫物资充足,防控不松劲。",
        outlet="示例晚报", region="420106", first=date(2021, 1, 5), last=date(2021, 1, 5),
    ),
    Piece(
        "letter", "一封感谢信", "感谢示例社区的志愿者,新型冠状病毒感染的肺炎没有拦住他们送菜上门。", region="110105",
    ),
)  # fmt: skip

CHAPTERS: tuple[Chapter, ...] = (
    Chapter(gettext_noop("词"), (
        Example("口罩 消毒", gettext_noop("空格隔开的词都要出现，先后不论。"), ("checkpoint", "school")),
        Example("发放口罩", gettext_noop("连写的词由系统切开，每个词都要出现。"), ("masks", "checkpoint")),
        Example("網格員", gettext_noop("简体、繁体、全角写法是一回事。"), ("masks", "checkpoint")),
        Example("新冠肺炎", gettext_noop("常见的异称一并检索；结果上方会说明，也可以关掉。"), ("clinic", "letter")),
        Example("防*", gettext_noop("星号放在词尾：以“防”开头的词。"), ("clinic",)),
    )),
    Chapter(gettext_noop("原文"), (
        Example('"发放口罩"', gettext_noop("引号里的字句要原样出现，标点也算，空格和换行不算。"), ("masks",)),
        Example("“清点口罩。复工复产”", gettext_noop("换段不妨碍原文检索；中文引号也行。"), ("school",)),
        Example("「计划每日消毒」", gettext_noop("简体的引文也找得到繁体的原文。"), ("checkpoint",)),
        Example('"口罩发放"', gettext_noop("次序不同就不是原文。"), ()),
        Example('"口罩 发放"~3', gettext_noop("两个词相距不超过三个字，先后不论。"), ("masks",)),
        Example('"口罩 发放"~8', gettext_noop("两个词相距不超过八个字，先后不论。"), ("masks", "checkpoint")),
    )),
    Chapter(gettext_noop("与、或、非"), (
        Example("口罩 AND 登记", gettext_noop("“AND”或“与”：两者都要；写空格也一样。"), ("checkpoint", "school")),
        Example("车辆 OR 教室", gettext_noop("“OR”、“或”、“|”：有一个就行。"), ("checkpoint", "school")),
        Example("口罩 -学生 -教室", gettext_noop("“-”、“NOT”、“非”：去掉有这个词的文章。"), ("masks", "checkpoint")),
        Example("-口罩", gettext_noop("只写要去掉的，就从全部文章里去掉。"), ("clinic", "letter")),
        Example("(车辆 OR 教室) 体温", gettext_noop("括号里的先算；中文括号也行。"), ("school",)),
    )),
    Chapter(gettext_noop("字段"), (
        Example("标题:口罩", gettext_noop("只在标题里找；还有“正文:”和“图注:”。"), ("masks",)),
        Example("图注:体温", gettext_noop("只在图片说明里找。"), ("school",)),
        Example("来源:示例晚报", gettext_noop("刊登或首发的媒体；写一部分名称也行。"), ("checkpoint", "clinic")),
        Example("地区:四川", gettext_noop("报道的是哪里，含下属的市县；也可以写区划代码。"), ("masks", "school")),
        Example("地区:武汉市武昌区", gettext_noop("从大到小连写可以分清同名的地方。"), ("checkpoint", "clinic")),
        Example(
            "title:口罩 place:510000 date:2020-02",
            gettext_noop("字段也可以用英文名；地区可以写区划代码，含其下属。"), ("masks",),
        ),
        Example("作者:示例记者甲", gettext_noop("署名的记者、通讯员或作者。"), ("masks",)),
        Example("主题:登记", gettext_noop("编目的主题。"), ("checkpoint",)),
        Example("文字:繁体 口罩", gettext_noop("原文的文字:简体、繁体，或“转换”（机器转成的繁体）。"), ("checkpoint",)),
    )),
    Chapter(gettext_noop("日期"), (
        Example("日期:2020-02", gettext_noop("一个月；只知道月份的文章也在内。"), ("masks", "checkpoint")),
        Example("日期:2020年2月3日", gettext_noop("一天；日期不精确的文章不在内。"), ("masks",)),
        Example("日期:2020-02..2020-04", gettext_noop("从哪月到哪月，两头都算。"), ("masks", "checkpoint", "school")),
        Example("日期:2020-03..", gettext_noop("从某月起；“..2020-04-08”是到某日止。"), ("school", "clinic")),
        Example("日期:不详", gettext_noop("没有日期的文章。"), ("letter",)),
    )),
)  # fmt: skip
