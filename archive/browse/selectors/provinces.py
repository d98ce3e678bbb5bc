"""The units of province level, which several pages need."""

from __future__ import annotations

from archive.places.models import Region


def provinces() -> dict[str, Region]:
    """Code → unit of province level, in the order of the codes."""
    return {region.code: region for region in Region.objects.provinces()}
