"""The outlets of the archive by the province that they are in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.catalog.models import Outlet

from ..names import kind_name, place_name, short_place_name
from .provinces import provinces


@dataclass(frozen=True, slots=True)
class Listed:
    """An outlet in the list; `place` is the unit below the province where it is."""

    slug: str
    name: str
    kind: str
    place: str
    count: int
    sample: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The outlets of a province ("" where the place is unknown)."""

    code: str
    name: str
    outlets: tuple[Listed, ...]


def outlets_by_province(counts: Mapping[str, int]) -> list[Group]:
    """Outlets that have articles, grouped by province in the order of the codes, unknown places last."""
    groups: dict[str, list[Listed]] = {}
    for one in Outlet.objects.select_related("region").filter(slug__in=[slug for slug in counts if counts[slug]]):
        code = one.region.province_code if one.region else ""
        here = short_place_name(one.region) if one.region and one.region.code != code else ""
        groups.setdefault(code, []).append(
            Listed(one.slug, one.name, kind_name(one.kind), here, counts[one.slug], one.is_sample)
        )
    named = provinces()
    return [
        Group(
            code,
            place_name(named[code]) if code in named else _("所在地未定"),
            tuple(sorted(groups[code], key=lambda listed: (-listed.count, listed.name))),
        )
        for code in sorted(groups, key=lambda code: code or "~")
    ]
