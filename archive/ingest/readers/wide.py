"""Lines of UTF-16 files, where a line end is two bytes, read as a stream."""

from __future__ import annotations

import codecs
from typing import BinaryIO

CHUNK = 2**16


class WideLines:
    """`readline` over a stream of UTF-16, in bytes as they came. UnicodeDecodeError for what is none."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._text = ""
        self._ended = False

    def readline(self, limit: int) -> bytes:
        """The next line with its end, or as much of it as is no longer than `limit` bytes; b"" at the end."""
        most = limit // 2
        parts: list[str] = []
        length = 0
        while True:
            cut = self._text.find("\n", 0, most - length) + 1 or min(len(self._text), most - length)
            parts.append(self._text[:cut])
            length += cut
            self._text = self._text[cut:]
            if parts[-1].endswith("\n") or length >= most or self._ended:
                return "".join(parts).encode(self._encoding)
            chunk = self._stream.read(CHUNK)
            self._ended = not chunk
            self._text = self._decoder.decode(chunk, final=not chunk)
