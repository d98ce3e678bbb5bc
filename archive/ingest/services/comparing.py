"""Whether a piece is new, held already, another version of a held one, or a copy in another outlet."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.catalog.models import Article, Status
from archive.ingest.models import Outcome
from archive.text.fold import fold

from .holdings import Holdings, Piece


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a piece is found to be; `twin` (an article) or `twin_number` (an earlier row) is what it was found beside."""

    outcome: Outcome
    sentence: str = ""
    twin: Article | None = None
    twin_number: int | None = None
    erased: bool = False


def compare(piece: Piece, holdings: Holdings) -> Comparison:
    """Find the piece among what is held."""
    if piece.text_sha256 in holdings.erased:
        return Comparison(Outcome.HELD, _("这篇文章已依法删除，不再收入。"), erased=True)
    same_place = holdings.by_place.get((piece.identity, piece.item)) if piece.identity else None
    if same_place is not None:
        return _held(same_place)
    copies = []
    for known in holdings.by_text.get(piece.text_sha256, ()):
        if not _another_printing(piece, known):
            return _held(known)
        copies.append(known)
    earlier = _earlier_version(piece, holdings)
    if earlier is not None:
        sentence = _("同一网址上的%(named)s文字不同，将作为它的新版本。") % {"named": earlier.named()}
        return Comparison(Outcome.NEW_VERSION, sentence, earlier.article, earlier.number)
    if copies:
        sentence = _("与%(named)s文字相同，但媒体或网址不同，将作为转载另存。") % {"named": copies[0].named()}
        return Comparison(Outcome.COPY, sentence, copies[0].article, copies[0].number)
    return Comparison(Outcome.NEW)


def _held(known: Piece) -> Comparison:
    sentence = _("%(named)s已是这一篇，不再导入。") % {"named": known.named()}
    if known.article is not None and known.article.status == Status.WITHDRAWN:
        sentence = _("%(named)s已是这一篇，且已撤回；不再导入。") % {"named": known.named()}
    return Comparison(Outcome.HELD, sentence, known.article, known.number)


def _another_printing(piece: Piece, known: Piece) -> bool:
    """The same text elsewhere: printers both known and different; or, one unknown, two different addresses."""
    if piece.source_url and piece.source_url == known.source_url:
        return False
    if piece.printed_by and known.printed_by:
        return piece.printed_by != known.printed_by
    return bool(piece.source_url and known.source_url)


def _earlier_version(piece: Piece, holdings: Holdings) -> Piece | None:
    """Which of the pieces at this address the new one replaces: the one of its title, or the only one.

    Pieces of the same capture share their address without being versions of one another.
    """
    here = [known for known in holdings.by_address.get(piece.source_url, ()) if known.identity != piece.identity]
    title = fold("".join(piece.title.split()))
    for known in here:
        if title and fold("".join(known.title.split())) == title:
            return known
    owners = {known.article.public_id if known.article else f"#{known.number}" for known in here}
    return here[0] if piece.alone and len(owners) == 1 else None
