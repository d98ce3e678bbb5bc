"""One door to all readers: recognise, read, name what is skipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from archive.ingest.records import Skipped

from . import delimited, workbook
from .bounds import NESTING_LIMIT
from .columns import Column
from .detect import MEDIA_TYPES, Format, detect
from .jsonl import read_jsonl
from .pages import read_page_file
from .refusals import NestedTooDeep, NoArticle, Refused
from .sources import Received, Source
from .webarchive import read_webarchive
from .zipped import Budget, members_of


def read(received: Received, mapping: Sequence[str] = ()) -> Iterator[Source | Skipped]:
    """The pieces of a file, in order; the same each time. Raises Refused when the file is not read at all (or, late, not to its end).

    `mapping` gives the fields of a table's columns in their order, in place of what its header says.
    """
    yield from _read(received, Budget(), depth=0, mapping=mapping)


def _read(received: Received, budget: Budget, depth: int, mapping: Sequence[str] = ()) -> Iterator[Source | Skipped]:
    with received.open() as stream:
        format_ = detect(stream, received.name)
    received = replace(received, media_type=MEDIA_TYPES[format_])
    match format_:
        case Format.TEXT | Format.HTML:
            yield read_page_file(received, format_)
        case Format.JSONL:
            yield from read_jsonl(received)
        case Format.CSV:
            yield from delimited.read_delimited(received, mapping)
        case Format.XLSX:
            yield from workbook.read_workbook(received, mapping)
        case Format.WARC:
            yield from read_webarchive(received)
        case Format.ZIP:
            if depth >= NESTING_LIMIT:
                raise NestedTooDeep
            for member in members_of(received, budget):
                for piece in _read_member(member, budget, depth + 1):
                    if isinstance(piece, Source):
                        piece.reached = member.at  # of the outermost zip, which is the last to say so
                    yield piece


def _read_member(member: Received, budget: Budget, depth: int) -> Iterator[Source | Skipped]:
    """A member that is refused is named and the others are read; a nest too deep refuses the whole."""
    try:
        yield from _read(member, budget, depth)
    except NestedTooDeep:
        raise
    except NoArticle as refusal:
        yield Skipped(member.name, 0, str(refusal))
    except Refused as refusal:
        yield Skipped(member.name, 0, str(refusal), bad=True)


def preview_columns(received: Received, mapping: Sequence[str] = ()) -> list[Column]:
    """How the columns of a table will be read; empty for other formats. Raises Refused."""
    with received.open() as stream:
        format_ = detect(stream, received.name)
    if format_ is Format.CSV:
        return delimited.header_of(received, mapping)
    return workbook.header_of(received, mapping) if format_ is Format.XLSX else []
