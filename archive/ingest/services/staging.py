"""Letting go of bytes and captures that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from archive.catalog import store
from archive.catalog.models import Capture
from archive.catalog.services import discard_capture
from archive.ingest.models import BatchState, ImportBatch, ImportFile, ImportRow

#: States in which the files of a batch may still be read.
OPEN = (BatchState.RECEIVED, BatchState.CHECKED, BatchState.IMPORTING)


def discard(captures: Iterable[int], *, batch: ImportBatch) -> None:
    """Discard captures (by key) that no version, member or row of another open batch needs."""
    wanted = set(
        ImportRow.objects.filter(capture__in=list(captures), batch__state__in=OPEN)
        .exclude(batch=batch)
        .values_list("capture", flat=True)
    )
    for capture in Capture.objects.filter(pk__in=set(captures) - wanted):
        discard_capture(capture=capture)


def release(batch: ImportBatch) -> None:
    """Erase the received bytes of a batch that became no capture and that no other open batch has."""
    hashes = set(batch.files.values_list("sha256", flat=True))
    hashes -= set(Capture.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    others = ImportFile.objects.filter(sha256__in=hashes, batch__state__in=OPEN).exclude(batch=batch)
    hashes -= set(others.values_list("sha256", flat=True))

    def erase() -> None:
        for sha256 in hashes:
            store.destroy(sha256)

    transaction.on_commit(erase)
