"""What readers take (Received) and give (Source)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import SEEK_END
from typing import Any, BinaryIO

CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Received:
    """A file as it came: its name, and a way to open it anew as often as needed.

    A table or zip found inside a zip stands `inside` that zip as its `member`, from byte
    `at` on. `sha256` is that of the bytes where it is known already.
    """

    name: str
    open: Callable[[], BinaryIO]
    media_type: str = "application/octet-stream"
    inside: Received | None = None
    member: str = ""
    sha256: str = ""
    at: int = 0

    def size(self) -> int:
        """Its size in bytes."""
        with self.open() as stream:
            return stream.seek(0, SEEK_END)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, a mebibyte at a time."""
        with self.open() as stream:
            while chunk := stream.read(CHUNK):
                yield chunk


@dataclass(frozen=True, slots=True)
class Given:
    """The value of a field that the file itself states, and the rule that names where ("column 标题")."""

    value: Any
    rule: str


@dataclass(slots=True)
class Source:
    """One piece as received, ready for the pipeline.

    `data` are the bytes of the piece: a page, a member of a zip, one line or record of a table.
    `text` is what is to be read where that is not the whole of `data` (a column of a record), with
    `text_type` its media type. `number` is the line or row (from 1; 0 for a page) and `offset` the
    byte in the container where the record starts; `reached` is how far in the file as received the reader is
    with it, in bytes, where `offset` does not say so.
    """

    name: str
    data: bytes
    media_type: str
    source_url: str | None = None
    captured_at: str | None = None
    container: Received | None = None
    member: str = ""
    offset: int | None = None
    number: int = 0
    given: dict[str, Given] = field(default_factory=dict)
    text: str | None = None
    text_type: str = "text/plain"
    encoding: str = ""
    reached: int | None = None
