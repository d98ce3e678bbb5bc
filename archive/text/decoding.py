"""From bytes to text and back: which encoding, how sure, and every byte kept.

Order: byte order mark, strict UTF-8, UTF-16, then GB 18030 or Big5 by the share of ordinary characters.
The encoding that a page declares is a hint that decides only between readings that are nearly as good.
Bytes that the encoding does not know stay in the text as lone surrogates (U+DC80–U+DCFF, as PEP 383 has
them), so that `encode_back` gives the bytes as they were received.
"""

import codecs
import re
from dataclasses import dataclass

from archive.text.encodings import ordinary_share


class DecodingError(ValueError):
    """Bytes that are no text; `sentence` says why, to the person who brought them."""

    sentence = "文件不是可读的文本。"

    def __init__(self) -> None:
        super().__init__(self.sentence)


class EmptyInput(DecodingError):
    sentence = "文件是空的，没有可读的内容。"


class NulBytes(DecodingError):
    sentence = "文件含有空字节（NUL），不是文本文件；请检查文件是否损坏。"


class BinaryData(DecodingError):
    sentence = "文件是二进制数据（如图片、压缩包或文档），不是文本；请先转换为文本再上传。"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and what is needed to give back its bytes; `problems` are sentences, empty when all is well."""

    text: str
    encoding: str
    confidence: float
    problems: tuple[str, ...] = ()
    mark: bytes = b""
    rest: bytes = b""


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    b"%PDF-",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"MZ\x90",
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "hz": "gb18030",
          "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cp950": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8"}  # fmt: skip
#: A declared encoding wins when its reading is at most this much less ordinary.
HINT_MARGIN = 0.05
#: Share of bytes beyond ASCII that may be broken in a text still taken for UTF-8.
BROKEN_UTF8 = 0.1


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the head of an HTML or XML page names, normalised; None when it names none we know."""
    head = data[:2048]
    named = _DECLARED.search(head) if b"=" in head else None
    return _NAMES.get(named[1].decode("ascii").lower()) if named else None


def _errors(encoding: str) -> str:
    return "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def encode_back(decoded: Decoded) -> bytes:
    """Return the very bytes that `decoded` was read from."""
    body = decoded.text.encode(decoded.encoding, _errors(decoded.encoding))
    return decoded.mark + body + decoded.rest


def _exact(data: bytes, encoding: str) -> str:
    """Decode so that encoding gives `data` again: what does not come back as it was stays as escaped bytes."""
    text = data.decode(encoding, "surrogateescape")
    if text.encode(encoding, "surrogateescape") == data:
        return text
    pieces: list[str] = []
    place = 0
    while place < len(data):
        for size in (1, 2, 3, 4):
            piece = data[place : place + size]
            try:
                read = piece.decode(encoding)
                if read and read.encode(encoding) == piece:
                    break
            except UnicodeError:
                continue
        else:
            size, read = 1, data[place : place + 1].decode("ascii", "surrogateescape")
        pieces.append(read)
        place += size
    return "".join(pieces)


def _escaped(text: str) -> int:
    return len(re.findall("[\udc80-\udcff]", text))


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _in(data[len(mark) :], encoding, 1.0, mark)
    return None


def _in(data: bytes, encoding: str, confidence: float, mark: bytes = b"") -> Decoded:
    """Read `data` in a settled encoding, naming what could not be read."""
    unit = {"utf-16": 2, "utf-32": 4}.get(encoding[:6], 1)
    whole = len(data) - len(data) % unit
    problems: list[str] = []
    if unit > 1:
        try:
            text = data[:whole].decode(encoding, "surrogatepass")
        except UnicodeError as error:
            raise BinaryData from error
        broken = len(re.findall("[\ud800-\udfff]", text))
    else:
        text = _exact(data, encoding)
        broken = _escaped(text)
    if broken:
        problems.append(f"{broken} 个字节无法按 {encoding} 读出，已原样保留")
    if data[whole:]:
        problems.append(f"末尾 {len(data) - whole} 个字节不成字符，已原样保留")
    if not text:
        raise EmptyInput
    if "\0" in text:
        raise NulBytes
    return Decoded(text, encoding, confidence, tuple(problems), mark, data[whole:])


def _utf16(data: bytes) -> Decoded | None:
    """Read UTF-16 without a mark: told by NUL bytes on one side only, or by ordinary characters throughout."""
    if len(data) < 4 or len(data) % 2:
        return None
    best: Decoded | None = None
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        share = ordinary_share(text)
        told = re.search("[\u4e00-\u9fff]{2}", text) and share > 0.9 and not re.search("[\x00-\x08\x0e-\x1f]", text)
        ascii_told = text.isascii() and "\0" not in text and b"\0" in data
        if (told or ascii_told) and (best is None or share > best.confidence):
            best = Decoded(text, encoding, min(share, 0.95))
    return best


def _legacy(data: bytes, hint: str | None) -> Decoded:
    sample = data[:200_000]
    shares: dict[str, float] = {}
    for encoding in ("gb18030", "big5hkscs"):
        text = sample.decode(encoding, "surrogateescape")
        shares[encoding] = ordinary_share(text) - 3 * _escaped(text) / max(1, len(text))
    best = max(shares, key=lambda name: shares[name])
    if hint in shares and shares[best] - shares[hint] <= HINT_MARGIN:
        best = hint
    margin = shares[best] - min(shares.values())
    return _in(data, best, round(max(0.1, min(0.99, shares[best] * (0.5 + min(margin, 0.2) * 2.5))), 3))


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Read `data` as text; `declared` is the encoding that its sender names (HTTP header), if any.

    Raises EmptyInput, NulBytes or BinaryData (all DecodingError) when the bytes are no text.
    """
    if not data:
        raise EmptyInput
    if data.startswith(_BINARY):
        raise BinaryData
    marked = _marked(data)
    if marked is not None:
        return marked
    if b"\0" in data:
        wide = _utf16(data)
        if wide is None:
            raise NulBytes
        return wide
    control = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]", data[:65536]))
    if control > len(data[:65536]) * 0.02 + 2:
        wide = _utf16(data)
        if wide is None:
            raise BinaryData
        return wide
    hint = _NAMES.get((declared or "").strip().strip("\"'").lower()) or declared_encoding(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 1.0)
    except UnicodeDecodeError:
        pass
    broken_text = data.decode("utf-8", "surrogateescape")
    beyond = sum(1 for byte in data if byte > 127)
    if _escaped(broken_text) <= BROKEN_UTF8 * beyond:
        return _in(data, "utf-8", 0.8)
    legacy = _legacy(data, hint)
    if legacy.confidence < 0.4:
        wide = _utf16(data)
        if wide is not None:
            return wide
    return legacy
