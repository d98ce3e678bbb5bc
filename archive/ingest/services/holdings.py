"""What is held already that pieces could be the same as: looked up once for many pieces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive.catalog.models import Article, Outlet, OutletAlias, Takedown, Version
from archive.catalog.outlets import find_outlet, has_forms
from archive.ingest.models import MAKING, ImportBatch, ImportRow


@dataclass(slots=True)
class Piece:
    """What comparing needs to know of a piece, new or held.

    `identity` is that of its capture and `item` its place in it; `alone` tells that it is the only
    piece of its capture. A held piece has its `article`, one of an earlier row of the batch its `number`.
    """

    text_sha256: str
    title: str
    printed_by: str
    source_url: str
    identity: str = ""
    item: int = 0
    alone: bool = True
    article: Article | None = None
    number: int | None = None

    def named(self) -> str:
        if self.article is not None:
            return _("文章 %(id)s") % {"id": self.article.public_id}
        return _("本批第 %(number)d 条") % {"number": self.number}


def printed_by(draft: dict[str, Any]) -> str:
    """Who printed a draft's piece, as the draft names it: publisher, else outlet; "" when unknown."""
    return draft.get("publisher") or draft.get("outlet") or ""


class Holdings:
    """The held pieces that share a text, an address or a capture with one of `pieces`.

    With `batch`, its rows below `before` count as held. Pieces are given the name by which the
    catalog knows their outlet.
    """

    def __init__(self, pieces: list[Piece], batch: ImportBatch | None = None, before: int = 0) -> None:
        self.by_text: dict[str, list[Piece]] = defaultdict(list)
        self.by_address: dict[str, list[Piece]] = defaultdict(list)
        self.by_place: dict[tuple[str, int], Piece] = {}
        texts = {piece.text_sha256 for piece in pieces}
        addresses = {piece.source_url for piece in pieces} - {""}
        identities = {piece.identity for piece in pieces} - {""}
        erased = Takedown.objects.filter(kind=Takedown.Kind.ERASED, lifted_at=None, text_sha256__in=texts)
        #: Texts that were erased by law: they are not taken in again.
        self.erased = set(erased.values_list("text_sha256", flat=True))
        known: dict[int, Version] = {}
        versions = Version.objects.select_related("article__outlet", "article__publisher", "capture").defer(
            "body", "body_simplified", "blocks", "captions", "furniture"
        )
        for wanted in (
            {"text_sha256__in": texts},
            {"source_url__in": addresses},
            {"capture__identity__in": identities},
        ):
            if all(wanted.values()):
                known |= {version.pk: version for version in versions.filter(**wanted)}
        held = [_of_version(known[key]) for key in sorted(known)]
        for piece in held:
            self.by_place[piece.identity, piece.item] = piece
        if batch is not None:
            held += _of_rows(batch, before, texts, addresses)
        _settle_names([*pieces, *(piece for piece in held if piece.number)])
        for piece in held:
            self.add(piece)

    def add(self, piece: Piece) -> None:
        """Count a piece as held from now on."""
        self.by_text[piece.text_sha256].append(piece)
        if piece.source_url:
            self.by_address[piece.source_url].append(piece)


def _of_version(version: Version) -> Piece:
    article = version.article
    printer = article.publisher or article.outlet
    return Piece(
        version.text_sha256,
        version.title,
        printer.name if printer else "",
        version.source_url,
        version.capture.identity,
        version.item,
        article=article,
    )


def _of_rows(batch: ImportBatch, before: int, texts: set[str], addresses: set[str]) -> list[Piece]:
    earlier = batch.rows.filter(number__lt=before, outcome__in=MAKING).select_related("capture")
    found: dict[int, ImportRow] = {row.number: row for row in earlier.filter(text_sha256__in=texts)}
    if addresses:
        found |= {row.number: row for row in earlier.filter(source_url__in=addresses)}
    return [piece_of(found[number], number=number) for number in sorted(found)]


def piece_of(row: ImportRow, *, number: int | None = None, alone: bool = True) -> Piece:
    """A row as a piece."""
    draft = row.draft or {}
    identity = row.capture.identity if row.capture else ""
    return Piece(
        row.text_sha256,
        draft.get("title") or "",
        printed_by(draft),
        row.source_url,
        identity,
        row.item,
        alone,
        number=number,
    )


def _settle_names(pieces: Iterable[Piece]) -> None:
    """Put the catalog's name of an outlet for an alias of it, or for the name in another case or width."""
    pieces = list(pieces)
    names = {piece.printed_by for piece in pieces} - {""}
    known = set(Outlet.objects.filter(name__in=names).values_list("name", flat=True))
    aliases = OutletAlias.objects.filter(name__in=names - known).values_list("name", "outlet__name")
    settled = dict(aliases)
    held = ((name, find_outlet(name)) for name in names - known - settled.keys() if has_forms(name))
    settled.update((name, outlet.name) for name, outlet in held if outlet is not None)
    for piece in pieces:
        piece.printed_by = settled.get(piece.printed_by, piece.printed_by)
