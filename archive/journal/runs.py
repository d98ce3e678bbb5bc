"""Noting how upkeep ended, and looking up how it last did."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError
from django.utils import timezone

from .models import Kind, Run

log = logging.getLogger(__name__)

#: Runs kept of each kind: a daily one for three months.
KEPT = 100


@dataclass(slots=True)
class Report:
    """What a run tells of itself. `worth_noting` False leaves no row, as of a sweep that found nothing to do."""

    sentence: str = ""
    ok: bool = True
    figures: dict[str, int] = field(default_factory=dict)
    worth_noting: bool = True


@contextmanager
def noted(kind: Kind) -> Iterator[Report]:
    """Note the block as a run of `kind`: not ok, with its sentence, when an exception ends it (which goes on).

    Where the database cannot take the note, the log has it: upkeep must not fail for its own diary.
    """
    report = Report()
    began, at = time.monotonic(), timezone.now()
    try:
        yield report
    except Exception as error:
        report.sentence = str(error) or type(error).__name__
        _note(kind, at, time.monotonic() - began, False, report)
        raise
    if report.worth_noting:
        _note(kind, at, time.monotonic() - began, report.ok, report)


def _note(kind: Kind, at: datetime, seconds: float, ok: bool, report: Report) -> None:
    try:
        Run.objects.create(
            kind=kind, started_at=at, seconds=round(max(seconds, 0), 3), ok=ok, sentence=report.sentence[:2000],
            figures=report.figures,
        )  # fmt: skip
        newest = Run.objects.filter(kind=kind).values("pk")[:KEPT]
        Run.objects.filter(kind=kind).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    except DatabaseError as error:
        log.error("the end of %s could not be noted: %s", kind, error)


def last_runs() -> Mapping[Kind, Run]:
    """The last run of each kind that ever ran."""
    found = {}
    for kind in Kind:
        run = Run.objects.filter(kind=kind).first()
        if run is not None:
            found[kind] = run
    return found


def last_good(kind: Kind) -> Run | None:
    """The last run of a kind that was ok."""
    return Run.objects.filter(kind=kind, ok=True).first()
