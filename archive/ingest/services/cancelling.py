"""Cancel a batch that is not confirmed: nothing of it stays but its name."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from archive.ingest.models import BatchState, ImportBatch

from .checking import forget
from .refusals import BatchRefused
from .staging import release


@transaction.atomic
def cancel(batch: ImportBatch) -> None:
    """Let go of rows, captures and bytes. Raises BatchRefused once articles have been made."""
    waiting = (BatchState.RECEIVED, BatchState.CHECKED, BatchState.FAILED)
    if not ImportBatch.objects.filter(pk=batch.pk, state__in=waiting).update(state=BatchState.CANCELLED):
        raise BatchRefused(_("这一批已经导入或已经了结，不能取消；已导入的可以撤销。"))
    forget(batch)
    release(batch)
    batch.refresh_from_db()
