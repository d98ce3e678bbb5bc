"""Check a batch: read its files, compare each piece with what is held, write the rows. No article is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from archive.catalog import store
from archive.catalog.models import Wording
from archive.ingest.models import MAKING, BatchState, ImportBatch, ImportFile, Outcome
from archive.ingest.parallel import in_order
from archive.ingest.prepared import Prepared
from archive.ingest.readers import MissingColumn, NoArticle, Refused, Source, preview_columns, read, received_from
from archive.ingest.records import Skipped

from . import lease
from .erased import forget_erased
from .keeping import Keeper
from .refusals import BatchRefused
from .rows import write_rows
from .staging import forget_rows, release

#: Pieces that are written in one transaction: long enough to be quick, short enough to let others write.
CHUNK = 200
#: Files below this are read in the importing process: to begin others takes some seconds.
SMALL = 2**20
#: And bytes as received: what they are read into takes several times as much memory.
WEIGHT = 4 * 2**20


@dataclass(slots=True)
class _Run:
    """One check in progress: the file that is read, what of it was read and is not written yet, the next row's number."""

    batch: ImportBatch
    keeper: Keeper
    progress: Callable[[int], None]
    file: ImportFile
    number: int
    waiting: list[tuple[Source | Skipped, Prepared]] = field(default_factory=list)
    weight: int = 0


def check(batch: ImportBatch, *, progress: Callable[[int], None] = lambda n: None) -> None:
    """Make the rows of a batch that was received; interrupted, it goes on where it stopped.

    `progress` is told the number of rows after each transaction; what it raises ends the run
    between two of them. Raises BatchRefused when the batch has been checked already, BatchBusy
    while another process checks it, Superseded when it is cancelled meanwhile.
    """
    if batch.state != BatchState.RECEIVED:
        raise BatchRefused(_("这一批已经检查过。"))
    with lease.held(batch):
        if not batch.files.filter(Q(taken__gt=0) | Q(finished=True)).exists():
            forget_rows(batch)  # of a check by another mapping of the columns
        keeper = Keeper(batch)
        for file in batch.files.filter(finished=False).order_by("position"):
            last = batch.rows.aggregate(last=Max("number"))["last"] or 0
            _check_file(_Run(batch, keeper, progress, file, last + 1))
        _conclude(batch)


def _conclude(batch: ImportBatch) -> None:
    forget_erased(batch, BatchState.RECEIVED)
    outcomes = set(batch.rows.values_list("outcome", flat=True).distinct())
    if not outcomes - {Outcome.BAD}:
        first = batch.rows.filter(outcome=Outcome.BAD).first()
        alone = first is not None and batch.rows.count() == 1
        fail(batch, first.problem if first and alone else _("没有一个文件可以导入；各文件的问题见下。"))
        return
    with transaction.atomic():
        lease.renew(batch, BatchState.RECEIVED)
        batch.state, batch.problem = BatchState.CHECKED, ""
        if not outcomes & set(MAKING):
            batch.problem = _("没有可导入的新内容：都已收藏或不是文章。")
        batch.save(update_fields=["state", "problem"])


def fail(batch: ImportBatch, problem: str) -> None:
    """End a check with a sentence. The bytes go, unless an editor can mend the reading of a table's columns."""
    with transaction.atomic():
        lease.renew(batch, BatchState.RECEIVED)
        batch.state, batch.problem = BatchState.FAILED, problem[:500]
        batch.save(update_fields=["state", "problem"])
        if not batch.files.exclude(columns=[]).exists():
            release(batch)


def _check_file(run: _Run) -> None:
    file = run.file
    received = replace(received_from(store.path_of(file.sha256), file.name), sha256=file.sha256)
    if file.first_row is None:
        file.first_row = run.number
        file.save(update_fields=["first_row"])
    try:
        if not store.path_of(file.sha256).exists():  # destroyed: another upload of the same held an erased text
            raise Refused(_("收到的原件已不在，请重新上传。"))
        columns = preview_columns(received, file.mapping)
        if columns and not file.columns:
            file.columns = [[column.name, column.field] for column in columns]
            file.save(update_fields=["columns"])
        rest = _rest(read(received, file.mapping), file.taken)
        processes = settings.IMPORT_PROCESSES if file.size >= SMALL else 0
        for piece, prepared in in_order(rest, run.batch.outlet, processes, Wording.objects.usages()):
            _take(run, piece, prepared)
        _flush(run, finished=True)
    except Refused as refusal:
        run.waiting.clear()
        # The columns are offered to be chosen where that mends the file.
        file.columns = refusal.columns if isinstance(refusal, MissingColumn) else []
        file.save(update_fields=["columns"])
        _forget(run, None)
        file.problem = str(refusal)[:500]
        file.save(update_fields=["problem"])
        bad = Skipped(file.name, 0, str(refusal), bad=not isinstance(refusal, NoArticle))
        run.waiting.append((bad, Prepared(skipped=[bad])))
        _flush(run, finished=True)


def _rest(pieces: Iterator[Source | Skipped], taken: int) -> Iterator[Source | Skipped]:
    """What follows the pieces that an earlier run took: a file gives the same pieces each time."""
    return islice(pieces, taken, None)


def _take(run: _Run, piece: Source | Skipped, prepared: Prepared) -> None:
    if isinstance(piece, Skipped) and piece.bad and piece.index == 0:
        _flush(run)
        _forget(run, piece.file)  # a table inside a zip that broke off: nothing of it is kept
    run.waiting.append((piece, prepared))
    run.weight += len(piece.data) if isinstance(piece, Source) else len(piece.original)
    if len(run.waiting) >= CHUNK or run.weight >= WEIGHT:
        _flush(run)


def _forget(run: _Run, file: str | None) -> None:
    assert run.file.first_row is not None
    with transaction.atomic():
        lease.renew(run.batch, BatchState.RECEIVED)
    forget_rows(run.batch, first=run.file.first_row, file=file)


def _reached(piece: Source) -> int:
    return piece.offset or 0 if piece.reached is None else piece.reached


def _flush(run: _Run, *, finished: bool = False) -> None:
    """Write the rows of the waiting pieces, and how far the file has been read, in one transaction."""
    with transaction.atomic():
        lease.renew(run.batch, BatchState.RECEIVED)
        run.number = write_rows(run.batch, run.keeper, run.waiting, run.number)
        run.file.taken += len(run.waiting)
        run.file.read_to = max(
            [run.file.read_to, *(_reached(piece) for piece, _prepared in run.waiting if isinstance(piece, Source))]
        )
        run.file.finished = finished
        run.file.save(update_fields=["taken", "read_to", "finished"])
    run.waiting.clear()
    run.weight = 0
    run.progress(run.number - 1)
