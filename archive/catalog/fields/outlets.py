"""Who printed a piece and who it was taken from: fields of the article, under the outlet's name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Version
from ..outlets import propose_outlet
from .base import Field


class _Outlet(Field):
    """Values are names of outlets. A name not held yet becomes an outlet that nobody has confirmed."""

    __slots__ = ()

    def read(self, version: Version) -> Any:
        outlet = getattr(version.article, self.name)
        return outlet.name if outlet else ""

    def write(self, version: Version, value: Any, *, standing: str, why: str) -> None:
        article = version.article
        setattr(article, self.name, propose_outlet(name=value) if value else None)
        article.save(update_fields=[self.name, "changed_at"])


OUTLET = _Outlet("outlet", _("媒体"), 120)
PUBLISHER = _Outlet("publisher", _("发布者"), 120)
