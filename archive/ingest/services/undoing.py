"""Undo a batch: what it made goes, what has been edited since stays and is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.catalog.models import Article, Outlet, Revision, Version
from archive.catalog.removing import remove_articles
from archive.catalog.waiting import move_on
from archive.ingest.models import BatchState, ImportBatch, ImportRow, Outcome
from archive.ingest.parallel import settling

from . import lease
from .refusals import BatchRefused
from .staging import discard, release

#: Rows in one transaction.
CHUNK = 250
#: Rows after which the index takes up what was removed; with fewer no process is begun for it.
SETTLE = 1_000


@dataclass(slots=True)
class UndoPlan:
    """Rows whose article or version goes (or has gone), and rows that stay, each with the sentence that says why."""

    go: list[ImportRow] = field(default_factory=list)
    stay: list[tuple[ImportRow, str]] = field(default_factory=list)


def plan_undo(batch: ImportBatch) -> UndoPlan:
    """What undoing the batch would do now."""
    plan = UndoPlan()
    for row in _made(batch):
        why = _why_it_stays(row)
        if why:
            plan.stay.append((row, why))
        else:
            plan.go.append(row)
    return plan


def request_undo(batch: ImportBatch) -> None:
    """Mark a batch as to be undone; an import that is going on ends at its next write. Raises BatchRefused."""
    ready = (BatchState.DONE, BatchState.IMPORTING, BatchState.UNDOING)
    if not ImportBatch.objects.filter(pk=batch.pk, state__in=ready).update(
        state=BatchState.UNDOING, tries=0, beat_at=timezone.now()
    ):
        raise BatchRefused(_("这一批没有导入过内容，或已经撤销。"))
    batch.refresh_from_db()


def undo(batch: ImportBatch, *, progress: Callable[[int], None] = lambda n: None) -> UndoPlan:
    """Remove what the batch made. The public ids of published articles become tombstones.

    Interrupted, it can be run again, and tells then of all runs together; `progress` is told how many rows all
    have looked at. Rows that were not made yet are forgotten. Raises BatchRefused when there is nothing to undo,
    BatchBusy while another process undoes it.
    """
    request_undo(batch)
    return remove_made(batch, progress=progress)


def remove_made(batch: ImportBatch, *, progress: Callable[[int], None] = lambda n: None) -> UndoPlan:
    """What `undo` does, for a batch that is marked."""
    with lease.held(batch):
        looked_at = removed(batch)
        unsettled = 0
        # The last first: a version goes before the article that it was added to.
        rows = list(_rows_that_made(batch).order_by("-number").values_list("pk", flat=True))
        with settling(beside=bool(settings.IMPORT_PROCESSES) and len(rows) >= SETTLE) as settle:
            for start in range(0, len(rows), CHUNK):
                chunk = rows[start : start + CHUNK]
                _undo_chunk(batch, chunk)
                looked_at += len(chunk)
                unsettled += len(chunk)
                if unsettled >= SETTLE:
                    settle()
                    unsettled = 0
                progress(looked_at)
        _forget_unmade(batch)
        with transaction.atomic():
            lease.renew(batch, BatchState.UNDOING)
            ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.UNDONE, undone_at=timezone.now())
            release(batch)
    batch.refresh_from_db()
    return UndoPlan(list(batch.rows.filter(undone=True).order_by("number")), plan_undo(batch).stay)


def _forget_unmade(batch: ImportBatch) -> None:
    """Of an import that was stopped: the captures of rows that made nothing yet."""
    while True:
        with transaction.atomic():
            lease.renew(batch, BatchState.UNDOING)
            waiting = batch.rows.filter(done=False, capture__isnull=False).order_by("-number")
            chunk = dict(waiting.values_list("pk", "capture")[:CHUNK])
            if not chunk:
                return
            ImportRow.objects.filter(pk__in=chunk).update(capture=None, draft=None)
            discard({capture for capture in chunk.values() if capture}, batch=batch)


@transaction.atomic
def _undo_chunk(batch: ImportBatch, keys: list[int]) -> None:
    lease.renew(batch, BatchState.UNDOING)
    going: list[ImportRow] = []
    for row in _made(batch).filter(pk__in=keys).order_by("-number"):
        why = _why_it_stays(row)
        if why:
            row.problem = why
            row.save(update_fields=["problem"])
        else:
            going.append(row)
    for row in going:
        if row.outcome == Outcome.NEW_VERSION:
            _remove_version(row)
    articles = {row.article for row in going if row.outcome != Outcome.NEW_VERSION and row.article is not None}
    outlets = {key for row in going if row.article for key in (row.article.outlet_id, row.article.publisher_id) if key}
    remove_articles(sorted(articles, key=attrgetter("pk")), reason=_("所属的导入批次已撤销。"))
    batch.rows.filter(pk__in=[row.pk for row in going]).update(
        done=False, undone=True, problem=_("已撤销。"), draft=None, capture=None, article=None, version=None
    )
    discard([row.capture_id for row in going if row.capture_id is not None], batch=batch)
    proposed = Outlet.objects.filter(pk__in=outlets, confirmed=False, aliases__isnull=True)
    proposed.filter(articles__isnull=True, printed__isnull=True).delete()


def _rows_that_made(batch: ImportBatch) -> QuerySet[ImportRow]:
    return batch.rows.filter(done=True, article__isnull=False, version__isnull=False)


def _made(batch: ImportBatch) -> QuerySet[ImportRow]:
    """Rows that made something that is still held, with what has happened to it since."""
    edits = Revision.objects.filter(article=OuterRef("article"))
    own = edits.filter(Q(version=OuterRef("version")) | Q(version=None, at__gt=OuterRef("version__created_at")))
    newer = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("version__number"))
    made = _rows_that_made(batch).annotate(
        edited=Exists(edits), version_edited=Exists(own), outgrown=Exists(newer.exclude(rows__batch=batch))
    )
    # Without texts: a plan holds the rows of the whole batch.
    texts = [
        f"{version}__{name}"
        for version in ("version", "article__current_version")
        for name in ("body", "body_simplified", "blocks", "captions", "furniture")
    ]
    return made.select_related("article__current_version", "version").defer("draft", *texts).order_by("number")


def _why_it_stays(row: Any) -> str:
    """The sentence for a row of `_made` whose article or version is not removed; "" when it is."""
    if row.outgrown:
        return _("其后又有更新的版本，保留。")
    edited = row.version_edited if row.outcome == Outcome.NEW_VERSION else row.edited
    return _("导入后经过编辑，保留。") if edited else ""


def removed(batch: ImportBatch) -> int:
    """How many rows of an undone batch had made something that the undoing removed."""
    return batch.rows.filter(undone=True).count()


def gone_before(batch: ImportBatch) -> int:
    """How many rows of a batch had made something that was erased or deleted by other means."""
    return batch.rows.filter(done=True).filter(Q(article=None) | Q(version=None)).count()


def _remove_version(row: ImportRow) -> None:
    article, version = row.article, row.version
    assert article is not None
    assert version is not None
    article = Article.objects.get(pk=article.pk)  # an earlier step may have changed its current version
    if article.current_version_id == version.pk:
        others = article.versions.exclude(pk=version.pk).order_by("-number")
        article.current_version = others.filter(number__lt=version.number).first() or others.first()
    Version.objects.filter(pk=version.pk).delete()
    article.save(update_fields=["current_version", "changed_at"])
    move_on(article)
