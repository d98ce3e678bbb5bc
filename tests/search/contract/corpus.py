"""A corpus of invented pieces in both scripts, always the same, with every kind of date, place and state."""

from __future__ import annotations

import random
from datetime import date, timedelta

from opencc import OpenCC

from archive.catalog.models import Article, Outlet, Printing, ReprintCluster

from ..making import region, save_article

PLACES = ("510903", "510900", "510000", "420106", "420111", "330106", "110105", "460000")
TOPICS = ("物资", "登记", "消毒", "复工")
AUTHORS = ("示例记者甲", "示例记者乙", "示例通讯员丙")
_WHO = [
    "示例村的网格员",
    "村干部老甲",
    "示例镇卫生院的护士",
    "志愿者小乙",
    "示例县疾控中心",
    "乡里的党员",
    "示例社区居委会",
    "驻村工作队",
]
_DID = [
    "挨家挨户登记体温",
    "给隔离户送米面油",
    "在村口设卡劝返",
    "用大喇叭宣传防控知识",
    "发放口罩和消毒液",
    "排查外来人员",
    "里里外外消毒",
    "干净利落地完成了计划",
    "统计返乡人员名单",
    "后来又复工复产",
]
_MORE = [
    "共测温３７．２度",
    "以下者120人",
    "，没有发现COVID-19病例",
    "；据《示例日报》报道",
    "：“大家放心。”",
    "，前后只用了两天",
    "（含夜班）",
    "、每户5只",
    "，新冠肺炎疫情防控不松劲",
    "，面粉、干菜都有",
    ",ok",
]
_ENDS = ["。", "！", "。", "。\n\n", "；", "。\u3000"]
#: What keyboards and scans bring besides: beyond the basic plane, joined, zero wide, of other widths, marks of the query language.
_ODD = [
    ("Hans", "😷示例村👩‍⚕️值守", "村民𠮷某说:“口罩😷够用。”𡃁仔也来登记,𠀀字不识。", "图为👩‍⚕️登记"),
    ("Hans", "Ⅷ号楼①层20㎡", "ﬁt测试:cafe\u0301与café,３７．２℃,〇号病例,人々皆知。", ""),
    ("Hans", '反\\斜"杠', '他说"OK" \\ (ok)*~3 -不 | 或 AND NOT 标题:口罩,《“示例”》。', "*"),
    (
        "Hans",
        "零宽\u200b空格\ufeff",
        "示\u200b例\ufeff社区\u00a0口罩\u2003发放\u3000\n\n登\u2028记\x85体\x1c温。",
        "口 罩",
    ),
    ("Hant", "計畫𠮷野家消毒", "乾淨的裡面,後來\n計\n畫每日消毒😷,網格員説:「ＣＯＶＩＤ－１９」。", "網格\u3000員"),
]
_traditional = OpenCC("s2tw").convert


def _passage(dice: random.Random, sentences: int) -> str:
    pieces = []
    for _ in range(sentences):
        pieces.append(dice.choice(_WHO) + dice.choice(["", " ", "\n", ""]) + dice.choice(_DID))
        if dice.random() < 0.6:
            pieces.append(dice.choice(_MORE))
        pieces.append(dice.choice(_ENDS))
    return "".join(pieces).strip() or "示例。"


def _dates(dice: random.Random) -> tuple[tuple[date, date] | None, str]:
    day = date(2020, 1, 15) + timedelta(days=dice.randrange(150))
    match dice.randrange(6):
        case 0:
            return None, ""
        case 1:
            return (date(2020, day.month, 1), date(2020, day.month + 1, 1) - timedelta(days=1)), "month"
        case 2:
            return (date(day.year, 1, 1), date(day.year, 12, 31)), "year"
        case _:
            return (day, day), "day"


def save_corpus(count: int = 60) -> None:
    """Store `count` published articles, those with odd characters, and a few that readers must not find."""
    dice = random.Random(20200123)
    outlets = [
        Outlet.objects.create(name=f"示例{name}", slug=f"shili-{number}", region=region(code) if code else None)
        for number, (name, code) in enumerate(
            (("日报", "510900"), ("晚报", "420000"), ("电视台", "330100"), ("客户端", ""))
        )
    ]
    regions = [region(code) for code in PLACES]
    for number in range(count + 6):
        traditional = dice.random() < 0.4
        script = dice.choice(["Hant", "Hant-converted"]) if traditional else "Hans"
        convert = _traditional if traditional else str
        dates, precision = _dates(dice)
        state = {"status": "draft"} if number == count else {"status": "withdrawn"} if number == count + 1 else {}
        if number in (count + 2, count + 3):
            state = {"access": "staff"}
        save_article(
            convert(_passage(dice, dice.randint(1, 7))),
            convert(_passage(dice, 1).replace("\n", "")[:30]) if dice.random() < 0.9 else "",
            public_id=f"c{number}",
            captions=[convert("图为" + _passage(dice, 1)) for _ in range(dice.choice([0, 0, 1, 2]))],
            script=script,
            outlet=dice.choice([*outlets, None]),
            places=dice.sample(regions, dice.choice([0, 1, 1, 2])),
            authors=dice.sample(AUTHORS, dice.choice([0, 1, 2])),
            topics=dice.sample(TOPICS, dice.choice([0, 1, 2])),
            dates=dates,
            precision=precision,
            is_sample=dice.random() < 0.2,
            **state,
        )
    for number, (script, title, body, caption) in enumerate(_ODD):
        save_article(body, title, public_id=f"odd{number}", captions=[caption] if caption else [], script=script)
    _save_copies(dice, count)


def _save_copies(dice: random.Random, count: int) -> None:
    """Clusters of two to six articles, whatever they say; some with an original that readers must not find."""
    found = Article.objects.published()
    keys = dice.sample(sorted(found.values_list("pk", flat=True)), count // 2)
    closed = sorted(Article.objects.exclude(pk__in=found).values_list("pk", flat=True))
    while len(keys) > 1:
        cluster = ReprintCluster.objects.create()
        some = [keys.pop() for _ in range(min(dice.randint(2, 6), len(keys)))]
        if closed and dice.random() < 0.5:
            some.insert(0, closed.pop())
        for place, key in enumerate(some):
            Printing.objects.create(article_id=key, cluster=cluster, is_original=place == 0, overlap=0.9)


def drop_corpus() -> None:
    """Remove what `save_corpus` stored, and the note that its indexing left in the journal."""
    from archive.catalog.models import Capture
    from archive.journal.models import Run
    from archive.places.models import Region

    Article.objects.all().delete()
    ReprintCluster.objects.all().delete()
    Capture.objects.all().delete()
    Outlet.objects.all().delete()
    Run.objects.all().delete()
    while Region.objects.filter(children__isnull=True).exists():
        Region.objects.filter(children__isnull=True).delete()
