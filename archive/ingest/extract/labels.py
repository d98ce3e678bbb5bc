"""Labels of source lines (来源: … 作者: … 发布时间: …) and the value that stands behind each.

Source lines run together (来源:X发布者:时间:D), so a label ends the value before it, and a label
with nothing behind it has no value: never the next label.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

LabelKind = Literal["source", "repost", "picture", "author", "editor", "poster", "date", "host", "page", "other"]

#: Spellings of each kind of label, longest first within the pattern. Seen on news sites of all provinces.
_SPELLINGS: dict[LabelKind, str] = {
    "picture": "图片来源 照片来源 视频来源 题图来源 封面来源 数据来源 图源 资料来源",
    "source": "文章来源 稿件来源 信息来源 新闻来源 内容来源 消息来源 本文来源于 本文来源 原文来源 来源于 来源 稿源 出处 信源 发稿单位 媒体来源",
    "repost": "本文转自 文章转自 转载自 转自 摘自 原载于 原载",
    "author": "文章作者 本文作者 作者 撰稿者 记者署名 撰文 撰稿 采写 署名 特约记者 见习记者 实习记者 本报记者 本网记者 全媒体记者 "
    "融媒体记者 记者 特约通讯员 通讯员 实习生 文/图 图/文 文图 图文 供稿人 供稿单位 供稿",
    "editor": "责任编辑 责任编缉 网络编辑 网页编辑 图文编辑 新媒体编辑 值班编辑 本期编辑 文字编辑 执行编辑 责编 编辑 网编 美编 编审 "
    "审核人 审核 审读 审校 校对 校审 终审 初审 复审 一审 二审 三审 一校 二校 三校 总监制 监制 制作 制片人 值班主任 "
    "值班总编 值班编委 值班 总编辑 总编 主编 统筹 策划 录入员 录入 签发 上传",
    "poster": "发布者 发布人 发布单位 发布机构 发布",
    "date": "发布时间 发布日期 发表时间 发表日期 发稿时间 发稿日期 更新时间 更新日期 最后更新 添加时间 创建时间 录入时间 "
    "发表于 发布于 时间 日期 上传时间 成文日期 生成日期",
    "host": "主办单位 主办 承办单位 版权所有 主管单位 主管 运营单位",
    "page": "版次 版面",
    "other": "浏览次数 浏览量 浏览 点击次数 点击数 点击量 点击率 点击 阅读次数 阅读量 阅读数 阅读 访问次数 访问量 人气 热度 "
    "字体大小 字号 字体 评论数 评论 分享到 分享 关键词 关键字 标签 所属栏目 查看完整版本 完整标题 完整新闻标题 完整新闻内文 完整新闻连结 原文连结 新闻连结 栏目 分类 类别 打印 收藏 原标题 标题 "
    "导读 摘要 核心提示 网址 链接 地址 电话 邮箱 热线 投稿 扫一扫 索引号 文号 作者单位 审稿",
}

_KIND_OF: dict[str, LabelKind] = {spelling: kind for kind, words in _SPELLINGS.items() for spelling in words.split()}
_ANY = "|".join(r" ?".join(map(re.escape, spelling)) for spelling in sorted(_KIND_OF, key=len, reverse=True))
#: A label: its word (perhaps padded, 来 源), then a colon; for roles also a slash or bar (责编/X).
#: 来源|X, too, but not in a table of cases: | 感染来源 | 居住地 |.
_BARRED = (
    r"(?<=[者员编辑审对图文核制任])|(?<=来源)(?<![一-鿿|]来源)(?<!\| 来源)"
    r"|(?<=文章来源)|(?<=稿件来源)|(?<=新闻来源)|(?<=图片来源)|(?<=[稿图]源)"
)
#: 社区工作者: is no label.
LABEL = re.compile(
    rf"(?P<label>(?:(?<![工合写])|(?!作 ?者))(?:{_ANY}))\s?(?:[::]|(?:{_BARRED})\s?[/|](?=\s?[一-鿿《]))\s*"
)

#: What follows a value when no label does: chrome that was glued on, a date, an address.
_STOP = re.compile(
    r"参与互动|我来说两句|我要评论|参与评论|分享到|大字|小字|打印|收藏|举报|手机看新闻|https?:|www\.|原标题|【|\||丨|>>|字号|"
    r"\d{4}\s?[-年/.]\s?\d{1,2}|\d{1,2}:\d{2}|-{3,}|[。;!?]"
)


#: 本文来自微信公众号:某某 (ID:some), 本文来源微信公众号某某,作者甲: the account that a piece was taken from.
FROM_ACCOUNT = re.compile(
    r"(?:本文|文章|内容|稿件)(?:来自于?|来源于?|转载?自|首发于?|选自|摘自)"
    r"(?:(?:微信)?(?:公众号|公号|订阅号)\s?:?\s?[“\"「【《]?|\s?:?\s?[“「【《])"
    r"(?P<name>[一-鿿A-Za-z0-9·]{2,16}?)[”\"」】》]?\s?(?:\((?:微信)?(?:ID|id|Id|微信号)[^()]{0,40}\)?|\([A-Za-z0-9_-]+\))?\s?(?=[,,。;;]|$)"
    r"(?:[,,]\s?作者\s?[:|/]?\s?(?P<names>[一-鿿、 ]{2,60})(?=[,,。;;]|$))?"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label as printed and its value; `start`, `end` are the place of the value in the piece."""

    kind: LabelKind
    label: str
    value: str
    start: int
    end: int


def labelled_values(text: str) -> tuple[Labelled, ...]:
    """Return the labels of one line (plain marks, simplified) with their values, empty ones too."""
    if ":" not in text and "/" not in text and "|" not in text:
        return ()  # no label without a mark behind it
    return _remembered(text) if len(text) < 4_000 else _labelled(text)


@functools.lru_cache(maxsize=128)
def _remembered(text: str) -> tuple[Labelled, ...]:
    """Several rules ask for the labels of the same line."""
    return _labelled(text)


def _labelled(text: str) -> tuple[Labelled, ...]:
    found = list(LABEL.finditer(text))
    values = []
    for position, match in enumerate(found):
        stop = found[position + 1].start() if position + 1 < len(found) else len(text)
        label = match["label"].replace(" ", "")
        kind = _KIND_OF[label]
        raw = text[match.end() : stop]
        if kind not in ("date", "other"):
            chrome = _STOP.search(raw)
            if chrome:
                raw = raw[: chrome.start()]
        lead = len(raw) - len(raw.lstrip())
        value = raw.strip(" \n|,;、·-")
        start = match.end() + lead
        values.append(Labelled(kind, label, value, start, start + len(value)))
    return tuple(values)
