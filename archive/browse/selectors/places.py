"""A division with what is above and below it, and the outlets and townships of its articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Value
from django.db.models.lookups import Exact

from archive.catalog.models import VersionRegion
from archive.catalog.querysets import Unindexed
from archive.catalog.reading import kept
from archive.places.gazetteer import gazetteer
from archive.places.models import Level, Region, code_prefix
from archive.places.names import reader_language, unit_name

from ..charts.scale import shade, thresholds
from ..finding.links import addressed
from ..names import names_in_line, place_name

MOST_TOWNSHIPS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """A division in a list, with its count."""

    code: str
    name: str
    count: int
    url: str
    shade: int


@dataclass(frozen=True, slots=True)
class County:
    """A county in a list, with the unit above it."""

    name: str
    above: str
    count: int
    url: str


def counties(counts: Mapping[str, int], most: int = 10) -> list[County]:
    """The counties with most articles, named by the gazetteer."""
    largest = sorted(
        (code for code in counts if not code.endswith("00") and counts[code]), key=lambda code: (-counts[code], code)
    )[:most]
    language, address = reader_language(), addressed("place")
    made = []
    for code in largest:
        unit = gazetteer().unit(code)
        if unit is not None:
            name, above = names_in_line(code, language)[-1], unit_name(unit.province, language)
            made.append(County(name, above, counts[code], address(code)))
    return made


def find_region(code: str) -> Region | None:
    """The division of a code of six digits (or nine: a township), with its chain."""
    if not (code.isascii() and code.isdecimal() and len(code) in (6, 9)):
        return None
    return next(kept("region", _region, code), None)


def _region(code: Any) -> QuerySet[Region]:
    return Region.objects.with_chain().filter(code=code).order_by()


def parts_of(region: Region, counts: Mapping[str, int]) -> list[Part]:
    """The divisions right below (townships left out), by code, with their counts."""
    below = list(kept("regions below", _below, region.code))
    bounds = thresholds(counts.get(one.code, 0) for one in below)
    address = addressed("place")
    return [
        Part(
            one.code,
            place_name(one),
            counts.get(one.code, 0),
            address(one.code),
            shade(counts.get(one.code, 0), bounds),
        )
        for one in below
        # A unit that came or went with an edition is shown only where articles are filed under it.
        if counts.get(one.code) or (one.valid_from is None and one.valid_to is None)
    ]


def _below(code: Any) -> QuerySet[Region]:
    return Region.objects.below(code).exclude(level=Level.TOWNSHIP)


def townships_of(region: Region) -> list[tuple[str, int]]:
    """Names of townships that articles about `region` name, with their counts; one query."""
    if region.level == Level.PROVINCE:
        return []
    prefix = code_prefix(region.code)
    return list(kept("townships", _townships, prefix, str(int(prefix) + 1)))


def _townships(first: Any, beyond: Any) -> QuerySet[VersionRegion, tuple[str, int]]:
    # From the divisions on to their articles: that nearly all are published is no way to find these.
    published = Exact(Unindexed("version__article__status"), Value("published"))
    return (
        VersionRegion.objects.filter(published, region__code__gte=first, region__code__lt=beyond)
        .filter(version__pk=F("version__article__current_version"))
        .exclude(township="")
        .exclude(version__article__access="staff")
        .values_list("township")
        .annotate(count=Count("version__article", distinct=True))
        .order_by("-count", "township")[:MOST_TOWNSHIPS]
    )
