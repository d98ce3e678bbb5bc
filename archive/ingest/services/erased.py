"""What a batch brings of texts that were erased by law: told in a row, and not kept, nor the bytes that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.db import transaction
from django.db.models import QuerySet

from archive.catalog.models import Capture, Takedown
from archive.catalog.services import erase_bytes
from archive.ingest.models import BatchState, ImportBatch, ImportFile, ImportRow

from . import lease


def forget_erased(batch: ImportBatch, state: str) -> None:
    """Destroy the files of a batch that was read in which an erased text stands, as at its erasure; can be run again.

    Their other pieces keep bytes of their own (or, of the same page, what was read of them), and their rows with
    a fault no line of the file.
    """
    for file, rows in _files(batch):
        with transaction.atomic():
            lease.renew(batch, state)
            texts = set(rows.filter(draft__isnull=True).values_list("text_sha256", flat=True)) - {""}
            erased = Takedown.objects.filter(kind=Takedown.Kind.ERASED, lifted_at=None, text_sha256__in=texts)
            _forget(file, rows, rows.filter(text_sha256__in=erased.values("text_sha256"), draft__isnull=True))


def forget_uploads(texts: Sequence[str], **_kwargs: object) -> None:
    """At the erasure of a text (see catalog.signals): destroy the files of imports in which it came again.

    It may wait there, or have been held already, beside pieces that were made. A check that is going on lets go of
    it at its end, by `forget_erased`.
    """
    again = ImportRow.objects.filter(article__isnull=True, text_sha256__in=texts)
    for batch in ImportBatch.objects.filter(pk__in=again.values("batch")).exclude(state=BatchState.RECEIVED):
        for file, rows in _files(batch):
            _forget(file, rows, rows.filter(article__isnull=True, text_sha256__in=texts))


def _files(batch: ImportBatch) -> Iterator[tuple[ImportFile, QuerySet[ImportRow]]]:
    """The files that have been read, each with its rows."""
    files = list(batch.files.filter(first_row__isnull=False).order_by("first_row", "position"))
    for file, following in pairwise([*files, None]):
        assert file is not None
        rows = batch.rows.filter(number__gte=file.first_row)
        yield file, rows if following is None else rows.filter(number__lt=following.first_row)


def _forget(file: ImportFile, rows: QuerySet[ImportRow], telling: QuerySet[ImportRow]) -> None:
    """Destroy a file of these `rows` where some are `telling` of an erased text."""
    if not telling.exists():
        return
    rows.update(original="")
    doomed = list(Capture.objects.filter(pk__in=telling.values("capture")))
    doomed += Capture.objects.filter(sha256=file.sha256)
    doomed += Capture.objects.filter(members__in=rows.exclude(capture=None).values("capture")).distinct()
    erase_bytes(captures=doomed, files=[file.sha256])
