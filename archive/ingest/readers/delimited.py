"""Tables as text: .csv and .tsv with a header in the first line; each record keeps its bytes as received."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from django.utils.translation import gettext as _

from archive.ingest.records import Skipped

from .bounds import COLUMN_LIMIT, RECORD_LIMIT
from .columns import Column, known_names, mapping_of
from .encoding import encoding_of, is_utf8
from .record import Record, source_of
from .refusals import BrokenTable, EmptyFile, EmptyTable
from .sources import Received, Source
from .wide import WideLines


class _Lines:
    """The lines of a file, remembering those since the last `take` and the byte where they begin.

    Lines are cut as bytes and then decoded, so that each record has its very bytes.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self.raw = _wide_lines(stream, encoding) if encoding.startswith("utf-16") else iter(_cut(stream))
        self.encoding = encoding
        self.pending: list[bytes] = []
        self.count = self.offset = self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.raw)
        self.size += len(line)
        if self.size > RECORD_LIMIT:
            raise BrokenTable(
                _("第 %(line)d 行起的一条记录超过 %(limit)d MB：多半是引号没有成对。")
                % {"line": self.count + 1, "limit": RECORD_LIMIT // 2**20}
            )
        self.pending.append(line)
        text = line.decode(self.encoding)
        return text.lstrip("\ufeff") if self.offset == 0 and len(self.pending) == 1 else text

    def take(self) -> tuple[int, bytes, int]:
        """(first line number, bytes, offset) of what was read since the last call."""
        raw = b"".join(self.pending)
        first, offset = self.count + 1, self.offset
        self.count += len(self.pending)
        self.offset += len(raw)
        self.pending, self.size = [], 0
        return first, raw, offset


def header_of(received: Received, mapping: Sequence[str] = ()) -> list[Column]:
    """The mapping of a table's columns. Raises MissingColumn, BrokenTable, EmptyFile."""
    with received.open() as opened:
        encoding = encoding_of(opened)
        return _open_table(opened, encoding, mapping)[2]


def read_delimited(received: Received, mapping: Sequence[str] = ()) -> Iterator[Source | Skipped]:
    """The records of a table. Raises MissingColumn, EmptyTable or BrokenTable; a row with a bad value is Skipped."""
    with received.open() as opened:
        encoding = encoding_of(opened)
        lines, reader, columns = _open_table(opened, encoding, mapping)
        empty = True
        for cells in _records(reader, lines, encoding):
            first, raw, offset = lines.take()
            if not encoding.startswith("utf") and is_utf8(raw):
                raise _undecodable(first, encoding)
            named = [
                (column.name, column.field, cells[column.place]) for column in columns if column.place < len(cells)
            ]
            record = Record(received.name, first, named, raw, "text/csv", "column", received, offset, encoding)
            piece = source_of(record)
            if piece is not None:
                empty = False
                yield piece
        if empty:
            raise EmptyTable


def _open_table(
    stream: BinaryIO, encoding: str, mapping: Sequence[str]
) -> tuple[_Lines, Iterator[list[str]], list[Column]]:
    lines = _Lines(stream, encoding)
    csv.field_size_limit(RECORD_LIMIT)
    header_line = _first_line(lines, encoding)
    delimiter = max(",\t;,|", key=lambda mark: known_names(next(csv.reader([header_line], delimiter=mark), [])))
    reader = csv.reader(chain([header_line], lines), delimiter=delimiter, strict=True)
    names = next(_records(reader, lines, encoding), [])
    lines.take()
    return lines, reader, mapping_of(names[:COLUMN_LIMIT], chosen=mapping)


def _first_line(lines: _Lines, encoding: str) -> str:
    while True:
        try:
            line = next(lines)
        except StopIteration:
            raise EmptyFile from None
        except UnicodeDecodeError as error:
            raise _undecodable(1, encoding) from error
        if line.strip():
            return line
        lines.take()


def _cut(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(RECORD_LIMIT + 1):
        yield from (part for part in re.split(rb"(?<=\r)(?!\n)", line) if part)  # old Macintosh line ends


def _wide_lines(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    lines = WideLines(stream, encoding)
    while line := lines.readline(RECORD_LIMIT + 2):
        parts = re.split(r"(?<=\r)(?!\n)", line.decode(encoding))
        yield from (part.encode(encoding) for part in parts if part)


def _records(reader: Iterator[list[str]], lines: _Lines, encoding: str) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError as error:
            raise _undecodable(lines.count + 1, encoding) from error
        except csv.Error as error:
            raise BrokenTable(
                _("第 %(line)d 行起的引号没有成对（单元格内的引号须写两次），表格未读取。") % {"line": lines.count + 1}
            ) from error


def _undecodable(line: int, encoding: str) -> BrokenTable:
    return BrokenTable(
        _("第 %(line)d 行附近有不属于 %(encoding)s 编码的字节；请用同一种编码（最好是 UTF-8）另存。")
        % {"line": line, "encoding": encoding}
    )
