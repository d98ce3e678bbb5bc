"""Upkeep that the page of operations may start: run by the background worker, noted in the journal when it ends."""

from __future__ import annotations

import io
from contextlib import suppress

from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django_tasks import task, task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from archive.journal.models import Kind

#: What may be started by a click: it only compares, or does what would be done anyway; killed, nothing is lost.
SAFE = (Kind.CHECK_INDEX, Kind.SANITY_CHECK, Kind.SWEEP_INDEX)


@task(priority=-10)  # imports, for which somebody waits, go before
def upkeep(kind: str) -> None:
    """Run the command of that name. That it found something wrong is in the journal, and no failure of the task."""
    if kind not in SAFE:
        raise ValueError(f"{kind} is not started by a click")
    with suppress(CommandError):
        call_command(kind, stdout=io.StringIO(), stderr=io.StringIO())


def coming(kind: Kind) -> bool:
    """Whether it waits in the queue or runs already."""
    return any(result.args_kwargs["args"] == [kind.value] for result in _unfinished())


def _unfinished() -> QuerySet[DBTaskResult]:
    if not isinstance(task_backends["default"], DatabaseBackend):
        return DBTaskResult.objects.none()
    ours = DBTaskResult.objects.filter(task_path=upkeep.module_path)
    return ours.filter(finished_at=None)


def start(kind: Kind) -> bool:
    """Put it into the queue; False when it is there already. ValueError for what is not safe to start so."""
    if kind not in SAFE:
        raise ValueError(f"{kind} is not started by a click")
    if coming(kind):
        return False
    upkeep.enqueue(kind.value)
    return True
