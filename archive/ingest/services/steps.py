"""Whatever a batch waits for, by its state: what the background does, and does again after a crash."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.ingest.models import OUTSTANDING, BatchState, ImportBatch

from . import lease
from .cancelling import let_go
from .checking import check, fail
from .confirming import make_articles
from .refusals import BatchRefused, Superseded
from .undoing import remove_made

logger = logging.getLogger(__name__)

#: A step that was begun so often without writing anything kills its process: it is not begun again by itself.
MOST_TRIES = 3


def advance(batch: ImportBatch, *, progress: Callable[[int], None] = lambda n: None) -> None:
    """Do what the batch waits for, until it waits for a person or another process works on it.

    Safe to call at any time and any number of times.
    """
    while True:
        batch.refresh_from_db()
        if batch.state not in OUTSTANDING or not lease.is_free(batch):
            return
        if batch.tries >= MOST_TRIES:
            if not batch.problem:
                _give_up(batch)
            return
        try:
            _step(batch, progress)
        except Superseded:
            continue  # its state has changed: another step is wanted now
        except BatchRefused:
            return


def _step(batch: ImportBatch, progress: Callable[[int], None]) -> None:
    match batch.state:
        case BatchState.RECEIVED:
            check(batch, progress=progress)
        case BatchState.IMPORTING:
            make_articles(batch, progress=progress)
        case BatchState.CANCELLING:
            let_go(batch)
        case BatchState.UNDOING:
            remove_made(batch, progress=progress)


def _give_up(batch: ImportBatch) -> None:
    """Say that a step cannot be done, and leave the rest to a person."""
    logger.error("batch %s: given up after %d tries in state %s", batch.token, batch.tries, batch.state)
    problem = _("试了 %(tries)d 次都没有做完，原因已记入日志；请告诉管理员。") % {"tries": batch.tries}
    with lease.held(batch):
        if batch.state == BatchState.RECEIVED:
            fail(batch, problem)
        else:
            with transaction.atomic():
                lease.renew(batch, batch.state)
                ImportBatch.objects.filter(pk=batch.pk).update(problem=problem, tries=MOST_TRIES)


def try_again(batch: ImportBatch) -> None:
    """Let the background begin anew with a batch that it had given up."""
    ImportBatch.objects.filter(pk=batch.pk).update(tries=0, problem="", beat_at=timezone.now())
