"""The encoding of a file that is read as a stream: decided by its first part.

(A page is decoded whole by the pipeline; a table of a gigabyte cannot be.)
"""

from __future__ import annotations

from typing import BinaryIO

from archive.text.decoding import DecodingError, EmptyInput, decode

from .bounds import HEAD
from .refusals import BinaryFile


def encoding_of(stream: BinaryIO) -> str:
    """A codec name for the stream, which is left at its start. Raises BinaryFile for what is no text."""
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    if len(head) == HEAD:
        head = head[: head.rfind(b"\n") + 1 or HEAD]
        head = head[: len(head) // 2 * 2]  # a character of UTF-16 is not cut
    if _mostly_utf8(head):
        return "utf-8"
    try:
        return decode(head).encoding
    except EmptyInput:
        return "utf-8"
    except DecodingError as error:
        raise BinaryFile from error


def is_utf8(line: bytes) -> bool:
    """Whether a line is certainly UTF-8: by chance, six wide characters of GB18030 or Big5 never are."""
    try:
        return sum(char > "\x7f" for char in line.decode("utf-8")) >= 6
    except UnicodeDecodeError:
        return False


def _mostly_utf8(head: bytes) -> bool:
    """Whether the file is UTF-8 but for some lines: it is mixed then, and those lines are the fault."""
    if b"\0" in head:
        return False
    sound = broken = 0
    for line in head.split(b"\n")[:-1]:
        if not line.isascii():
            try:
                line.decode("utf-8")
                sound += 1
            except UnicodeDecodeError:
                broken += 1
    return sound >= broken and sound > 0
