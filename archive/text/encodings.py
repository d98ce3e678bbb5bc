"""How likely a reading of bytes is: the share of ordinary Chinese characters in it; and whether there are two readings."""

import functools
import re

_PUNCTUATION = frozenset(
    "　、。·ˉˇ¨〃々—～‖…‘’“”〔〕〈〉《》「」『』〖〗【】±×÷℃％！（），－．／：；＜＝＞？［］｛｝　①②③④⑤⑥⑦⑧⑨⑩\u00a0\ufeff"
)


@functools.cache
def common_simplified() -> frozenset[str]:
    """The 3,755 characters of level 1 of GB 2312: those that ordinary simplified text is made of."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset(char for row in rows for char in row.decode("gb2312", "ignore"))


@functools.cache
def common_traditional() -> frozenset[str]:
    """The 5,401 characters of level 1 of Big5."""
    rows = (
        bytes((high, low))
        for high in range(0xA4, 0xC7)
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        if (high, low) < (0xC6, 0x7F)
    )
    return frozenset(char for row in rows for char in row.decode("big5", "ignore"))


def ordinary_share(text: str) -> float:
    """Return the share (0 to 1) of the characters beyond ASCII that ordinary Chinese text is made of; 1 without any.

    Simplified level 1 counts whole, the rest of traditional level 1 nearly so: what GB bytes read as Big5
    give, and the reverse, is spread over thousands of rare characters.
    """
    beyond = re.sub(r"[\x00-\x7f]+", "", text)
    if not beyond:
        return 1.0
    simplified, traditional = common_simplified(), common_traditional()
    score = 0.0
    for char in beyond:
        if char in simplified or char in _PUNCTUATION or 0xFF01 <= ord(char) <= 0xFF5E:
            score += 1.0
        elif char in traditional:
            score += 0.9
    return score / len(beyond)


#: What a line must hold to say for certain in which encoding it is: Han characters, and the share of ordinary ones.
_LEAST_HAN = 4
_CERTAIN = 0.95
_HAN = re.compile("[\u4e00-\u9fff]")
#: Line ends and the edges of tags: no part of a longer character in UTF-8, GB 18030 or Big5.
_PARTS = re.compile(rb"[\n<>]")


def mixed_from(data: bytes) -> int | None:
    """The line (from 1) at which a text changes between UTF-8 and GB 18030 or Big5; None when it does not.

    Only parts that are certain count: ordinary Chinese in the one encoding and broken in the other. A text of
    one encoding with some bytes lost has none of the second kind.
    """
    wide = _first(data, ("utf-8",), ())
    old = _first(data, ("gb18030", "big5hkscs"), ("utf-8",)) if wide is not None else None
    if wide is None or old is None:
        return None
    return data.count(b"\n", 0, max(wide, old)) + 1


def _first(data: bytes, encodings: tuple[str, ...], unlike: tuple[str, ...]) -> int | None:
    """Where the first part stands that is certainly in one of the encodings, and cannot be read in those of `unlike`."""
    place = 0
    for part in _PARTS.split(data):
        if not part.isascii() and not any(_read(part, one) is not None for one in unlike):
            for encoding in encodings:
                text = _read(part, encoding)
                if text and len(_HAN.findall(text)) >= _LEAST_HAN and ordinary_share(text) >= _CERTAIN:
                    return place
        place += len(part) + 1
    return None


def _read(part: bytes, encoding: str) -> str | None:
    try:
        return part.decode(encoding)
    except UnicodeDecodeError:
        return None
