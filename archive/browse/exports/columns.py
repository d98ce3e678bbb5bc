"""The columns of an exported table: name, what it holds, and how it is read. The codebook is this table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.catalog.models import Article, RegionRole, Version
from archive.search.texts import printed_title

from ..citations.piece import permanent_address

Value = str | list[str] | None


@dataclass(frozen=True, slots=True)
class Column:
    """`read` gives the value of an article that was read with its parts; None is unknown, never an empty guess."""

    name: str
    meaning: Any  # a lazy translation
    read: Callable[[Article, Version], Value]


def _places(version: Version, level: str) -> Value:
    place = version.primary_region
    if place is None:
        return None
    if level == "township":
        return place.township or None
    return next((unit.name for unit in place.region.chain() if unit.level == level), None)


def _other_codes(version: Version) -> list[str]:
    return [place.region.code for place in version.places.all() if place.role != RegionRole.PRIMARY]


def _day(bound: Any) -> Value:
    return bound.isoformat() if bound else None


COLUMNS: tuple[Column, ...] = (
    Column("id", _("永久编号；引用时写它"), lambda a, v: a.public_id),
    Column("url", _("永久地址"), lambda a, v: permanent_address(a.public_id)),
    Column("title", _("标题，简体；原文无题则为空"), lambda a, v: v.title or None),
    Column("title_as_printed", _("标题，按原文字形"), lambda a, v: printed_title(v) or None),
    Column("outlet", _("媒体：注明原始来源者为原始来源，否则为发布者"), lambda a, v: a.outlet.name if a.outlet else None),
    Column("publisher", _("发布者：把它印出来的那一家"), lambda a, v: a.publisher.name if a.publisher else None),
    Column("outlet_region", _("媒体所在地的区划代码（不是事件发生地）"), lambda a, v: a.outlet.region.code if a.outlet and a.outlet.region else None),
    Column("published", _("发布日期，EDTF 写法，精确到所知为止"), lambda a, v: v.published or None),
    Column("published_earliest", _("可能的最早一天"), lambda a, v: _day(v.published_earliest)),
    Column("published_latest", _("可能的最晚一天"), lambda a, v: _day(v.published_latest)),
    Column("published_status", _("日期从何而来：stated 原文载明，inferred 推断，editor 编辑核定，unknown 不详"), lambda a, v: v.published_standing),
    Column("place_code", _("主要事发地的区划代码（GB/T 2260，2020-06-30）"), lambda a, v: v.primary_region.region.code if v.primary_region else None),
    Column("province", _("主要事发地：省级"), lambda a, v: _places(v, "province")),
    Column("prefecture", _("主要事发地：地级"), lambda a, v: _places(v, "prefecture")),
    Column("county", _("主要事发地：县级"), lambda a, v: _places(v, "county")),
    Column("township", _("主要事发地：乡镇、街道或村"), lambda a, v: _places(v, "township")),
    Column("other_places", _("文中另外涉及的地方的区划代码"), lambda a, v: _other_codes(v)),
    Column("authors", _("署名作者"), lambda a, v: [line.name for line in v.bylines.all()]),
    Column("topics", _("主题"), lambda a, v: list(v.topics)),
    Column("script", _("原文字形：Hans 简体，Hant 繁体，Hant-converted 机器转换的繁体"), lambda a, v: v.script),
    Column("source_url", _("采集时的网址"), lambda a, v: v.source_url or None),
    Column("text", _("正文，按原文字形；不对读者全文开放者为空"), lambda a, v: a.readable_body()),
    Column("rights", _("关于使用权利的说明"), lambda a, v: a.rights_sentence or None),
)  # fmt: skip


def row(article: Article) -> dict[str, Value]:
    """The values of an article by column; the article must have a current version."""
    version = article.current_version
    assert version is not None
    return {column.name: column.read(article, version) for column in COLUMNS}
