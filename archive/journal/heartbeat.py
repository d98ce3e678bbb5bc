"""Signs of life of background workers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, connection, models
from django.utils import timezone

from .models import Worker

#: Seconds between two signs of life.
EVERY = 15.0
#: A worker that gave none for so long is silent: several in a row must have failed, the database's patience included.
SILENCE = timedelta(minutes=2)
#: The row of a worker that died is kept for so long, so that somebody asks after it.
FORGOTTEN = timedelta(days=1)


def beat(name: str) -> None:
    """Note that this worker lives."""
    now = timezone.now()
    Worker.objects.update_or_create(
        name=name, defaults={"beat_at": now}, create_defaults={"beat_at": now, "started_at": now}
    )


def note_reaping(name: str, settled: int) -> None:
    """Note that this worker looked after what dead ones left."""
    Worker.objects.filter(name=name).update(reaped_at=timezone.now(), reaped=models.F("reaped") + settled)


def living() -> models.QuerySet[Worker]:
    """The workers that gave a sign of life lately."""
    return Worker.objects.filter(beat_at__range=_lately())


def silent() -> models.QuerySet[Worker]:
    """The workers that ended without a word. A sign from the future is of before the clock was set back, and no sign."""
    return Worker.objects.exclude(beat_at__range=_lately())


def _lately() -> tuple[datetime, datetime]:
    now = timezone.now()
    return now - SILENCE, now + SILENCE


class Heartbeat(threading.Thread):
    """Signs of life from a thread of its own, so that a task that takes an hour does not look like death.

    A context: it begins with a first sign and ends with the row taken away. A database that does not answer is no
    reason to end: the next sign tries again.
    """

    def __init__(self, name: str) -> None:
        super().__init__(daemon=True)
        self._worker = name
        self._over = threading.Event()

    def run(self) -> None:
        try:
            while not self._over.wait(EVERY):
                _try(lambda: beat(self._worker))
                connection.close()
        finally:
            connection.close()

    def __enter__(self) -> Heartbeat:
        _try(lambda: Worker.objects.filter(beat_at__lt=timezone.now() - FORGOTTEN).delete())
        _try(lambda: beat(self._worker))
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self.join(EVERY)
        _try(lambda: Worker.objects.filter(name=self._worker).delete())


def _try(act: Callable[[], object]) -> None:
    with suppress(DatabaseError):
        act()
