"""Whether a piece is new, held already, another version of a held one, or a copy in another outlet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.catalog.models import Article, Status, Version
from archive.catalog.services import find_outlet
from archive.ingest.models import MAKING, ImportBatch, Outcome
from archive.text.fold import fold


@dataclass(frozen=True, slots=True)
class Piece:
    """What comparing needs to know of a piece."""

    text_sha256: str
    title: str
    printed_by: str
    source_url: str
    identity: str = ""  # of its capture
    item: int = 0
    alone: bool = True  # the only piece of its capture


@dataclass(frozen=True, slots=True)
class Comparison:
    outcome: Outcome
    sentence: str = ""
    twin: Article | None = None
    twin_number: int | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """A piece that came before: of an article in the catalog or of an earlier row."""

    title: str
    printed_by: str
    source_url: str
    article: Article | None = None
    number: int | None = None

    def named(self) -> str:
        if self.article is not None:
            return _("文章 %(id)s") % {"id": self.article.public_id}
        return _("本批第 %(number)d 条") % {"number": self.number}


def printed_by(draft: dict[str, Any]) -> str:
    """Who printed a draft's piece (publisher, else outlet), under the name the catalog knows; "" when unknown."""
    name = draft.get("publisher") or draft.get("outlet") or ""
    known = find_outlet(name) if name else None
    return known.name if known else name


def compare(piece: Piece, *, batch: ImportBatch | None = None, before: int = 0, page_from: int = 0) -> Comparison:
    """Find the piece in the catalog and, with `batch`, among its rows below `before`.

    Rows from `page_from` on are of the same page: they share an address without being versions of
    one another.
    """
    held = Version.objects.filter(capture__identity=piece.identity, item=piece.item).select_related("article").first()
    if piece.identity and held is not None:
        return _held(_Known("", "", "", held.article))
    copies = []
    for known in _same_text(piece, batch, before):
        if not _another_printing(piece, known):
            return _held(known)
        copies.append(known)
    if piece.source_url:
        known_here = list(_same_address(piece, batch, page_from))
        earlier = _earlier_version(piece, known_here)
        if earlier is not None:
            sentence = _("同一网址上的%(named)s文字不同,将作为它的新版本。") % {"named": earlier.named()}
            return Comparison(Outcome.NEW_VERSION, sentence, earlier.article, earlier.number)
    if copies:
        sentence = _("与%(named)s文字相同,但媒体或网址不同,将作为转载另存。") % {"named": copies[0].named()}
        return Comparison(Outcome.COPY, sentence, copies[0].article, copies[0].number)
    return Comparison(Outcome.NEW)


def _held(known: _Known) -> Comparison:
    sentence = _("%(named)s已是这一篇,不再导入。") % {"named": known.named()}
    if known.article is not None and known.article.status == Status.WITHDRAWN:
        sentence = _("%(named)s已是这一篇,且已撤回;不再导入。") % {"named": known.named()}
    return Comparison(Outcome.HELD, sentence, known.article, known.number)


def _another_printing(piece: Piece, known: _Known) -> bool:
    """The same text elsewhere: outlets both known and different; or, one unknown, two different addresses."""
    if piece.source_url and piece.source_url == known.source_url:
        return False
    if piece.printed_by and known.printed_by:
        return piece.printed_by != known.printed_by
    return bool(piece.source_url and known.source_url)


def _same_text(piece: Piece, batch: ImportBatch | None, before: int) -> Iterable[_Known]:
    found = Version.objects.filter(text_sha256=piece.text_sha256)
    yield from (_of_version(version) for version in found.select_related("article__outlet", "article__publisher"))
    if batch is not None:
        yield from _rows(batch, before, text_sha256=piece.text_sha256)


def _same_address(piece: Piece, batch: ImportBatch | None, page_from: int) -> Iterable[_Known]:
    found = Version.objects.filter(source_url=piece.source_url, article__current_version__isnull=False)
    if piece.identity:
        found = found.exclude(capture__identity=piece.identity)
    yield from (_of_version(version) for version in found.select_related("article__outlet", "article__publisher"))
    if batch is not None:
        yield from _rows(batch, page_from, source_url=piece.source_url)


def _earlier_version(piece: Piece, known: list[_Known]) -> _Known | None:
    """Which of the pieces at this address the new one replaces: the one of its title, or the only one."""
    title = fold("".join(piece.title.split()))
    for one in known:
        if title and fold("".join(one.title.split())) == title:
            return one
    owners = {one.article.pk if one.article else f"#{one.number}" for one in known}
    return known[0] if piece.alone and len(owners) == 1 else None


def _of_version(version: Version) -> _Known:
    article = version.article
    printer = article.publisher or article.outlet
    return _Known(version.title, printer.name if printer else "", version.source_url, article)


def _rows(batch: ImportBatch, before: int, **wanted: str) -> Iterable[_Known]:
    for row in batch.rows.filter(number__lt=before, outcome__in=MAKING, **wanted).order_by("number"):
        draft = row.draft or {}
        yield _Known(draft.get("title") or "", printed_by(draft), row.source_url, None, row.number)
