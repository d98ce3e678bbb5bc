"""JSON lines: one object a line, lines end at "\\n" only; a bad line is reported and the others are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from archive.ingest.records import Skipped

from .bounds import RECORD_LIMIT
from .columns import mapping_of
from .encoding import encoding_of, is_utf8
from .record import Record, as_text, source_of
from .refusals import BinaryFile, BrokenJson, MissingColumn
from .sources import Received, Source
from .wide import WideLines


def lines_of(
    stream: BinaryIO | WideLines, limit: int = RECORD_LIMIT, end: bytes = b"\n"
) -> Iterator[tuple[int, bytes | None]]:
    """(offset, line) for each line; None for a line longer than `limit`, which is passed over."""
    offset = 0
    while line := stream.readline(limit + 1):
        start, whole = offset, len(line) <= limit
        offset += len(line)
        while not line.endswith(end):
            line_end = stream.readline(limit)
            if not line_end:
                break
            offset += len(line_end)
            whole = False
            if line_end.endswith(end):
                break
        yield start, line if whole else None


def read_jsonl(received: Received) -> Iterator[Source | Skipped]:
    """The objects of a file. Raises BrokenJson when its first line is none."""
    with received.open() as opened:
        encoding = encoding_of(opened)
        wide = encoding.startswith("utf-16")
        lines = lines_of(WideLines(opened, encoding), end="\n".encode(encoding)) if wide else lines_of(opened)
        seen = 0
        for number, (offset, line) in _counted(lines):
            if line is not None and not line.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe"):
                continue
            seen += 1
            yield from _piece(received, number, offset, line, encoding, first=seen == 1)


def _counted(lines: Iterator[tuple[int, bytes | None]]) -> Iterator[tuple[int, tuple[int, bytes | None]]]:
    try:
        yield from enumerate(lines, 1)
    except UnicodeDecodeError as error:
        raise BinaryFile from error


def _piece(
    received: Received, number: int, offset: int, line: bytes | None, encoding: str, *, first: bool
) -> Iterator[Source | Skipped]:
    def bad(sentence: str) -> Skipped:
        where = _("第 %(number)d 行，") % {"number": number}
        return Skipped(received.name, number, where + sentence, bad=True, original=as_text(line or b"", encoding))

    if line is None:
        yield bad(_("超过 %(limit)d MB，未读取。") % {"limit": RECORD_LIMIT // 2**20})
        return
    if not encoding.startswith("utf") and is_utf8(line):
        yield bad(_("编码与文件其余部分不同（应为 %(name)s）。") % {"name": encoding})
        return
    try:
        found: Any = json.loads(line.decode(encoding).lstrip("\ufeff"))
    except UnicodeDecodeError:
        yield bad(_("编码与文件其余部分不同（应为 %(name)s）。") % {"name": encoding})
        return
    except (ValueError, RecursionError) as error:
        if first:
            raise BrokenJson from error
        yield bad(_("不是完整的 JSON 对象。"))
        return
    if not isinstance(found, dict):
        if first:
            raise BrokenJson
        yield bad(_("不是 JSON 对象。"))
        return
    try:
        columns = mapping_of(list(found), table=False)
    except MissingColumn as error:
        yield bad(str(error))
        return
    named = [(column.name, column.field, found[name]) for column, name in zip(columns, found, strict=True)]
    piece = source_of(Record(received.name, number, named, line, "application/json", "key", received, offset, encoding))
    if piece is not None:
        yield piece
