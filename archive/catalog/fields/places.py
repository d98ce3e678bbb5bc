"""The division that a piece is about."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.places.models import Region

from ..errors import FieldError
from ..models import RegionRole, Version, VersionRegion
from .base import Field

_CODE = re.compile(r"(\d{6}|\d{9})\s*(.*)")
_LONGEST = 40


def place_value(region: Region | None, township: str = "") -> Any:
    """The value of the field for a division and, finer than its code, a township; None for unknown."""
    return [region.code, township] if region else None


class _About(Field):
    """Values are [division code, township], or None."""

    __slots__ = ()

    def read(self, version: Version) -> Any:
        place = version.places.filter(role=RegionRole.PRIMARY).select_related("region").first()
        return place_value(place.region, place.township) if place else None

    def words(self, value: Any) -> str:
        """510923 四川省遂宁市大英县示例镇."""
        if not value:
            return ""
        region = Region.objects.filter(code=value[0]).first()
        names = "".join(unit.name for unit in region.chain()) if region else ""
        return f"{value[0]} {names}{value[1]}".strip()

    def parse(self, text: str) -> Any:
        """A code, or names from the larger to the smaller; what follows the last known one is the township."""
        typed = "".join(text.split())[: _LONGEST + 9]
        if not typed:
            return None
        coded = _CODE.fullmatch(typed)
        region = Region.objects.filter(code=coded[1]).first() if coded else _named(typed)
        if region is None:
            raise FieldError(
                _("没有这个行政区划：%(text)s。请写六位代码，或省市县全名。") % {"text": text.strip()[:40]}
            )
        rest = coded[2] if coded else typed
        for unit in region.chain():
            rest = rest.removeprefix(unit.name)
        return place_value(region, rest[:60])

    def write(self, version: Version, value: Any, *, standing: str, why: str) -> None:
        version.places.filter(role=RegionRole.PRIMARY).delete()
        if value:
            VersionRegion.objects.update_or_create(
                version=version,
                region=Region.objects.get(code=value[0]),
                township=value[1],
                defaults={"role": RegionRole.PRIMARY},
            )
        # The article is what the index watches.
        version.article.save(update_fields=["changed_at"])


def _named(typed: str) -> Region | None:
    """The finest division that the names lead to. Raises FieldError when there are several."""
    parts = {
        typed[start:end] for start in range(len(typed)) for end in range(start + 2, min(len(typed), start + 16) + 1)
    }
    found = []
    for region in Region.objects.filter(name__in=parts).select_related("parent__parent__parent"):
        rest = typed
        for unit in region.chain():
            rest = rest.removeprefix(unit.name)
        # All names before the last must have been eaten; what is left over is a township at most.
        if typed[: len(typed) - len(rest)].endswith(region.name):
            found.append((len(rest), region))
    least = min((left for left, _region in found), default=0)
    best = [region for left, region in found if left == least]
    if len(best) > 1:
        raise FieldError(_("“%(text)s”有几处同名；请写上省市，或写六位代码。") % {"text": typed[:40]})
    return best[0] if best else None


ABOUT = _About("about", gettext_lazy("地点"))
