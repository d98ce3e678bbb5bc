"""Reading the columns of a table otherwise than its header says."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.catalog import store
from archive.ingest.models import BatchState, ImportBatch, ImportFile
from archive.ingest.readers import FIELDS

from .refusals import BatchRefused


@transaction.atomic
def remap(batch: ImportBatch, *, file: ImportFile, mapping: Sequence[str]) -> None:
    """Give the columns of `file` these fields, in order ("" for none), and mark the batch to be checked anew.

    Raises BatchRefused when the batch is past its check, the bytes are gone, or a field is unknown
    or given twice.
    """
    named = [field for field in mapping if field]
    if not set(named) <= set(FIELDS) or len(mapping) != len(file.columns):
        raise BatchRefused(_("没有这样的项。"))
    twice = next((field for field in named if named.count(field) > 1), None)
    if twice:
        raise BatchRefused(_("“%(field)s”选了两列；每项只能取自一列。") % {"field": twice})
    if not all(store.path_of(one.sha256).exists() for one in batch.files.all()):
        raise BatchRefused(_("收到的原件已不在，请重新上传。"))
    ready = ImportBatch.objects.filter(pk=batch.pk, state__in=(BatchState.CHECKED, BatchState.FAILED))
    if not ready.update(state=BatchState.RECEIVED, problem="", tries=0, beat_at=timezone.now()):
        raise BatchRefused(_("这一批不在待确认的状态，各列的用处不能再改。"))
    columns = [[name, field] for (name, _old), field in zip(file.columns, mapping, strict=True)]
    batch.files.filter(pk=file.pk).update(mapping=list(mapping), columns=columns)
    batch.files.update(problem="", first_row=None, taken=0, read_to=0, finished=False)
    batch.refresh_from_db()
