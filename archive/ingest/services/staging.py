"""Letting go of bytes and captures that nothing needs any more."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from archive.catalog import store
from archive.catalog.models import Capture
from archive.catalog.removing import discard_captures
from archive.ingest.models import BatchState, ImportBatch, ImportFile, ImportRow

#: States in which the files of a batch may still be read.
OPEN = (BatchState.RECEIVED, BatchState.CHECKED, BatchState.IMPORTING)

#: Rows that go in one transaction.
CHUNK = 500


def discard(captures: Iterable[int], *, batch: ImportBatch) -> None:
    """Discard captures (by key) that no version, member or row of another open batch needs."""
    captures = set(captures)
    wanted = set(
        ImportRow.objects.filter(capture__in=captures, batch__state__in=OPEN)
        .exclude(batch=batch)
        .values_list("capture", flat=True)
    )
    discard_captures(captures - wanted)


def forget_rows(batch: ImportBatch, *, first: int = 0, file: str | None = None) -> None:
    """Drop the rows from number `first` on (of one `file`) and the captures that only they needed, the last first."""
    rows = batch.rows.filter(number__gte=first)
    if file is not None:
        rows = rows.filter(file=file)
    while True:
        with transaction.atomic():
            chunk = dict(rows.order_by("-number").values_list("pk", "capture")[:CHUNK])
            if not chunk:
                return
            ImportRow.objects.filter(pk__in=chunk).delete()
            discard({capture for capture in chunk.values() if capture}, batch=batch)


def release(batch: ImportBatch) -> None:
    """Erase the received bytes of a batch that became no capture and that no other open batch has."""
    hashes = set(batch.files.values_list("sha256", flat=True))
    held = Capture.objects.filter(sha256__in=hashes, erased_at__isnull=True)
    hashes -= set(held.values_list("sha256", flat=True))
    others = ImportFile.objects.filter(sha256__in=hashes, batch__state__in=OPEN).exclude(batch=batch)
    hashes -= set(others.values_list("sha256", flat=True))

    def erase() -> None:
        for sha256 in hashes:
            store.destroy(sha256)

    transaction.on_commit(erase)
