"""The fields of the query language, their Chinese and English names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archive.text.fold import fold
from archive.text.script import to_simplified

from ..tree import KeyField, Part

ALL_PARTS: tuple[Part, ...] = ("title", "body", "caption")


@dataclass(frozen=True, slots=True)
class Field:
    """How the value of a field is read: as text in `parts`, as an exact value of `key`, or as dates."""

    name: str  # Chinese, as the help page shows it
    kind: Literal["text", "key", "date"]
    parts: tuple[Part, ...] = ALL_PARTS
    key: KeyField | None = None


ANYWHERE = Field("", "text")
DATE = Field("日期", "date")

_NAMES: tuple[tuple[Field, str], ...] = (
    (Field("标题", "text", parts=("title",)), "标题 题名 题目 title"),
    (Field("正文", "text", parts=("body",)), "正文 body text"),
    (Field("图注", "text", parts=("caption",)), "图注 图说 图片说明 caption"),
    (Field("来源", "key", key="outlet"), "来源 媒体 报纸 source outlet"),
    (Field("来源地区", "key", key="outlet_place"), "来源地区 媒体地区 sourceplace outletplace"),
    (Field("地区", "key", key="place"), "地区 地点 地方 place region"),
    (DATE, "日期 时间 date"),
    (Field("作者", "key", key="author"), "作者 记者 author by"),
    (Field("主题", "key", key="topic"), "主题 topic"),
    (Field("文字", "key", key="script"), "文字 字体 script"),
    (Field("编号", "key", key="id"), "编号 id"),
)
FIELDS: dict[str, Field] = {name: field for field, names in _NAMES for name in names.split()}


def field_named(name: str) -> Field | None:
    """The field that a reader calls `name` (either script, any width and case), or None."""
    return FIELDS.get(fold(to_simplified(name)))
