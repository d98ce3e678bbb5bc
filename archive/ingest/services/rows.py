"""From pieces read to the rows of a batch: compared with what is held, what is new of them kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from archive.catalog.inserting import insert
from archive.catalog.models import Article, Capture
from archive.catalog.reprints import alike
from archive.ingest.models import MAKING, ImportBatch, ImportRow, Outcome
from archive.ingest.prepared import Prepared, PreparedDraft
from archive.ingest.readers import Source
from archive.ingest.records import Skipped

from .comparing import compare
from .holdings import Holdings, Piece
from .keeping import Keeper


@dataclass(slots=True)
class NewRow:
    """A row of a batch that is to be written; `draft` is the text of its JSON, or "". A record would cost ten times as much."""

    number: int
    file: str
    item: int
    outcome: Outcome
    problem: str
    original: str = ""
    draft: str = ""
    text_sha256: str = ""
    source_url: str = ""
    capture: Capture | None = None
    twin: Article | None = None
    twin_number: int | None = None
    personal: bool = False


def write_rows(
    batch: ImportBatch, keeper: Keeper, read: Sequence[tuple[Source | Skipped, Prepared]], number: int
) -> int:
    """Write the rows of pieces, numbered from `number` on; returns the number after the last. Within a transaction."""
    identities = [
        keeper.identity(piece, prepared.sha256) if isinstance(piece, Source) and prepared.drafts else ""
        for piece, prepared in read
    ]
    pieces = [
        [_piece(draft, identity, alone=len(prepared.drafts) == 1) for draft in prepared.drafts]
        for (_source, prepared), identity in zip(read, identities, strict=True)
    ]
    holdings = Holdings([piece for its in pieces for piece in its], batch, number)
    rows: list[NewRow] = []
    to_keep: dict[str, tuple[Source, Prepared]] = {}
    kept: list[tuple[NewRow, str]] = []
    beside: list[tuple[NewRow, str]] = []
    for (source, prepared), identity, its in zip(read, identities, pieces, strict=True):
        for draft, piece in zip(prepared.drafts, its, strict=True):
            row = _row(number + len(rows), draft, piece, holdings)
            rows.append(row)
            if row.outcome in MAKING and isinstance(source, Source):
                to_keep[identity] = (source, prepared)
                kept.append((row, identity))
            else:
                beside.append((row, identity))  # its capture is known where other pieces of the same page need it
        for skipped in prepared.skipped:
            rows.append(_skipped_row(number + len(rows), skipped))
    captures = keeper.keep(to_keep)
    for row, identity in kept:
        row.capture = captures[identity]
    for row, identity in beside:
        row.capture = captures.get(identity)
    if batch.source == ImportBatch.Source.UPLOAD:
        _name_copies([row for row in rows if row.outcome == Outcome.NEW])
    insert(ImportRow, _COLUMNS, (_values(batch, row) for row in rows))
    return number + len(rows)


_COLUMNS = (
    "batch", "number", "file", "item", "outcome", "problem", "original", "draft", "text_sha256", "source_url",
    "capture", "twin", "twin_number", "done", "undone", "personal",
)  # fmt: skip


def _values(batch: ImportBatch, row: NewRow) -> tuple[object, ...]:
    capture, twin = row.capture and row.capture.pk, row.twin and row.twin.pk
    return (
        batch.pk, row.number, row.file, row.item, str(row.outcome), row.problem, row.original, row.draft or None,
        row.text_sha256, row.source_url, capture, twin, row.twin_number, False, False, row.personal,
    )  # fmt: skip


def _name_copies(rows: list[NewRow]) -> None:
    """Say in the preview which held article a new piece is a cut or changed copy of; it will stand beside it."""
    found = alike([json.loads(row.draft)["body_simplified"] for row in rows])
    nearest = {row.number: matches[0] for row, matches in zip(rows, found, strict=True) if matches}
    articles = Article.objects.in_bulk({match.article_id for match in nearest.values()})
    for row in rows:
        if (match := nearest.get(row.number)) is not None:
            row.twin = articles[match.article_id]
            numbers = {"id": row.twin.public_id, "percent": round(match.overlap * 100)}
            row.problem = _("与文章 %(id)s 大体相同（重合 %(percent)d%%），将与它记为同一报道的几次刊载。") % numbers


def _skipped_row(number: int, skipped: Skipped) -> NewRow:
    return NewRow(
        number=number,
        file=skipped.file[:500],
        item=skipped.index,
        outcome=Outcome.BAD if skipped.bad else Outcome.SKIPPED,
        problem=(skipped.reason or _("没有读到文章。"))[:1000],
        original=skipped.original,
    )


def _piece(draft: PreparedDraft, identity: str, *, alone: bool) -> Piece:
    return Piece(
        text_sha256=draft.text_sha256,
        title=draft.title,
        printed_by=draft.printed_by,
        source_url=draft.source_url[:2000],
        identity=identity,
        item=draft.index,
        alone=alone,
    )


def _row(number: int, draft: PreparedDraft, piece: Piece, holdings: Holdings) -> NewRow:
    if draft.unfit:
        return _skipped_row(number, Skipped(draft.file, draft.index, draft.unfit, bad=True))
    found = compare(piece, holdings)
    if found.outcome in MAKING:
        holdings.add(replace(piece, number=number))
    return NewRow(
        number=number,
        file=draft.file[:500],
        item=piece.item,
        outcome=found.outcome,
        problem=found.sentence[:1000],
        draft="" if found.erased else draft.json,
        text_sha256=piece.text_sha256,
        source_url=piece.source_url,
        twin=found.twin,
        twin_number=found.twin_number,
        personal=draft.personal,
    )
