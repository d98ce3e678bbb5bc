"""Confirm a batch: make its articles, chunk by chunk, each row exactly once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.catalog.inserting import update
from archive.ingest.drafts import without_text
from archive.ingest.models import MAKING, BatchState, ImportBatch, ImportRow, Outcome
from archive.ingest.parallel import settling
from archive.ingest.sparing import count_anew, give_back
from archive.places.models import Region

from . import lease
from .comparing import compare
from .holdings import Holdings, Piece, piece_of
from .refusals import BatchRefused
from .staging import discard, release
from .writing import Writer

#: Rows in one transaction. A crash loses at most these, and they are made again.
CHUNK = 250
#: Articles after which the index takes up what was written; many at once cost it less. Batches with
#: fewer are not worth a process beside.
SETTLE = 1_000
_WRITTEN = ["outcome", "problem", "twin", "capture", "article", "version", "done", "draft"]


def request_confirm(batch: ImportBatch) -> None:
    """Mark a checked batch as to be imported. Raises BatchRefused when it is not there to be confirmed."""
    mine, now = ImportBatch.objects.filter(pk=batch.pk), timezone.now()
    begun = mine.filter(state=BatchState.CHECKED).update(state=BatchState.IMPORTING, tries=0, beat_at=now)
    again = begun or mine.filter(state=BatchState.IMPORTING).update(problem="", tries=0, beat_at=now)
    if not again:
        raise BatchRefused(_("这一批不在待确认的状态，没有导入任何内容。"))
    batch.refresh_from_db()


def confirm(batch: ImportBatch, *, progress: Callable[[int], None] = lambda n: None) -> int:
    """Make the articles and versions of a checked batch; returns how many rows were made in this run.

    A batch that was interrupted goes on where it stopped: a row is marked in the transaction that
    makes its article. `progress` is told how many after each transaction; what it raises ends the
    run between two of them. Raises BatchRefused when the batch is not there to be confirmed,
    BatchBusy while another process imports it, Superseded when it is undone meanwhile.
    """
    request_confirm(batch)
    return make_articles(batch, progress=progress)


def make_articles(batch: ImportBatch, *, progress: Callable[[int], None] = lambda n: None) -> int:
    """What `confirm` does, for a batch that is marked."""
    with lease.held(batch):
        made = unsettled = last = 0
        regions: dict[str, Region | None] = {}
        waiting = batch.rows.filter(done=False, outcome__in=MAKING).count()
        with settling(beside=bool(settings.IMPORT_PROCESSES) and waiting >= SETTLE) as settle:
            while chunk := _chunk(batch, last, regions):
                last = chunk[-1].number
                made += len(chunk)
                unsettled += len(chunk)
                if unsettled >= SETTLE:
                    settle()
                    give_back()
                    unsettled = 0
                progress(made)
        _forget_texts(batch)
        with transaction.atomic():
            lease.renew(batch, BatchState.IMPORTING)
            ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.DONE, finished_at=timezone.now())
            release(batch)
    count_anew()
    batch.refresh_from_db()
    return made


def _forget_texts(batch: ImportBatch) -> None:
    """Rows that made nothing need their text no longer either."""
    for row in batch.rows.filter(done=False, draft__has_key="body").iterator(chunk_size=CHUNK):
        row.draft = without_text(row.draft)
        row.save(update_fields=["draft"])


@transaction.atomic
def _chunk(batch: ImportBatch, after: int, regions: dict[str, Region | None]) -> list[ImportRow]:
    """Make the next rows with a number above `after`; those below have been looked at in this run."""
    lease.renew(batch, BatchState.IMPORTING)
    waiting = batch.rows.filter(number__gt=after, done=False, outcome__in=MAKING).select_related("capture")
    rows = list(waiting.order_by("number")[:CHUNK])
    if not rows:
        return rows
    captures = [row.capture_id or 0 for row in rows]
    shares = Counter(batch.rows.filter(capture__in=captures).values_list("capture", flat=True))
    pieces = [piece_of(row, alone=shares[row.capture_id or 0] == 1) for row in rows]
    # Compared once more, since others may have imported since the check.
    holdings, writer = Holdings(pieces), Writer(batch, regions)
    writer.expect(len(rows))
    for row, piece in zip(rows, pieces, strict=True):
        _make(row, piece, holdings, writer)
    writer.finish()
    update(ImportRow, _WRITTEN, (_written(row) for row in rows))
    orphaned = [key for row, key in zip(rows, captures, strict=True) if key and row.capture_id is None]
    needed = set(batch.rows.filter(capture__in=orphaned, outcome__in=MAKING).values_list("capture", flat=True))
    discard(set(orphaned) - needed, batch=batch)
    return rows


def _written(row: ImportRow) -> tuple[object, ...]:
    draft = json.dumps(row.draft, ensure_ascii=False) if row.draft is not None else None
    article, version = row.article and row.article.pk, row.version and row.version.pk
    return str(row.outcome), row.problem, row.twin_id, row.capture_id, article, version, row.done, draft, row.pk


def _make(row: ImportRow, piece: Piece, holdings: Holdings, writer: Writer) -> None:
    if row.draft is None or row.capture is None:
        row.outcome, row.problem = Outcome.BAD, _("收到的原件已不在，请重新上传。")
        return
    found = compare(piece, holdings)
    row.outcome, row.problem, row.twin = found.outcome, found.sentence, found.twin
    if found.outcome == Outcome.HELD:
        row.capture = None
        row.draft = None if found.erased else row.draft
        return
    article = found.twin if found.outcome == Outcome.NEW_VERSION else None
    row.article, row.version, missing = writer.write(row, article)
    row.problem = f"{row.problem}{missing}"[:1000]
    row.done, row.draft = True, without_text(row.draft)
    holdings.add(replace(piece, article=row.article))
