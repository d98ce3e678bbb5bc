"""The largest values of a facet, for lists such as "outlets of this place"."""

from __future__ import annotations

from archive.places.models import Region
from archive.search.records import FacetName

from ..names import in_english, place_name, topic_name
from .figures import Figures

VALUES = 12


def largest(held: Figures, name: FacetName, most: int = VALUES) -> list[tuple[str, str, int]]:
    """(value, name, articles) of the values with most articles."""
    values = [value for value, count in held.counts(name).items() if count]
    return _named(held, name, values[:most])


def _named(held: Figures, name: FacetName, values: list[str]) -> list[tuple[str, str, int]]:
    table = held.facets.get(name)
    shown = table.some(values) if table else []
    return [(one.value, topic_name(one.value) if name == "topic" else one.label, one.count) for one in shown]


def largest_places(held: Figures, name: FacetName = "place", most: int = VALUES) -> list[tuple[str, str, int]]:
    """The provinces with most articles; in English by their English names."""
    codes = [code for code, count in held.counts(name).items() if count and code.endswith("0000")]
    rows = _named(held, name, codes[:most])
    if in_english() and rows:
        regions = {region.code: region for region in Region.objects.filter(code__in=[row[0] for row in rows])}
        rows = [(code, place_name(regions[code]) if code in regions else label, count) for code, label, count in rows]
    return rows
