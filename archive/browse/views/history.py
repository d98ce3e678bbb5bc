"""What changed in an article: its versions with their differences, the changes of editors with their reasons."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.catalog.models import Access, Shown, Status

from ..reading.differences import differences
from ..reading.facts import basis_words, field_words, role_words
from ..reading.source_changes import in_order_seen, seen_at, source_changes
from ..selectors.articles import Tombstone, find_article
from .page import page
from .tombstones import tombstone


@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    found = find_article(public_id)
    if isinstance(found, Tombstone):
        return tombstone(request, found)
    whole = found.shown() == Shown.WHOLE
    versions = in_order_seen(list(found.shown_versions().select_related("capture").order_by("number")))
    pairs = zip([None, *versions], versions, strict=False)
    rows = [
        (one, seen_at(one), before, differences(before, one) if before and whole else None) for before, one in pairs
    ]
    shown = {None, *(one.pk for one in versions)}
    revisions = [
        {
            "at": one.at,
            "role": role_words(one.role),
            "field": field_words(one.field),
            "before": _plain(one.field, one.before),
            "after": _plain(one.field, one.after),
            "reason": one.reason,
        }
        for one in found.revisions.all()
        if one.version_id in shown
    ]
    context = {
        "article": found,
        "version": found.current_version,
        "rows": rows[::-1],
        "revisions": revisions,
        "sightings": [one for one in source_changes(found, whole=whole) if one.number is None],
        "basis": basis_words,
    }
    return page(request, "browse/history.html", context, index=False)


#: Fields whose values are codes, with the words for them.
_CODED: dict[str, Any] = {"status": Status, "access": Access}


def _plain(field: str, value: object) -> str:
    if value is None or value == "":
        return "—"
    if (codes := _CODED.get(field)) is not None and value in codes.values:
        return str(codes(value).label)
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return str(value)
