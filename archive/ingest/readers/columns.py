"""Which column or key gives which field, under Chinese and English names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.text.fold import fold
from archive.text.script import to_simplified

from .refusals import MissingColumn

#: `body` is a body already cut out and is kept whole; `text` and `html` are pages as captured, which the
#: pipeline reads. Names are compared folded, simplified, without blanks, hyphens and brackets.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("标题", "题名", "题目", "新闻标题", "文章标题", "title", "headline"),
    "title_as_printed": ("title_as_printed",),
    "body": ("正文", "内容", "文章内容", "新闻内容", "文章正文", "body", "content"),
    "text": ("全文", "文本", "原文", "text", "full_text", "fulltext"),
    "html": ("网页", "网页源码", "源码", "html", "raw_html"),
    "outlet": ("媒体", "报纸", "来源", "来源媒体", "报社", "媒体名称", "outlet", "source", "newspaper", "media"),
    "publisher": ("发布者", "发布媒体", "刊载媒体", "publisher"),
    "original_source": ("原始来源", "转自", "原载", "original_source"),
    "outlet_region": ("媒体所在地区划代码", "outlet_region"),
    "source_line": ("来源行", "source_line"),
    "published": (
        "日期", "发布日期", "发布时间", "发表日期", "发表时间", "刊登日期", "见报日期", "时间",
        "date", "published", "published_at", "publish_date", "pub_date", "pubdate",
    ),
    "authors": ("作者", "记者", "署名", "责任者", "author", "authors", "byline"),
    "editors": ("编辑", "责任编辑", "责编", "editor", "editors"),
    "page_label": ("版次", "版面", "版", "page", "page_label"),
    "dateline": ("电头", "dateline"),
    "about": ("地点", "地区", "行政区划", "区划代码", "地区代码", "place", "region", "region_code", "about"),
    "province": ("省", "省份", "province"),
    "prefecture": ("市", "地级市", "城市", "prefecture", "city"),
    "county": ("县", "区县", "县区", "county", "district"),
    "topics": ("topics",),
    "script": ("script",),
    "captions": ("captions",),
    "source_url": ("网址", "链接", "原文链接", "原文网址", "来源网址", "地址", "url", "link", "source_url", "address"),
    "captured_at": (
        "抓取时间", "采集时间", "抓取日期", "采集日期", "captured_at", "crawled_at", "crawl_time", "retrieved_at", "accessed",
    ),
}  # fmt: skip

#: The fields that a column can be given, in the order in which they are offered.
FIELDS = tuple(NAMES)

_NOISE = re.compile(r"[\s\-_·.()\[\]【】:*]+")


def _key(name: str) -> str:
    return _NOISE.sub("", fold(to_simplified(name.replace("\ufeff", ""))))


_FIELD_OF = {_key(name): field for field, names in NAMES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place (from 0), its name as printed, the field that it gives ("" for none)."""

    place: int
    name: str
    field: str


def field_of(name: str) -> str:
    """The field that a column or key of this name gives; "" when the name is not known."""
    return _FIELD_OF.get(_key(name), "")


def known_names(names: list[str]) -> int:
    """How many of the names are known: tells a header from a line of text."""
    return sum(1 for name in names if field_of(name))


def mapping_of(names: list[str], *, table: bool = True, chosen: Sequence[str] = ()) -> list[Column]:
    """Read a header (or the keys of an object). The first of two names for one field counts.

    `chosen` are the fields of the columns in their order ("" for none), in place of what the names say.
    Raises MissingColumn when there is no text to read, or, in a table, no title beside it.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    for place, name in enumerate(names):
        field = chosen[place] if place < len(chosen) else "" if chosen else field_of(name)
        # The field's own name goes before another name for it: "source" beside "outlet" is something else.
        if field in taken or (not chosen and field and name.strip() != field and field in names):
            field = ""
        taken.add(field)
        columns.append(Column(place, name.strip(), field))
    seen = [[column.name, column.field] for column in columns]
    if not {"body", "text", "html"} & taken:
        raise MissingColumn(_("正文"), "body", seen)
    if table and "title" not in taken and "html" not in taken:
        raise MissingColumn(_("标题"), "title", seen)
    return columns
