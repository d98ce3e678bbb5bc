"""Check a batch: read its files, compare each piece with what is held, write the rows. No article is made."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.translation import gettext as _

from archive.catalog import store
from archive.catalog.fingerprints import text_sha256
from archive.ingest.models import MAKING, BatchState, ImportBatch, ImportFile, ImportRow, Outcome
from archive.ingest.readers import NoArticle, Refused, Source, preview_columns, read, received_from
from archive.ingest.reading import read_source
from archive.ingest.records import ArticleDraft, PageRead, Skipped

from .comparing import compare
from .holdings import Holdings, Piece
from .keeping import Keeper
from .refusals import BatchRefused
from .staging import discard, release

logger = logging.getLogger(__name__)

#: Pages that are written in one transaction: long enough to be quick, short enough to let others write.
CHUNK = 40


@dataclass(slots=True)
class _Run:
    """One check in progress: the next row number, pieces counted, pages read and not yet written."""

    batch: ImportBatch
    keeper: Keeper
    limit: int | None
    progress: Callable[[int], None]
    number: int = 1
    pieces: int = 0
    waiting: list[tuple[Source, PageRead]] = field(default_factory=list)


def check(batch: ImportBatch, *, limit: int | None = None, progress: Callable[[int], None] = lambda n: None) -> None:
    """Make the rows of a batch that was received. Run again after a crash, it starts anew.

    `limit` is how many pieces one request may bring; a batch with more fails with a sentence.
    Raises BatchRefused when the batch has been checked already.
    """
    if batch.state != BatchState.RECEIVED:
        raise BatchRefused(_("这一批已经检查过。"))
    forget(batch)
    run = _Run(batch, Keeper(batch), limit, progress)
    try:
        for file in batch.files.order_by("position"):
            _check_file(run, file)
    except _TooMany:
        forget(batch)
        _finish(batch, _("一次最多检查 %(limit)d 篇；更多的内容请用命令 import_articles 导入。") % {"limit": limit})
        return
    outcomes = set(batch.rows.values_list("outcome", flat=True).distinct())
    if not outcomes - {Outcome.BAD}:
        first = batch.rows.filter(outcome=Outcome.BAD).first()
        alone = first is not None and batch.rows.count() == 1
        _finish(batch, first.problem if first and alone else _("没有一个文件可以导入；各文件的问题见下。"))
        return
    with transaction.atomic():
        batch.state, batch.problem = BatchState.CHECKED, ""
        if not outcomes & set(MAKING):
            batch.problem = _("没有可导入的新内容：都已收藏或不是文章。")
        batch.save(update_fields=["state", "problem"])


class _TooMany(Exception):
    pass


def _finish(batch: ImportBatch, problem: str) -> None:
    with transaction.atomic():
        batch.state, batch.problem = BatchState.FAILED, problem[:500]
        batch.save(update_fields=["state", "problem"])
        release(batch)


def forget(batch: ImportBatch) -> None:
    """Drop all rows of a batch and the captures that only they needed."""
    with transaction.atomic():
        captures = list(batch.rows.filter(capture__isnull=False).values_list("capture", flat=True))
        batch.rows.all().delete()
        discard(captures, batch=batch)


def _check_file(run: _Run, file: ImportFile) -> None:
    received = received_from(store.path_of(file.sha256), file.name)
    first = run.number
    try:
        columns = preview_columns(received)
        if columns:
            file.columns = [[column.name, column.field] for column in columns]
            file.save(update_fields=["columns"])
        for piece in read(received):
            _take(run, piece, first)
        _flush(run)
    except Refused as refusal:
        run.waiting.clear()
        _drop(run.batch, first, None)
        file.problem = str(refusal)[:500]
        file.save(update_fields=["problem"])
        _skipped_row(run, Skipped(file.name, 0, str(refusal), bad=not isinstance(refusal, NoArticle))).save()


def _take(run: _Run, piece: Source | Skipped, first: int) -> None:
    if isinstance(piece, Skipped):
        if run.limit is not None and run.pieces >= run.limit:
            raise _TooMany
        _flush(run)
        if piece.bad and piece.index == 0:
            _drop(run.batch, first, piece.file)  # a table inside a zip that broke off: nothing of it is kept
        _skipped_row(run, piece).save()
        run.pieces += 1
        return
    page = _read(piece, run.batch.outlet)
    run.waiting.append((piece, page))
    # Counted before anything is written: bytes in the file store are not rolled back.
    run.pieces += len(page.drafts) + len(page.skipped)
    if run.limit is not None and run.pieces > run.limit:
        raise _TooMany
    if len(run.waiting) >= CHUNK:
        _flush(run)


def _read(source: Source, outlet: str) -> PageRead:
    try:
        return read_source(source, outlet=outlet)
    except Exception:
        logger.exception("reading one page failed")  # no names of uploads in the log
        reason = _("读取时程序出错，已记入日志；其余各篇不受影响。")
        return PageRead("", "", "", [], [], [Skipped(source.name, source.number, reason, bad=True)])


def _drop(batch: ImportBatch, first: int, file: str | None) -> None:
    rows = batch.rows.filter(number__gte=first)
    if file is not None:
        rows = rows.filter(file=file)
    with transaction.atomic():
        captures = list(rows.filter(capture__isnull=False).values_list("capture", flat=True))
        rows.delete()
        discard(captures, batch=batch)


def _flush(run: _Run) -> None:
    """Compare the waiting pages with what is held, keep what is new of them, write their rows."""
    if not run.waiting:
        return
    pieces = [
        (source, page, item, _piece(run, source, page, item))
        for source, page in run.waiting
        for item in range(len(page.drafts))
    ]
    with transaction.atomic():
        holdings = Holdings([piece for *_rest, piece in pieces], run.batch, run.number)
        prepared = iter(pieces)
        rows: list[ImportRow] = []
        for _source, page in run.waiting:
            rows += [_row(run, *next(prepared), holdings) for _draft in page.drafts]
            rows += [_skipped_row(run, skipped) for skipped in page.skipped]
        ImportRow.objects.bulk_create(rows)
    run.waiting.clear()
    run.progress(run.number - 1)


def _next(run: _Run) -> int:
    run.number += 1
    return run.number - 1


def _skipped_row(run: _Run, skipped: Skipped) -> ImportRow:
    return ImportRow(
        batch=run.batch,
        number=_next(run),
        file=skipped.file[:500],
        item=skipped.index,
        outcome=Outcome.BAD if skipped.bad else Outcome.SKIPPED,
        problem=(skipped.reason or _("没有读到文章。"))[:1000],
    )


def _piece(run: _Run, source: Source, page: PageRead, item: int) -> Piece:
    draft = page.drafts[item]
    return Piece(
        text_sha256=text_sha256(draft.title or "", draft.body),
        title=draft.title or "",
        printed_by=draft.publisher or draft.outlet or "",
        source_url=(draft.source_url or "")[:2000],
        identity=run.keeper.identity(source),
        item=item,
        alone=len(page.drafts) == 1,
    )


def _row(run: _Run, source: Source, page: PageRead, item: int, piece: Piece, holdings: Holdings) -> ImportRow:
    draft = page.drafts[item]
    problem = unfit(draft)
    if problem:
        return _skipped_row(run, Skipped(draft.file, draft.index, problem, bad=True))
    found = compare(piece, holdings)
    row = ImportRow(
        batch=run.batch,
        number=_next(run),
        file=draft.file[:500],
        item=item,
        outcome=found.outcome,
        problem=found.sentence[:1000],
        draft=draft.as_json(),
        text_sha256=piece.text_sha256,
        source_url=piece.source_url,
        capture=run.keeper.keep(source, page) if found.outcome in MAKING else None,
        twin=found.twin,
        twin_number=found.twin_number,
    )
    if found.outcome in MAKING:
        holdings.add(replace(piece, number=row.number))
    return row


def unfit(draft: ArticleDraft) -> str:
    """Why a draft cannot become an article: no body, or a field longer than any real one."""
    if not draft.body.strip():
        return _("没有读到正文。")
    limits = {"title": 300, "outlet": 120, "publisher": 120, "original_source": 120}
    for name, limit in limits.items():
        if len(getattr(draft, name) or "") > limit:
            return _("“%(field)s”超过 %(limit)d 字，多半不是真的。") % {"field": _(FIELD_NAMES[name]), "limit": limit}
    return ""


FIELD_NAMES = {"title": "标题", "outlet": "媒体", "publisher": "发布者", "original_source": "原始来源"}
