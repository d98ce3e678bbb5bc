"""What a batch brings of texts that were erased by law: told in a row, and not kept, nor the bytes that hold it."""

from __future__ import annotations

from itertools import pairwise

from django.db import transaction

from archive.catalog.models import Capture, Takedown
from archive.catalog.services import erase_bytes
from archive.ingest.models import ImportBatch, ImportFile, Outcome

from . import lease


def forget_erased(batch: ImportBatch, state: str) -> None:
    """Destroy the files of a batch that was read in which an erased text stands, as at its erasure; can be run again.

    Their other pieces keep bytes of their own (or, of the same page, what was read of them), and their rows with
    a fault no line of the file.
    """
    files = list(batch.files.filter(first_row__isnull=False).order_by("first_row", "position"))
    for file, following in pairwise([*files, None]):
        assert file is not None
        with transaction.atomic():
            lease.renew(batch, state)
            _forget(batch, file, following)


def _forget(batch: ImportBatch, file: ImportFile, following: ImportFile | None) -> None:
    rows = batch.rows.filter(number__gte=file.first_row)
    if following is not None:
        rows = rows.filter(number__lt=following.first_row)
    texts = set(rows.filter(outcome=Outcome.HELD, draft__isnull=True).values_list("text_sha256", flat=True)) - {""}
    erased = Takedown.objects.filter(kind=Takedown.Kind.ERASED, lifted_at=None, text_sha256__in=texts)
    telling = rows.filter(outcome=Outcome.HELD, text_sha256__in=erased.values("text_sha256"))
    if not telling.exists():
        return
    rows.update(original="")
    doomed = list(Capture.objects.filter(pk__in=telling.values("capture")))
    doomed += Capture.objects.filter(sha256=file.sha256)
    doomed += Capture.objects.filter(members__in=rows.exclude(capture=None).values("capture")).distinct()
    erase_bytes(captures=doomed, files=[file.sha256])
