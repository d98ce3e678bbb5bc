"""Work outside of requests: one task that advances a batch, and what finds batches that were left behind.

The queue only wakes the worker up. What is to be done stands in the state of the batch, so a task
that is lost, run twice, or killed does no harm.
"""

from __future__ import annotations

from datetime import timedelta
from threading import Event

from django.utils import timezone
from django_tasks import task, task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from archive.journal import heartbeat

from . import services
from .models import OUTSTANDING, ImportBatch
from .services import lease

#: How long the results of tasks are kept.
KEPT = timedelta(days=7)


class WorkerDied(Exception):
    """The process that ran a task is gone."""


class Stopping(BaseException):
    """The worker is to stop: raised between two transactions of a step, so that nothing is half done."""


_told_to_stop = Event()


def stop() -> None:
    """End the task that is running after its next write; the batch goes on when a worker starts again."""
    _told_to_stop.set()


def _heed(_count: int) -> None:
    if _told_to_stop.is_set():
        raise Stopping


@task()
def advance(token: str) -> None:
    """Do what the batch waits for. Of a batch that is gone there is nothing to do."""
    batch = ImportBatch.objects.filter(token=token).first()
    if batch is not None:
        services.advance(batch, progress=_heed)


def enqueue(batch: ImportBatch) -> None:
    """Have the background go on with a batch."""
    advance.enqueue(batch.token)


def reap(worker: str = "") -> int:
    """Settle the tasks of workers that died, and queue the batches that wait and have no task; how many were queued.

    `worker` is the one that asks. Imports by command are left to whoever ran the command.
    """
    if not isinstance(task_backends["default"], DatabaseBackend):
        return 0
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
    coming = {_token(result) for result in DBTaskResult.objects.ready()}
    settled = 0
    for result in DBTaskResult.objects.running():
        runner = result.worker_ids[-1] if result.worker_ids else ""
        if runner == worker or lease.is_alive(runner) is False:
            result.set_failed(WorkerDied())
            settled += 1
        else:
            coming.add(_token(result))
    heartbeat.note_reaping(worker, settled)
    found = 0
    for batch in ImportBatch.objects.filter(state__in=OUTSTANDING, source=ImportBatch.Source.UPLOAD):
        given_up = batch.tries >= services.MOST_TRIES and batch.problem
        if batch.token not in coming and not given_up and lease.is_free(batch):
            enqueue(batch)
            found += 1
    return found


def _token(result: DBTaskResult) -> str:
    return str(next(iter(result.args_kwargs["args"]), ""))
