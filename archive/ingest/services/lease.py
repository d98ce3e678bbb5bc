"""Who works on a batch: one process at a time, and a dead one does not hold it up.

A process that takes a batch writes its name there; whatever it writes of the batch it writes in
transactions that first `renew`. So a batch that was cancelled, or that another process took over,
is written by nobody else from that moment.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.ingest.models import ImportBatch
from archive.ingest.sparing import few_pages

from .refusals import BatchBusy, Superseded

#: A worker on another machine counts as dead when it has written nothing for so long. The longest
#: step without a write is the reading of one page of 8 MB: well under a minute.
SILENCE = timedelta(minutes=5)


def _started(pid: int) -> str:
    """When a process began, as the kernel counts; tells it from a later one of the same number."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if said[0] in "ZX" else said[19]  # killed, and not waited for by whoever began it: no longer alive
    except (OSError, IndexError):
        return ""


def own_name() -> str:
    """This process, for `ImportBatch.worker`."""
    pid = os.getpid()
    return f"{socket.gethostname()[:60]} {pid} {_started(pid)}"


def is_alive(worker: str) -> bool | None:
    """Whether the process of that name lives; None when it runs on another machine."""
    host, _blank, rest = worker.partition(" ")
    if host != socket.gethostname()[:60]:
        return None
    pid, _blank, started = rest.partition(" ")
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return _started(int(pid)) == started


def is_free(batch: ImportBatch) -> bool:
    """Whether nobody who lives works on the batch."""
    if not batch.worker:
        return True
    alive = is_alive(batch.worker)
    if alive is None:
        # A sign of life from the future was written before the clock was set back: it tells nothing.
        return batch.beat_at is None or abs(timezone.now() - batch.beat_at) > SILENCE
    return not alive


@contextmanager
def held(batch: ImportBatch) -> Iterator[None]:
    """Work on the batch in this block. Raises BatchBusy while another process does."""
    name = own_name()
    batch.refresh_from_db(fields=["worker", "beat_at"])
    if not is_free(batch) and batch.worker != name:
        raise BatchBusy(_("这一批正在处理，请稍候。"))
    as_seen = Q(worker=batch.worker, beat_at=batch.beat_at)
    taken = ImportBatch.objects.filter(as_seen, pk=batch.pk).update(
        worker=name, beat_at=timezone.now(), tries=F("tries") + 1
    )
    if not taken:
        raise BatchBusy(_("这一批正在处理，请稍候。"))
    try:
        with few_pages():
            yield
    finally:
        ImportBatch.objects.filter(pk=batch.pk, worker=name).update(worker="", beat_at=timezone.now())


def renew(batch: ImportBatch, state: str) -> None:
    """Within a transaction, before its writes: the batch is still ours and in `state`. Raises Superseded.

    The row is locked until the transaction ends, so that nobody changes its state meanwhile.
    """
    ours = ImportBatch.objects.filter(pk=batch.pk, worker=own_name(), state=state)
    if not ours.update(beat_at=timezone.now(), tries=0):
        raise Superseded
