"""Which fields an editor should look at: what was inferred, and what was found with less than .9 confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from django.db import transaction

from .inserting import insert, insert_records
from .models import Basis, Doubt, Evidence, Version

#: Below this an editor is asked to look.
DOUBT = 0.9
#: These fields hold several values, each with evidence of its own: the least sure one counts.
SEVERAL = frozenset({"authors", "editors", "topics", "places"})
#: Always inferred, by rules that say so; asked about only when unsure.
INFERRED_BY_NATURE = frozenset({"topics", "places", "body"})


def is_doubtful(field: str, confidence: float, bases: Iterable[str]) -> bool:
    """Whether a field found with this confidence, on evidence of these bases, goes to the review queue."""
    if confidence < DOUBT:
        return True
    return field not in INFERRED_BY_NATURE and set(bases) == {Basis.INFERRED}


def sureness(field: str, found: Iterable[tuple[str, float]]) -> float:
    """How sure a field is by the (value, confidence) of its evidence: the best, of several values the least sure."""
    best: dict[str, float] = defaultdict(float)
    for value, confidence in found:
        key = value if field in SEVERAL else ""
        best[key] = max(best[key], confidence)
    return min(best.values(), default=1.0)


class EvidenceRow(NamedTuple):
    """One row of Evidence of a version that is held; `basis` one of Basis."""

    version_id: int
    field: str
    value: str
    rule: str
    start: int | None
    end: int | None
    text: str
    confidence: float
    basis: str


Row = TypeVar("Row", Evidence, EvidenceRow)


@transaction.atomic
def keep_evidence(rows: Sequence[EvidenceRow]) -> int:
    """Write the evidence of new versions and note their doubtful fields; returns how many."""
    doubts = _doubts(rows)
    deciding = {id(row): Evidence(**row._asdict()) for row, _doubt in doubts}
    insert_records(list(deciding.values()), known_by=["version_id", "field"])
    insert(
        Evidence, [name.removesuffix("_id") for name in EvidenceRow._fields], [r for r in rows if id(r) not in deciding]
    )
    for row, doubt in doubts:
        doubt.evidence = deciding[id(row)]
    insert_records([doubt for _row, doubt in doubts])
    return len(doubts)


@transaction.atomic
def find_doubts(versions: Iterable[Version]) -> int:
    """Note the doubtful fields of these versions; returns how many are open. What an editor decided stays decided."""
    keys = [version.pk for version in versions]
    found = _doubts(list(Evidence.objects.filter(version__in=keys).order_by("version_id", "field", "pk")))
    for evidence, doubt in found:
        doubt.evidence = evidence
    Doubt.objects.filter(version__in=keys, verdict=Doubt.Verdict.OPEN).delete()
    Doubt.objects.bulk_create([doubt for _evidence, doubt in found], ignore_conflicts=True)
    return len(found)


def _doubts(rows: Sequence[Row]) -> list[tuple[Row, Doubt]]:
    """The doubtful fields, each with the piece of evidence that decided it."""
    grouped: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for one in rows:
        grouped[one.version_id, one.field].append(one)
    doubts = []
    for (version, field), evidence in grouped.items():
        if any(one.basis == Basis.EDITOR for one in evidence):
            continue
        confidence = sureness(field, [(one.value, one.confidence) for one in evidence])
        if is_doubtful(field, confidence, [one.basis for one in evidence]):
            deciding = min(evidence, key=lambda one: abs(one.confidence - confidence))
            values = "、".join(dict.fromkeys(one.value for one in evidence)) if field in SEVERAL else deciding.value
            doubts.append((deciding, Doubt(version_id=version, field=field, value=values[:300], confidence=confidence)))
    return doubts
