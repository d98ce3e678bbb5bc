"""Text decoded as what it was not, where every byte survived (text-damage 10 and 48)."""

import re
from collections.abc import Callable, Iterator

from archive.text.encodings import ordinary_share
from archive.text.fold import fold
from archive.text.layers import Change

VERSION = 1
#: The mended stretch is this ordinary at least, and gains this much.
ORDINARY = 0.92
GAIN = 0.25
_HAN = re.compile("[\u4e00-\u9fff]")
# UTF-8 bytes of Han characters read as GBK begin with E3–E9 and a second byte below C0; of marks with EF BC (锛) and E3 80 (銆).
_READ_AS_GBK = re.compile("[銆锛鈥鈻鐨涓绗鏄浜鍦寮閮鎴鍒鏉鐥鐤闃鎺鏂鍏缁绀鎶鍖閿濂戣妫娴閬闂瑕璇淇浠鏈鐜][^\x00-\x7f]")
_LATIN = re.compile("[\u0080-\u024f\u2018-\u203a\u20ac\u2122\u0160-\u0192]{4,}")
_TWICE = re.compile("(?:[0-9]*[\u811a-\u8180\u8181-\u8190脗脙][^\x00-\x7f]){2}")
#: Without one of these no line is looked at.
_SUSPECT = re.compile(
    "[\u00c0-\u00ff\u8117\u8119\u811a-\u8190銆锛鈥鈻鐨涓绗鏄浜鍦寮閮鎴鍒鏉鐥鐤闃鎺鏂鍏缁绀鎶鍖閿濂戣妫娴閬闂瑕璇淇浠鏈鐜]"
)
_RUN = re.compile(r"[^\x00-\x7f](?:[^\n]*[^\x00-\x7f])?")
_PIECE = re.compile(r"[^\x00-\x7f]{2,}")


def _latin_bytes(text: str) -> bytes:
    """The bytes of text read as Windows-1252, whose gaps were read as Latin-1."""
    data = bytearray()
    for char in text:
        try:
            data += char.encode("cp1252")
        except UnicodeEncodeError:
            data += char.encode("latin-1")
    return bytes(data)


def _gbk_to_utf8(text: str) -> str:
    return text.encode("gb18030").decode("utf-8")


def _latin_to_gbk(text: str) -> str:
    return _latin_bytes(text).decode("gb18030")


def _latin_to_utf8(text: str) -> str:
    return _latin_bytes(text).decode("utf-8")


def _twice(text: str) -> str:
    return _latin_to_gbk(_gbk_to_utf8(text))


_WAYS: tuple[tuple[re.Pattern[str], Callable[[str], str], str], ...] = (
    (_READ_AS_GBK, _gbk_to_utf8, "mojibake-utf8-as-gbk"),
    (_LATIN, _latin_to_utf8, "mojibake-utf8-as-latin1"),
    (_LATIN, _latin_to_gbk, "mojibake-gbk-as-latin1"),
    (_TWICE, _twice, "mojibake-twice"),
)


def _mended(stretch: str, way: Callable[[str], str]) -> str | None:
    """Return the right reading of a stretch, None when it does not round-trip or is no more ordinary."""
    try:
        mended = way(stretch)
    except UnicodeError:
        return None
    if not _HAN.search(mended) and not re.fullmatch("[\u3001-\u3011\uff01-\uff5e\u2010-\u2026]+", mended):
        return None
    share = ordinary_share(fold(mended))
    return mended if share >= ORDINARY and share - ordinary_share(stretch) >= GAIN else None


def mojibake_changes(text: str) -> Iterator[Change]:
    """Yield lines, or runs within a line, put back into the characters that their bytes spell."""
    if not _SUSPECT.search(text):
        return
    for trigger, way, rule in _WAYS:
        if not trigger.search(text):
            continue
        found_any = False
        for line in _RUN.finditer(text):
            if not trigger.search(line[0]):
                continue
            whole = _mended(line[0], way)
            if whole is not None:
                found_any = True
                yield Change(*line.span(), whole, rule, VERSION, 0.98)
                continue
            for piece in _PIECE.finditer(line[0]):
                mended = _mended(piece[0], way)
                if mended is not None:
                    found_any = True
                    start = line.start() + piece.start()
                    yield Change(start, start + len(piece[0]), mended, rule, VERSION, 0.95)
        if found_any:
            return
