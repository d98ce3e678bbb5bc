"""Fields that are one text: headline, date, source line, page, dateline, original source."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.text.script import to_simplified

from ..edtf import date_fields
from ..models import Script, Standing, Version
from .base import Field


class _Title(Field):
    __slots__ = ()

    def write(self, version: Version, value: Any, *, standing: str, why: str) -> None:
        """The headline is held in simplified characters; of a traditional piece as typed beside it."""
        typed = str(value or "")
        version.title = typed
        if version.script != Script.HANS and typed:
            version.title = to_simplified(typed)
            # A headline typed in simplified characters leaves the printed one alone where it reads the same.
            if typed != version.title or to_simplified(version.title_as_printed) != version.title:
                version.title_as_printed = typed if typed != version.title else ""
        elif not typed:
            version.title_as_printed = ""


class _Published(Field):
    __slots__ = ()

    def parse(self, text: str) -> Any:
        typed = text.strip().replace(" ", "T")
        date_fields(typed)
        return typed

    def write(self, version: Version, value: Any, *, standing: str, why: str) -> None:
        """A date with its precision and bounds; the reason is shown beside it."""
        version.published = str(value or "")
        for name, part in date_fields(version.published).items():
            setattr(version, name, part)
        version.published_standing = standing if version.published else Standing.UNKNOWN
        version.published_why = why.strip()[:300]


TITLE = _Title("title", _("标题"))
PUBLISHED = _Published("published", _("日期"), 40)
SOURCE_LINE = Field("source_line", _("来源行"))
PAGE_LABEL = Field("page_label", _("版次"), 60)
DATELINE = Field("dateline", _("电头"), 120)
ORIGINAL_SOURCE = Field("original_source", _("原始来源"), 120)
