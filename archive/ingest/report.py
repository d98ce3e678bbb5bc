"""What an import did, for people and for programs; the same from the command line and in the admin."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .models import MAKING, BatchState, ImportBatch, Outcome
from .records import Skipped
from .services import lease, removed


def counts(batch: ImportBatch) -> Counter[str]:
    """How many rows there are of each outcome."""
    return Counter(batch.rows.values_list("outcome", flat=True))


def sentence(batch: ImportBatch) -> str:
    """One line: new 12, held 3 …; outcomes without rows are left out."""
    found = counts(batch)
    parts = [f"{outcome.label} {found[outcome]}" for outcome in Outcome if found[outcome]]
    return " · ".join(parts) if parts else _("没有内容")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step has come: `done` of `whole`, in `unit` (bytes, rows; whole 0: unknown).

    `waiting` is set when nobody has begun for so long that something must be wrong.
    """

    done: int
    whole: int
    rows: int
    unit: str
    waiting: bool

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.whole) if self.whole else 0


#: After so long without a worker the page says that there may be none.
PATIENCE = timedelta(seconds=20)


def progress(batch: ImportBatch) -> Progress:
    """How far the background is with the step that the batch waits for."""
    rows = batch.rows.count()
    since = batch.beat_at or batch.created_at
    waiting = batch.is_outstanding and lease.is_free(batch) and since < timezone.now() - PATIENCE
    if batch.state == BatchState.RECEIVED:
        files = list(batch.files.all())
        done = sum(file.size if file.finished else min(file.read_to, file.size) for file in files)
        return Progress(done, sum(file.size for file in files), rows, "bytes", waiting)
    if batch.state == BatchState.UNDOING:
        gone = removed(batch)
        return Progress(gone, gone + made(batch), rows, "rows", waiting)
    making = batch.rows.filter(outcome__in=MAKING)
    return Progress(making.filter(done=True).count(), making.count(), rows, "rows", waiting)


def share_read(batch: ImportBatch) -> Callable[[int], int]:
    """Percent of the received bytes that a check has read, whatever number of rows they gave."""
    return lambda _rows: progress(batch).percent


def to_make(batch: ImportBatch) -> int:
    """Rows that a confirmation has still to make."""
    return batch.rows.filter(done=False, outcome__in=MAKING).count()


def made(batch: ImportBatch) -> int:
    """Rows that have made an article or a version: what an undo looks at."""
    return batch.rows.filter(done=True, article__isnull=False, version__isnull=False).count()


def not_imported(batch: ImportBatch) -> Iterator[dict[str, Any]]:
    """Files and rows that gave no article, with the reason, as `records.Skipped.as_json` has it."""
    rows = batch.rows.filter(outcome__in=(Outcome.SKIPPED, Outcome.BAD)).order_by("number").defer("draft")
    for row in rows.iterator(chunk_size=500):
        yield Skipped(row.file, row.item, row.problem, bad=row.outcome == Outcome.BAD).as_json()


def table(batch: ImportBatch) -> Iterator[str]:
    """The same as lines of CSV with the row as it came, for a spreadsheet (with a byte-order mark)."""
    line = csv.writer(_Echo())
    yield "\ufeff" + line.writerow([_("文件"), _("行"), _("结果"), _("说明"), _("原来的内容")])
    rows = batch.rows.filter(outcome__in=(Outcome.SKIPPED, Outcome.BAD)).order_by("number")
    for row in rows.iterator(chunk_size=500):
        yield line.writerow(
            [
                _inert(cell)
                for cell in (row.file, str(row.item or ""), row.get_outcome_display(), row.problem, row.original)
            ]
        )


class _Echo:
    def write(self, text: str) -> str:
        return text


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def as_json(batch: ImportBatch) -> dict[str, Any]:
    """The report as one object."""
    found = counts(batch)
    articles = batch.rows.filter(done=True, article__isnull=False).order_by("number")
    return {
        "batch": batch.token,
        "state": batch.state,
        "problem": batch.problem,
        "counts": {outcome.value: found[outcome] for outcome in Outcome},
        "articles": list(articles.values_list("article__public_id", flat=True)),
        "not_imported": list(not_imported(batch)),
    }
