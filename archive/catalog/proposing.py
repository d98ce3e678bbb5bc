"""What newer rules would read differently: kept beside the record until an editor accepts or rejects it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from .errors import CatalogError, ChangedMeanwhile
from .fields import FIELDS
from .models import Basis, Doubt, Evidence, Proposal, Version
from .reprints.placing import refresh
from .services.corrections import settle
from .services.history import claim, record_revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Found:
    """A value that the present rules find for a field, in the form of catalog.fields, and why."""

    field: str
    value: Any
    rule: str
    text: str
    confidence: float
    basis: str


@transaction.atomic
def propose(*, version: Version, found: Iterable[Found], rules: str) -> int:
    """Keep as proposals what differs from the record; returns how many are open now.

    A field that an editor has decided is left alone, and what an editor rejected once is not proposed
    again. Proposals that the present rules no longer make are outdated.
    """
    decided = set(version.evidence.filter(basis=Basis.EDITOR).values_list("field", flat=True))
    rejected: dict[str, list[Any]] = {}
    for field, after in version.proposals.filter(state=Proposal.State.REJECTED).values_list("field", "after"):
        rejected.setdefault(field, []).append(after)
    held = {one.field: one for one in version.proposals.filter(state=Proposal.State.OPEN)}
    count = 0
    for one in found:
        before = FIELDS[one.field].read(version)
        if one.field in decided or _same(before, one.value) or one.value in rejected.get(one.field, []):
            continue
        count += 1
        if (known := held.pop(one.field, None)) is not None and known.after == one.value and known.before == before:
            continue
        if known is not None:
            _close(known, Proposal.State.OUTDATED, None)
        Proposal.objects.create(
            version=version, field=one.field, before=before, after=one.value, rules=rules, rule=one.rule[:80],
            text=one.text, confidence=one.confidence, basis=one.basis,
        )  # fmt: skip
    for left in held.values():
        _close(left, Proposal.State.OUTDATED, None)
    return count


@transaction.atomic
def accept_proposal(*, proposal: Proposal, by: User, reason: str = "", seen: int | None = None) -> None:
    """Put the proposed value into the record, with its evidence and a line of history.

    Raises CatalogError when it is not open, ChangedMeanwhile when the field is another by now.
    """
    version, field = proposal.version, FIELDS[proposal.field]
    if proposal.state != Proposal.State.OPEN:
        raise CatalogError("这条建议已经处理过。")
    claim(article=version.article, seen=seen)
    before = field.read(version)
    if not _same(before, proposal.before):
        raise ChangedMeanwhile(f"“{field.label}”在建议提出之后已经改过；请重新识别，或不采纳。")
    why = reason.strip() or f"按新规则（{proposal.rules}）重新识别"
    field.write(version, proposal.after, standing=proposal.basis, why=proposal.text or why)
    version.save()
    version.evidence.filter(field=proposal.field).exclude(basis=Basis.EDITOR).delete()
    Evidence.objects.create(
        version=version, field=proposal.field, value=field.words(proposal.after)[:300], rule=proposal.rule or "rederived",
        text=proposal.text, confidence=proposal.confidence, basis=proposal.basis,
    )  # fmt: skip
    record_revision(
        article=version.article, version=version, by=by, field=proposal.field,
        before=field.words(before) or None, after=field.words(proposal.after) or None, reason=why,
    )  # fmt: skip
    _close(proposal, Proposal.State.ACCEPTED, by)
    settle(version, proposal.field, Doubt.Verdict.CORRECTED, by)
    refresh(version.article_id)


@transaction.atomic
def reject_proposal(*, proposal: Proposal, by: User) -> None:
    """Leave the record as it is; the same value is not proposed again."""
    if proposal.state == Proposal.State.OPEN:
        _close(proposal, Proposal.State.REJECTED, by)


def _same(one: Any, other: Any) -> bool:
    return (one or None) == (other or None)


def _close(proposal: Proposal, state: str, by: User | None) -> None:
    proposal.state, proposal.by, proposal.at = state, by, timezone.now()
    proposal.save(update_fields=["state", "by", "at"])
