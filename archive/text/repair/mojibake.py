"""Text decoded as what it was not, where every byte survived (text-damage 10 and 48)."""

import re
from collections.abc import Callable, Iterator

from archive.text.encodings import ordinary_share
from archive.text.fold import fold
from archive.text.layers import Change
from archive.text.repair.likelihood import likelihood

VERSION = 1
#: The mended stretch is this ordinary at least, and gains this much.
ORDINARY = 0.92
GAIN = 0.25
#: Where the misread characters are common ones too (驴, 陆, 麓): nats that each mended character is worth more.
NATS = 2.0
_HAN = re.compile("[\u4e00-\u9fff]")
# UTF-8 bytes of Han characters read as GBK begin with E3–E9 and a second byte below C0; of marks with EF BC (锛) and E2 80 (鈥).
_LEADS = "锛鈥鈻" + "".join(bytes((a, b)).decode("gb18030") for a in range(0xE3, 0xEA) for b in range(0x80, 0xC0))
_READ_AS_GBK = re.compile(f"[{_LEADS}][^\x00-\x7f]")
_LATIN = re.compile("[\u0080-\u024f\u2018-\u203a\u20ac\u2122\u0160-\u0192]{4,}")
# Latin-1 letters in UTF-8 begin with C2 or C3 and a second byte below C0 (脗, 脙, 碌 …), two bytes a letter.
_LATIN_LEADS = "".join(bytes((a, b)).decode("gb18030") for a in (0xC2, 0xC3) for b in range(0x80, 0xC0))
_TWICE = re.compile(f"[{_LATIN_LEADS}]{{3}}")
# ISO 8859-15 has letters where Latin-1 and Windows-1252 have signs.
_ONLY_LATIN9 = re.compile("[\u0152\u0153\u0160\u0161\u017d\u017e\u0178\u20ac]")
_NEVER_LATIN9 = re.compile("[\u00a4\u00a6\u00a8\u00b4\u00b8\u00bc\u00bd\u00be]")
#: Without one of these no line is looked at.
_SUSPECT = re.compile(f"[\u00c0-\u00ff{_LEADS}]|[{_LATIN_LEADS}]{{3}}")
#: Up to the last byte beyond ASCII; the last character of a run may end in an ASCII letter or mark more.
_RUN = re.compile(r"[^\x00-\x7f](?:[^\n]*[^\x00-\x7f])?")
_LATIN9_PIECE = re.compile("[\u0080-\u00ff\u0152\u0153\u0160\u0161\u017d\u017e\u0178\u20ac]{2,}")
_PIECE = re.compile(r"[^\x00-\x7f]{2,}")
_LAST_BYTE = re.compile("[@-~]")
_BEYOND = re.compile(r"[^\x00-\x7f]")


def _latin_bytes(text: str) -> bytes:
    """The bytes of text read as Windows-1252, whose gaps were read as Latin-1."""
    data = bytearray()
    for char in text:
        try:
            data += char.encode("cp1252")
        except UnicodeEncodeError:
            data += char.encode("latin-1")
    return bytes(data)


def _latin9_to_gbk(text: str) -> str:
    return text.encode("iso-8859-15").decode("gb18030")


def _gbk_to_utf8(text: str) -> str:
    return text.encode("gb18030").decode("utf-8")


def _latin_to_gbk(text: str) -> str:
    return _latin_bytes(text).decode("gb18030")


def _latin_to_utf8(text: str) -> str:
    return _latin_bytes(text).decode("utf-8")


def _latin_twice(text: str) -> str:
    return _latin_to_gbk(_latin_to_utf8(text))


def _latin9_twice(text: str) -> str:
    return _latin9_to_gbk(_latin_to_utf8(text))


def _is_latin9(text: str) -> bool:
    """Tell Latin-9 from Latin-1 and Windows-1252: eight signs are replaced by letters and the euro, and never stand."""
    return bool(_ONLY_LATIN9.search(text)) and not _NEVER_LATIN9.search(text)


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
    plain = fold(mended)
    share = ordinary_share(plain)
    if share < ORDINARY and (1 - share) * len(_BEYOND.findall(plain)) > 1.01:  # one rare sign (△) may stand in a line
        return None
    if share - ordinary_share(stretch) >= GAIN:
        return mended
    return mended if likelihood(mended) - likelihood(stretch) >= NATS * len(mended) else None


def _whole(text: str, run: re.Match[str], way: Callable[[str], str]) -> tuple[int, str] | None:
    """The right reading of a run: (its end, the reading). A converted character may have an ASCII letter for its last byte."""
    for end in (run.end(), run.end() + 1):
        if end > run.end() and not _LAST_BYTE.match(text, run.end()):
            continue
        mended = _mended(text[run.start() : end], way)
        if mended is not None:
            return end, mended
    return None


def _ways(text: str) -> Iterator[tuple[re.Pattern[str], Callable[[str], str], str]]:
    """The ways for a text: which of the Latin sets it was read in, the whole of it tells."""
    latin9 = _is_latin9(text)
    once = "".join(_latin_runs_once(text))
    latin9_twice = _is_latin9(once)
    for trigger, way, rule in _WAYS:
        if latin9 and way is _latin_to_gbk:
            yield trigger, _latin9_to_gbk, "mojibake-gbk-as-latin9"
        else:
            yield trigger, way, rule
    yield _LATIN, (_latin9_twice if latin9_twice else _latin_twice), "mojibake-latin-twice"


def _latin_runs_once(text: str) -> Iterator[str]:
    """The runs that are UTF-8 read as Latin, read right once."""
    for run in _LATIN.finditer(text):
        try:
            yield _latin_to_utf8(run[0])
        except UnicodeError:
            continue


def mojibake_changes(text: str, *, context: str | None = None) -> Iterator[Change]:
    """Yield lines, or runs within a line, put back into the characters that their bytes spell.

    `context` is the page that `text` stands in: it tells between sets that differ in a few characters.
    """
    if not _SUSPECT.search(text):
        return
    best: list[Change] = []
    reach = 0
    for trigger, way, rule in _ways(context or text):
        if not trigger.search(text):
            continue
        changes = list(_changes(text, trigger, way, rule))
        mended = sum(change.end - change.start for change in changes)
        if mended > reach:
            best, reach = changes, mended
    yield from best


def _changes(text: str, trigger: re.Pattern[str], way: Callable[[str], str], rule: str) -> Iterator[Change]:
    """What one way mends; the way that mends most of a text is the one that it was damaged in."""
    for line in _RUN.finditer(text):
        if not trigger.search(line[0]):
            continue
        whole = _whole(text, line, way)
        if whole is not None:
            yield Change(line.start(), whole[0], whole[1], rule, VERSION, 0.98)
            continue
        for piece in (_LATIN9_PIECE if way is _latin9_to_gbk else _PIECE).finditer(line[0]):
            mended = _mended(piece[0], way)
            if mended is not None:
                start = line.start() + piece.start()
                yield Change(start, start + len(piece[0]), mended, rule, VERSION, 0.95)
