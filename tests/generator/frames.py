"""Heads and feet of pages with what they tell: each function names the kind of page that its lines were seen on."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .people import person
from .subjects import Subject

Truth = dict[str, Any]


@dataclass
class Frame:
    """Lines above and below the body, what opens its first paragraph, and what the page tells of each field.

    A field that is absent from `truth` is not judged; None means that nothing tells it.
    """

    above: list[str]
    below: list[str] = field(default_factory=list)
    opening: str = ""
    closing: str = ""
    truth: Truth = field(default_factory=dict)
    url: str | None = None


def _clock(day: date, rng: random.Random, form: str = "{0}-{1:02}-{2:02} {3:02}:{4:02}") -> str:
    return form.format(day.year, day.month, day.day, rng.randint(6, 22), rng.randint(0, 59))


def government_site(title: str, s: Subject, rng: random.Random) -> Frame:
    """Site of a county's government: path, headline, 发布时间 and 来源 with labels, print and close."""
    above = [
        "首页 > 新闻中心 > 部门动态",
        title,
        f"发布时间：{_clock(s.day, rng)} 来源：{s.outlet} 浏览次数：{rng.randint(10, 999)}",
    ]
    return Frame(
        above, ["【打印本页】 【关闭窗口】"], truth={"published": s.day.isoformat(), "outlet": s.outlet, "authors": []}
    )


def news_site(title: str, s: Subject, rng: random.Random) -> Frame:
    """Local news site: date, source, writer and editor in one line; share bar; editor in brackets below."""
    names = " ".join(s.authors)
    above = [title, f"{_clock(s.day, rng)} 来源：{s.outlet} 作者：{names}", "分享到："]
    below = [f"（责任编辑：{person(rng)}）", "相关阅读", "别处的新闻：另一个地方的另一件事"]
    return Frame(above, below, truth={"published": s.day.isoformat(), "outlet": s.outlet, "authors": sorted(s.authors)})


def run_together(title: str, s: Subject, rng: random.Random) -> Frame:
    """Portals whose head ran together: clock glued to 来源, a call to comment behind it."""
    above = [title, _clock(s.day, rng) + f":{rng.randint(10, 59)}来源:{s.outlet}我来说两句"]
    return Frame(above, truth={"published": s.day.isoformat(), "outlet": s.outlet, "authors": []})


def barred(title: str, s: Subject, rng: random.Random) -> Frame:
    """Sites of papers of the political consultative kind: date | 作者 | 来源, font sizes."""
    date_ = _clock(s.day, rng, "{0}年{1:02}月{2:02}日 {3:02}:{4:02}")
    above = ["首页>专题>战疫日记", title, f"{date_} | 作者：{s.authors[0]} | 来源：{s.outlet}", "字体：大 中 小"]
    return Frame(above, truth={"published": s.day.isoformat(), "outlet": s.outlet, "authors": [s.authors[0]]})


def paper(title: str, s: Subject, rng: random.Random) -> Frame:
    """Electronic edition of a paper: masthead with the day and page, 本报讯 with the writers in brackets."""
    outlet = s.outlet if s.outlet.endswith("报") else s.county.province.short + "日报"
    above = [f"{outlet} {s.day.year}年{s.day.month:02}月{s.day.day:02}日 第{rng.randint(1, 8):02}版：要闻", title]
    opening = f"本报讯（记者 {' '.join(s.authors)}）"
    return Frame(
        above, ["上一篇 下一篇"], opening,
        truth={"published": s.day.isoformat(), "outlet": outlet, "authors": sorted(s.authors)},
    )  # fmt: skip


def with_dateline(title: str, s: Subject, rng: random.Random) -> Frame:
    """Copy of a paper's story on a site with the day in its address alone: X日报讯(记者 A 通讯员 B)."""
    outlet = s.outlet if s.outlet.endswith(("报", "网")) else s.county.province.short + "日报"
    who = f"记者 {s.authors[0]}" + (f" 通讯员 {s.authors[1]}" if len(s.authors) > 1 else "")
    return Frame(
        [title], [], f"{outlet}讯（{who}）",
        truth={"published": s.day.isoformat(), "outlet": outlet, "authors": sorted(s.authors)},
        url=f"http://example.invalid/news/{s.day:%Y}/{s.day:%m%d}/{rng.randint(10000, 99999)}.html",
    )  # fmt: skip


def closing_byline(title: str, s: Subject, rng: random.Random) -> Frame:
    """Sites of offices where the writer stands in brackets behind the last sentence, the day above."""
    above = [title, f"时间：{s.day.isoformat()}"]
    label = rng.choice(("作者：", "通讯员 ", "供稿："))
    names = "、".join(s.authors) if label.endswith("：") else " ".join(s.authors)
    return Frame(
        above,
        closing=f"（{label}{names}）",
        truth={"published": s.day.isoformat(), "outlet": None, "authors": sorted(s.authors)},
    )


def source_below(title: str, s: Subject, rng: random.Random) -> Frame:
    """Public accounts: the account and day above, 来源 and 编辑 below, a code to scan."""
    above = [title, f"{s.day.year}年{s.day.month}月{s.day.day}日"]
    below = [f"来源：{s.outlet}", f"编辑：{person(rng)}", f"审核：{person(rng)}", "长按识别二维码关注我们"]
    return Frame(above, below, truth={"published": s.day.isoformat(), "outlet": s.outlet, "authors": []})


def mirror(title: str, s: Subject, rng: random.Random) -> Frame:
    """Mirror: spam above, 作者 that is nobody, the mirror's own day years late, a disclaimer below."""
    above = [
        "精品国产视频在线观看|免费彩票|娱乐城",
        title,
        f"时间:2023/{rng.randint(1, 12)}/{rng.randint(1, 28)} 作者:佚名",
    ]
    below = ["免责声明：本文来自网络，版权归原作者所有，如有侵权请联系删除。", "上一篇：别处的新闻", "下一篇：没有了"]
    return Frame(above, below, truth={"authors": [], "outlet": None})


def nothing_told(title: str, s: Subject, rng: random.Random) -> Frame:
    """A text saved from a page without its head: the headline alone; nobody says who printed it."""
    return Frame([title], truth={"outlet": None, "authors": []})


FRAMES: tuple[Callable[[str, Subject, random.Random], Frame], ...] = (
    government_site, news_site, run_together, barred, paper, with_dateline, closing_byline, source_below, mirror, nothing_told,
)  # fmt: skip
