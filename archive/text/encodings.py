"""How likely a reading of bytes is: the share of ordinary Chinese characters in it."""

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
