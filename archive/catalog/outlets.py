"""Outlets: found by name or alias, proposed by imports."""

from __future__ import annotations

import re

from django.db import transaction
from django.utils.text import slugify

from archive.places.models import Region
from archive.text.sounds import syllables

from .models import Outlet, OutletAlias

#: What has a case or a width: ASCII and its full-width forms, so far from each other.
_FOLDING = re.compile("[!-~！-～]")
_WIDTH = 0xFEE0


def has_forms(name: str) -> bool:
    """Whether a name can be printed in another case or width: it has letters, digits or signs."""
    return _FOLDING.search(name) is not None


def find_outlet(name: str) -> Outlet | None:
    """The outlet of this name, or of which it is an alias; letters and signs of another case or width are the same.

    Of several held from before, the one proposed first.
    """
    outlet = Outlet.objects.filter(name=name).first()
    if outlet is None:
        alias = OutletAlias.objects.filter(name=name).select_related("outlet").first()
        outlet = alias.outlet if alias else None
    if outlet is None and has_forms(name):
        outlet = Outlet.objects.filter(name__regex=_spellings(name)).order_by("pk").first()
        if outlet is None:
            alias = (
                OutletAlias.objects.filter(name__regex=_spellings(name)).select_related("outlet").order_by("pk").first()
            )
            outlet = alias.outlet if alias else None
    return outlet


def _spellings(name: str) -> str:
    """A pattern of the name with each of its letters and signs in either case and width: Ａ, a, ａ for A."""
    return "^" + "".join(_spelling(char) for char in name) + "$"


def _spelling(char: str) -> str:
    narrow = chr(ord(char) - _WIDTH) if "！" <= char <= "～" else char
    if not "!" <= narrow <= "~":
        return re.escape(char)
    forms = {narrow.lower(), narrow.upper()}
    return "(?:" + "|".join(re.escape(form) for one in sorted(forms) for form in (one, chr(ord(one) + _WIDTH))) + ")"


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
