"""Confirm a batch: make its articles, chunk by chunk, each row exactly once."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.ingest.models import MAKING, BatchState, ImportBatch, ImportRow, Outcome

from .comparing import Piece, compare, printed_by
from .refusals import BatchRefused
from .staging import discard, release
from .writing import write_article

#: Rows in one transaction. A crash loses at most these, and they are made again.
CHUNK = 50


def confirm(batch: ImportBatch, *, progress: Callable[[int], None] = lambda n: None) -> int:
    """Make the articles and versions of a checked batch; returns how many rows were made in this run.

    A batch that was interrupted goes on where it stopped: a row is marked in the transaction that
    makes its article. Raises BatchRefused when the batch is not there to be confirmed.
    """
    ready = (BatchState.CHECKED, BatchState.IMPORTING)
    if not ImportBatch.objects.filter(pk=batch.pk, state__in=ready).update(state=BatchState.IMPORTING):
        raise BatchRefused(_("这一批不在待确认的状态,没有导入任何内容。"))
    made = 0
    while written := _chunk(batch):
        made += written
        progress(made)
    with transaction.atomic():
        finished = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.IMPORTING)
        finished.update(state=BatchState.DONE, finished_at=timezone.now())
        release(batch)
    batch.refresh_from_db()
    return made


@transaction.atomic
def _chunk(batch: ImportBatch) -> int:
    # The lock keeps two confirmations of one batch from taking the same rows (SQLite: by its write lock).
    ImportBatch.objects.select_for_update().get(pk=batch.pk)
    rows = list(batch.rows.filter(done=False, outcome__in=MAKING).select_related("capture").order_by("number")[:CHUNK])
    for row in rows:
        _make(row, batch)
    return len(rows)


def _make(row: ImportRow, batch: ImportBatch) -> None:
    """Compare once more, since others may have imported since the check; then make what the row is now."""
    if row.draft is None or row.capture is None:
        row.outcome, row.problem = Outcome.BAD, _("收到的原件已不在,请重新上传。")
        row.save(update_fields=["outcome", "problem"])
        return
    piece = Piece(
        text_sha256=row.text_sha256,
        title=row.draft.get("title") or "",
        printed_by=printed_by(row.draft),
        source_url=row.source_url,
        identity=row.capture.identity,
        item=row.item,
        alone=not batch.rows.filter(capture=row.capture).exclude(pk=row.pk).exists(),
    )
    found = compare(piece)
    row.outcome, row.problem, row.twin = found.outcome, found.sentence, found.twin
    if found.outcome == Outcome.HELD:
        capture = row.capture.pk
        row.capture = None
        row.save()
        if not batch.rows.filter(capture=capture).exists():
            discard([capture], batch=batch)
        return
    article = found.twin if found.outcome == Outcome.NEW_VERSION else None
    row.article, row.version, missing = write_article(row, batch, article)
    row.problem = f"{row.problem}{missing}"[:1000]
    row.done = True
    row.save()
