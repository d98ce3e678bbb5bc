"""What numbers are counted and measured in."""

from __future__ import annotations

#: Lengths of time: they have no noun.
TIMES = (
    "个多月",
    "个月",
    "个半月",
    "个小时",
    "个多小时",
    "个工作日",
    "工作日",
    "小时",
    "分钟",
    "昼夜",
    "年",
    "天",
    "周",
    "秒",
)
MONEY = ("元人民币", "人民币", "美元", "欧元", "英镑", "日元", "港元", "加元", "澳元", "卢布", "韩元", "元", "块钱")
SHARES = ("个百分点", "百分点", "%", "‰")
#: Persons themselves, cases: what they count stands rather before the number.
PERSONS = ("人次", "人份", "人口", "人", "例次", "例")
MEASURES = (
    "平方公里", "平方千米", "平方米", "立方米", "公里", "千米", "海里", "厘米", "毫米", "米", "公顷", "亩", "万吨", "吨",
    "公斤", "千克", "毫克", "克", "斤", "毫升", "升", "千瓦时", "千瓦", "兆瓦", "摄氏度", "℃", "标箱",
)  # fmt: skip
#: Measure words; those that also make names and idioms (面, 口, 路, 线, 级, 点 …) are left out.
COUNTERS = (
    "架次", "车次", "班次", "批次", "艘次", "户次", "件次", "场次", "名", "位", "户", "家", "个", "件", "份", "只", "辆", "台", "套",
    "箱", "袋", "瓶", "桶", "盒", "包", "支", "枚", "架", "艘", "列", "班", "趟", "条", "项", "种", "类", "处", "座", "所", "间",
    "栋", "幢", "张", "床", "片", "块", "颗", "粒", "棵", "株", "头", "匹", "封", "篇", "幅", "册", "本", "部分", "部", "场",
    "起", "宗", "次", "批", "组", "期", "顶", "双", "副", "把", "根", "节", "道", "堂", "段", "筐", "车", "笔", "单", "剂", "针",
)  # fmt: skip
ALL = tuple(sorted({*TIMES, *MONEY, *SHARES, *PERSONS, *MEASURES, *COUNTERS}, key=len, reverse=True))

#: Units that digits alone may have: behind a numeral in characters they make names and idioms (两头, 三期, 三道沟).
DIGITS_ONLY = frozenset(
    [
        "头",
        "期",
        "针",
        "车",
        "单",
        "节",
        "部分",
        "包",
        "升",
        "克",
        "米",
        "斤",
        "部",
        "班",
        "列",
        "列",
        "本",
        "组",
        "道",
        "人口",
        "类",
        "片",
    ]
)
