"""Cancel a batch that is not confirmed: nothing of it stays but its name."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.ingest.models import BatchState, ImportBatch

from . import lease
from .refusals import BatchRefused
from .staging import forget_rows, release


def request_cancel(batch: ImportBatch) -> None:
    """Mark a batch as to be let go; a check that is going on ends at its next write.

    Raises BatchRefused once articles have been made.
    """
    waiting = (BatchState.RECEIVED, BatchState.CHECKED, BatchState.FAILED, BatchState.CANCELLING)
    marked = ImportBatch.objects.filter(pk=batch.pk, state__in=waiting)
    if not marked.update(state=BatchState.CANCELLING, problem="", tries=0, beat_at=timezone.now()):
        raise BatchRefused(_("这一批已经导入或已经了结，不能取消；已导入的可以撤销。"))
    batch.refresh_from_db()


def cancel(batch: ImportBatch) -> None:
    """Let go of rows, captures and bytes; interrupted, it can be run again. Raises BatchRefused, BatchBusy."""
    request_cancel(batch)
    let_go(batch)


def let_go(batch: ImportBatch) -> None:
    """What `cancel` does, for a batch that is marked."""
    with lease.held(batch):
        forget_rows(batch)
        with transaction.atomic():
            lease.renew(batch, BatchState.CANCELLING)
            ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.CANCELLED)
            release(batch)
    batch.refresh_from_db()
