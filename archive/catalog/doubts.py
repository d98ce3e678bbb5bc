"""Which fields an editor should look at: what was inferred, and what was found with less than .9 confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

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


@transaction.atomic
def find_doubts(versions: Iterable[Version]) -> int:
    """Note the doubtful fields of these versions; returns how many are open. What an editor decided stays decided."""
    keys = [version.pk for version in versions]
    grouped: dict[tuple[int, str], list[Evidence]] = defaultdict(list)
    for one in Evidence.objects.filter(version__in=keys):
        grouped[one.version_id, one.field].append(one)
    doubts = []
    for (version, field), evidence in grouped.items():
        if any(one.basis == Basis.EDITOR for one in evidence):
            continue
        confidence = sureness(field, [(one.value, one.confidence) for one in evidence])
        if is_doubtful(field, confidence, [one.basis for one in evidence]):
            deciding = min(evidence, key=lambda one: (abs(one.confidence - confidence), one.pk))
            values = "、".join(dict.fromkeys(one.value for one in evidence)) if field in SEVERAL else deciding.value
            doubts.append(
                Doubt(
                    version_id=version,
                    field=field,
                    value=values[:300],
                    confidence=confidence,
                    evidence=deciding,
                )
            )
    Doubt.objects.filter(version__in=keys, verdict=Doubt.Verdict.OPEN).delete()
    Doubt.objects.bulk_create(doubts, ignore_conflicts=True)
    return len(doubts)
