"""Outlets: found by name or alias, proposed by imports."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from archive.places.models import Region
from archive.text.sounds import syllables

from .models import Outlet, OutletAlias


def find_outlet(name: str) -> Outlet | None:
    """The outlet of this name, or of which it is an alias."""
    outlet = Outlet.objects.filter(name=name).first()
    if outlet is None:
        alias = OutletAlias.objects.filter(name=name).select_related("outlet").first()
        outlet = alias.outlet if alias else None
    return outlet


@transaction.atomic
def propose_outlet(
    *, name: str, region_code: str | None = None, kind: str = Outlet.Kind.UNKNOWN, is_sample: bool = False
) -> Outlet:
    """The outlet of this name; a new one is unconfirmed until an editor has looked at it."""
    outlet = find_outlet(name)
    if outlet is not None:
        return outlet
    region = Region.objects.filter(code=region_code).first() if region_code else None
    return Outlet.objects.create(name=name, slug=free_slug(name), region=region, kind=kind, is_sample=is_sample)


def free_slug(name: str) -> str:
    """A readable address for an outlet: pinyin of its name, numbered when taken."""
    stem = slugify("-".join(syllables(name)))[:120] or "outlet"
    slug, number = stem, 1
    while Outlet.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
