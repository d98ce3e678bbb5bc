"""Corrections by editors: each changed field is written to the public history, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from ..errors import CatalogError
from ..fields import FIELDS
from ..models import Basis, Doubt, Evidence, Proposal, Standing, Version
from ..reprints.placing import refresh
from .history import claim, record_revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def correct(*, version: Version, by: User, reason: str, changes: dict[str, Any], seen: int | None = None) -> list[str]:
    """Set fields (see catalog.fields) of a version; returns the names of those that really changed.

    `seen` is what the article's `changes` were when the editor was shown it. Raises CatalogError for a
    field that may not be corrected or a missing reason, ChangedMeanwhile when somebody was quicker. A
    corrected date stands as `editor`; evidence of the pipeline stays, the editor's is added.
    """
    foreign = set(changes) - set(FIELDS)
    if foreign:
        raise CatalogError(f"不能更正的字段：{'、'.join(sorted(foreign))}")
    claim(article=version.article, seen=seen)
    before = {name: FIELDS[name].read(version) for name in changes}
    changed = [name for name, value in changes.items() if (value or None) != (before[name] or None)]
    if not changed:
        return []
    if not reason.strip():
        raise CatalogError("更正须写明理由。")
    for name in changed:
        FIELDS[name].write(version, changes[name], standing=Standing.EDITOR, why=reason)
    version.full_clean(exclude=["article", "capture"])
    version.save()
    for name in changed:
        _record(version, by, name, before[name], changes[name], reason)
        settle(version, name, Doubt.Verdict.CORRECTED if changes[name] else Doubt.Verdict.UNKNOWN, by)
    if {"published", "outlet", "publisher"} & set(changed):
        refresh(version.article_id)
    return changed


@transaction.atomic
def accept(*, version: Version, field: str, by: User, seen: int | None = None) -> None:
    """An editor has looked at a field and finds it right: it is the editor's from now on."""
    claim(article=version.article, seen=seen)
    known = FIELDS.get(field)
    value = known.read(version) if known else None
    if field == "published" and version.published:
        Version.objects.filter(pk=version.pk).update(published_standing=Standing.EDITOR)
        version.article.save(update_fields=["changed_at"])
    _record(version, by, field, value, value, "核对无误")
    settle(version, field, Doubt.Verdict.ACCEPTED, by)


def settle(version: Version, field: str, verdict: str, by: User | None) -> None:
    """Close what waited for a decision on this field."""
    now = timezone.now()
    version.doubts.filter(field=field).update(verdict=verdict, by=by, at=now)
    version.proposals.filter(field=field, state=Proposal.State.OPEN).update(
        state=Proposal.State.OUTDATED, by=by, at=now
    )


def _record(version: Version, by: User, field: str, before: Any, after: Any, reason: str) -> None:
    known = FIELDS.get(field)
    said = known.words if known else str
    record_revision(
        article=version.article,
        version=version,
        by=by,
        field=field,
        before=said(before) if before else None,
        after=said(after) if after else None,
        reason=reason,
    )
    Evidence.objects.create(
        version=version,
        field=field,
        value=(said(after) if after else "")[:300],
        rule="editor",
        text=reason[:300],
        confidence=1.0,
        basis=Basis.EDITOR,
    )
