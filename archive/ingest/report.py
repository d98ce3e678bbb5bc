"""What an import did, for people and for programs; the same from the command line and in the admin."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from .models import ImportBatch, Outcome


def counts(batch: ImportBatch) -> Counter[str]:
    """How many rows there are of each outcome."""
    return Counter(batch.rows.values_list("outcome", flat=True))


def sentence(batch: ImportBatch) -> str:
    """One line: new 12, held 3 …; outcomes without rows are left out."""
    found = counts(batch)
    parts = [f"{outcome.label} {found[outcome]}" for outcome in Outcome if found[outcome]]
    return " · ".join(parts) if parts else _("没有内容")


def not_imported(batch: ImportBatch) -> list[dict[str, str]]:
    """Files and rows that gave no article, with the reason."""
    rows = batch.rows.filter(outcome__in=(Outcome.SKIPPED, Outcome.BAD)).order_by("number")
    return [{"file": row.file, "outcome": row.outcome, "reason": row.problem} for row in rows]


def as_json(batch: ImportBatch) -> dict[str, Any]:
    """The report as one object."""
    found = counts(batch)
    made = batch.rows.filter(done=True).select_related("article").order_by("number")
    return {
        "batch": batch.token,
        "state": batch.state,
        "problem": batch.problem,
        "counts": {outcome.value: found[outcome] for outcome in Outcome},
        "articles": [row.article.public_id for row in made if row.article],
        "not_imported": not_imported(batch),
    }
