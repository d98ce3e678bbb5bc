"""From pieces to pages read, in order."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from archive.ingest import reading
from archive.ingest.readers import Source
from archive.ingest.records import PageRead, Skipped

logger = logging.getLogger(__name__)


def pages_of(pieces: Iterable[Source | Skipped], outlet: str) -> Iterator[tuple[Source | Skipped, PageRead]]:
    """Each piece with what the pipeline reads in it; one that breaks the pipeline is a bad one."""
    for piece in pieces:
        yield piece, page_of(piece, outlet)


def page_of(piece: Source | Skipped, outlet: str) -> PageRead:
    """Read one piece."""
    if isinstance(piece, Skipped):
        return PageRead("", "", "", [], [], [piece])
    try:
        return reading.read_source(piece, outlet=outlet)
    except Exception:
        logger.exception("reading one page failed")  # no names of uploads in the log
        reason = _("读取时程序出错，已记入日志；其余各篇不受影响。")
        return PageRead("", "", "", [], [], [Skipped(piece.name, piece.number, reason, bad=True)])
