"""Corrections by editors: each changed field is written to the public history, with its reason."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from archive.places.models import Region

from .models import Basis, Evidence, RegionRole, Standing, Version, VersionRegion
from .services import CatalogError, record_revision

#: Fields of a version that an editor may correct. The text itself is as printed and stays so.
CORRECTABLE = ("title", "page_label", "source_line", "dateline", "published")

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?)?)?")


def date_fields(published: str) -> dict[str, Any]:
    """Precision and bounds of an EDTF date ("2020", "2020-02", "2020-02-24", "2020-02-24T08:30").

    Raises CatalogError, with a sentence, for anything else. "" is an unknown date.
    """
    if not published:
        return {"published_precision": "", "published_earliest": None, "published_latest": None}
    match = _EDTF.fullmatch(published)
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        earliest = datetime(year, month, day, int(match[4] or 0), int(match[5] or 0), int(match[6] or 0)).date()
    except ValueError:
        raise CatalogError(f"日期“{published}”无法识别,应写作 2020-02-24、2020-02 或 2020。") from None
    if match[3]:
        latest = earliest
    else:
        last_month = month if match[2] else 12
        latest = earliest.replace(month=last_month, day=calendar.monthrange(year, last_month)[1])
    named = [
        name
        for name, part in zip(("year", "month", "day", "minute", "second"), (1, 2, 3, 4, 6), strict=True)
        if match[part]
    ]
    return {"published_precision": named[-1], "published_earliest": earliest, "published_latest": latest}


@transaction.atomic
def correct(*, version: Version, by: User, reason: str, changes: dict[str, Any]) -> list[str]:
    """Set fields of a version; returns the names of those that really changed.

    Raises CatalogError for a field that may not be corrected or a missing reason. A corrected
    date stands as `editor`; evidence of the pipeline stays, the editor's is added.
    """
    foreign = set(changes) - set(CORRECTABLE)
    if foreign:
        raise CatalogError(f"不能更正的字段:{'、'.join(sorted(foreign))}")
    before = {name: getattr(version, name) for name in changes}
    changed = [name for name, value in changes.items() if value != before[name]]
    if not changed:
        return []
    if not reason.strip():
        raise CatalogError("更正须写明理由。")
    for name in changed:
        setattr(version, name, changes[name])
    if "published" in changed:
        for name, value in date_fields(version.published).items():
            setattr(version, name, value)
        version.published_standing = Standing.EDITOR if version.published else Standing.UNKNOWN
        version.published_why = reason.strip()[:300]
    version.full_clean(exclude=["article", "capture"])
    version.save()
    for name in changed:
        _record(version, by, name, before[name], changes[name], reason)
    return changed


@transaction.atomic
def correct_place(*, version: Version, by: User, reason: str, region: Region | None, township: str = "") -> bool:
    """Set (or, with None, clear) the primary place of a version; True when it changed."""
    if not reason.strip():
        raise CatalogError("更正须写明理由。")
    old = version.places.filter(role=RegionRole.PRIMARY).select_related("region").first()
    if (old.region_id, old.township) == (region.pk, township) if old and region else old is None and region is None:
        return False
    if old is not None:
        old.delete()
    if region is not None:
        VersionRegion.objects.update_or_create(
            version=version, region=region, township=township, defaults={"role": RegionRole.PRIMARY}
        )
    _record(version, by, "place", _place(old), f"{region.code} {township}".strip() if region else None, reason)
    # The article is what the index watches.
    version.article.save(update_fields=["changed_at"])
    return True


def _place(place: VersionRegion | None) -> str | None:
    return f"{place.region.code} {place.township}".strip() if place else None


def _record(version: Version, by: User, field: str, before: Any, after: Any, reason: str) -> None:
    record_revision(
        article=version.article,
        version=version,
        by=by,
        field=field,
        before=_plain(before),
        after=_plain(after),
        reason=reason,
    )
    Evidence.objects.create(
        version=version,
        field=field,
        value=str(_plain(after) or "")[:300],
        rule="editor",
        text=reason[:300],
        confidence=1.0,
        basis=Basis.EDITOR,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
