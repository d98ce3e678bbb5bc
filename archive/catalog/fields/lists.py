"""Fields of several values: authors, editors, topics."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..errors import FieldError
from ..models import Byline, Version
from .base import Field

_BETWEEN = re.compile(r"[、,，;；/\n]+")
_NAME = re.compile(r"(?P<name>[^()（）]+?)\s*(?:[(（](?P<role>[^()（）]{1,20})[)）])?")


class _Names(Field):
    __slots__ = ()

    def words(self, value: Any) -> str:
        return "、".join(str(one) for one in value or [])

    def parse(self, text: str) -> Any:
        """Names or topics divided by 、 , ; /."""
        return list(dict.fromkeys(part.strip()[:80] for part in _BETWEEN.split(text) if part.strip()))

    def write(self, version: Version, value: Any, *, standing: str, why: str) -> None:
        setattr(version, self.name, list(value or []))


class _Authors(Field):
    """Values are [name, role as printed] in printed order."""

    __slots__ = ()

    def read(self, version: Version) -> Any:
        return [[byline.name, byline.role] for byline in version.bylines.all()]

    def words(self, value: Any) -> str:
        return "、".join(f"{name}({role})" if role else name for name, role in value or [])

    def parse(self, text: str) -> Any:
        """张三(记者)、李四."""
        people = []
        for part in _BETWEEN.split(text):
            if not part.strip():
                continue
            match = _NAME.fullmatch(part.strip())
            if match is None or len(match["name"]) > 80:
                raise FieldError(_("人名“%(name)s”读不懂；请写作“姓名（身份）、姓名”。") % {"name": part.strip()[:40]})
            people.append([match["name"], match["role"] or ""])
        return people

    def write(self, version: Version, value: Any, *, standing: str, why: str) -> None:
        version.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(version=version, position=position, name=name[:80], role=role[:20])
            for position, (name, role) in enumerate(value or [])
        )


AUTHORS = _Authors("authors", gettext_lazy("作者"))
EDITORS = _Names("editors", gettext_lazy("编辑"))
TOPICS = _Names("topics", gettext_lazy("主题"))
