"""From pages read to the rows of a batch: compared with what is held, what is new of them kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from archive.catalog.fingerprints import text_sha256
from archive.ingest.models import MAKING, ImportBatch, ImportRow, Outcome
from archive.ingest.readers import Source
from archive.ingest.records import ArticleDraft, PageRead, Skipped

from .comparing import compare
from .holdings import Holdings, Piece
from .keeping import Keeper

FIELD_NAMES = {"title": "标题", "outlet": "媒体", "publisher": "发布者", "original_source": "原始来源"}
_LIMITS = {"title": 300, "outlet": 120, "publisher": 120, "original_source": 120}


def write_rows(
    batch: ImportBatch, keeper: Keeper, pages: Sequence[tuple[Source | Skipped, PageRead]], number: int
) -> int:
    """Write the rows of pages, numbered from `number` on; returns the number after the last. Within a transaction."""
    identities = [keeper.identity(piece) if isinstance(piece, Source) and page.drafts else "" for piece, page in pages]
    pieces = [
        [_piece(draft, item, identity, alone=len(page.drafts) == 1) for item, draft in enumerate(page.drafts)]
        for (_source, page), identity in zip(pages, identities, strict=True)
    ]
    holdings = Holdings([piece for its in pieces for piece in its], batch, number)
    rows: list[ImportRow] = []
    to_keep: dict[str, tuple[Source, PageRead]] = {}
    kept: list[tuple[ImportRow, str]] = []
    for (source, page), identity, its in zip(pages, identities, pieces, strict=True):
        for draft, piece in zip(page.drafts, its, strict=True):
            row = _row(batch, number + len(rows), draft, piece, holdings)
            rows.append(row)
            if row.outcome in MAKING and isinstance(source, Source):
                to_keep[identity] = (source, page)
                kept.append((row, identity))
        for skipped in page.skipped:
            rows.append(_skipped_row(batch, number + len(rows), skipped))
    captures = keeper.keep((identity, source, page) for identity, (source, page) in to_keep.items())
    for row, identity in kept:
        row.capture = captures[identity]
    ImportRow.objects.bulk_create(rows)
    return number + len(rows)


def _skipped_row(batch: ImportBatch, number: int, skipped: Skipped) -> ImportRow:
    return ImportRow(
        batch=batch,
        number=number,
        file=skipped.file[:500],
        item=skipped.index,
        outcome=Outcome.BAD if skipped.bad else Outcome.SKIPPED,
        problem=(skipped.reason or _("没有读到文章。"))[:1000],
        original=skipped.original,
    )


def _piece(draft: ArticleDraft, item: int, identity: str, *, alone: bool) -> Piece:
    return Piece(
        text_sha256=text_sha256(draft.title or "", draft.body),
        title=draft.title or "",
        printed_by=draft.publisher or draft.outlet or "",
        source_url=(draft.source_url or "")[:2000],
        identity=identity,
        item=item,
        alone=alone,
    )


def _row(batch: ImportBatch, number: int, draft: ArticleDraft, piece: Piece, holdings: Holdings) -> ImportRow:
    problem = unfit(draft)
    if problem:
        return _skipped_row(batch, number, Skipped(draft.file, draft.index, problem, bad=True))
    found = compare(piece, holdings)
    if found.outcome in MAKING:
        holdings.add(replace(piece, number=number))
    return ImportRow(
        batch=batch,
        number=number,
        file=draft.file[:500],
        item=piece.item,
        outcome=found.outcome,
        problem=found.sentence[:1000],
        draft=draft.as_json(),
        text_sha256=piece.text_sha256,
        source_url=piece.source_url,
        twin=found.twin,
        twin_number=found.twin_number,
    )


def unfit(draft: ArticleDraft) -> str:
    """Why a draft cannot become an article: no body, or a field longer than any real one."""
    if not draft.body.strip():
        return _("没有读到正文。")
    for name, limit in _LIMITS.items():
        if len(getattr(draft, name) or "") > limit:
            return _("“%(field)s”超过 %(limit)d 字，多半不是真的。") % {"field": _(FIELD_NAMES[name]), "limit": limit}
    return ""
