"""The largest values of a facet, for lists such as "outlets of this place"."""

from __future__ import annotations

from archive.places.models import Region
from archive.search.records import FacetName

from ..names import in_english, place_name, topic_name
from .figures import Figures

VALUES = 12


def largest(held: Figures, name: FacetName, most: int = VALUES) -> list[tuple[str, str, int]]:
    """(value, name, articles) of the values with most articles."""
    values = sorted((one for one in held.facets.get(name, ()) if one.count), key=lambda one: (-one.count, one.label))
    named = [(one.value, topic_name(one.value) if name == "topic" else one.label, one.count) for one in values]
    return named[:most]


def largest_places(held: Figures, name: FacetName = "place", most: int = VALUES) -> list[tuple[str, str, int]]:
    """The provinces with most articles; in English by their English names."""
    rows = [row for row in largest(held, name, 10_000) if row[0].endswith("0000")][:most]
    if in_english() and rows:
        regions = {region.code: region for region in Region.objects.filter(code__in=[row[0] for row in rows])}
        rows = [(code, place_name(regions[code]) if code in regions else label, count) for code, label, count in rows]
    return rows
