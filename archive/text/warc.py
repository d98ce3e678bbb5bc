"""Web archives (WARC, ISO 28500): their records as a stream, and one record again by its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

#: Bytes of a header line. Real ones stay below 10 KB; a file without line ends must not fill the memory.
LINE_LIMIT = 2**20


#: What warcio raises on files that are cut or damaged, by where they are.
_FAILURES = (ArchiveLoadFailed, EOFError, ValueError, AttributeError, KeyError, IndexError, TypeError)


class BrokenArchive(ValueError):
    """The file is no WARC from here on. `single` tells a gzip that holds all records in one piece."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.single = "non-chunked gzip" in reason


class LongLine(ValueError):
    """A header line longer than LINE_LIMIT."""


class _Bounded(DecompressingBufferedReader):
    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(length or LINE_LIMIT)
        # warcio counts what it has read of a long line more than once, and so stops earlier than it is told.
        if length is None and len(line) >= LINE_LIMIT // 16 and not line.endswith(b"\n"):
            raise LongLine
        return line


@dataclass(slots=True)
class WarcRecord:
    """One record: `offset` is where it starts in the file as it is (compressed or not); `length` its content as declared."""

    kind: str
    offset: int
    length: int
    media_type: str
    status: int | None
    url: str
    date: str
    _record: Any

    def payload(self, limit: int) -> bytes:
        """The content as the server meant it: without HTTP headers, chunks and compression; `limit` + 1 bytes at most.

        To be read before the next record is asked for.
        """
        stream = self._record.content_stream()
        parts: list[bytes] = []
        left = limit + 1
        while left > 0 and (part := stream.read(min(left, 2**16))):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def is_whole(self) -> bool:
        """Whether the file held as much as the record declares; the rest of the record is read and dropped."""
        stream = self._record.raw_stream
        while stream.read(2**16):
            pass
        return self._record.rec_headers.get_header("Content-Length") is not None and not getattr(stream, "limit", 0)


def records(stream: BinaryIO) -> Iterator[WarcRecord]:
    """The records of a WARC, plain or compressed record by record, from where the stream stands.

    Raises BrokenArchive where the file is no WARC any more (also in the middle).
    """
    iterator = ArchiveIterator(stream)
    iterator.reader = _Bounded(stream)
    end = 0
    try:
        for record in iterator:
            yield _described(record, iterator.offset)
            end = iterator.get_record_offset() + iterator.get_record_length()
        stream.seek(end)
        if stream.read(LINE_LIMIT).strip():
            raise BrokenArchive("the file breaks off within a record")
    except _FAILURES as error:
        if isinstance(error, BrokenArchive):
            raise
        raise BrokenArchive(str(error)) from error
    finally:
        if iterator.reader is not None:
            iterator.close()


def payload_at(stream: BinaryIO, offset: int, limit: int) -> bytes:
    """The payload of the record that starts at `offset`. Raises BrokenArchive where there is none."""
    stream.seek(offset)
    for record in records(stream):
        return record.payload(limit)
    raise BrokenArchive("no record here")


def _described(record: Any, offset: int) -> WarcRecord:
    http, headers = record.http_headers, record.rec_headers
    media = (http.get_header("Content-Type") if http else None) or (
        record.content_type if record.rec_type == "resource" else ""
    )
    code = http.get_statuscode() if http else ""
    return WarcRecord(
        kind=record.rec_type or "",
        offset=offset,
        length=record.length if isinstance(record.length, int) and record.length > 0 else 0,
        media_type=(media or "").split(";")[0].strip().lower(),
        status=int(code) if code and code.isdigit() else None,
        url=(headers.get_header("WARC-Target-URI") or "").strip("<> "),
        date=headers.get_header("WARC-Date") or "",
        _record=record,
    )
