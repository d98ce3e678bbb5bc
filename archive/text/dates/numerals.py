"""Numbers as dates are printed with them: 2020, 二〇二〇, 贰0贰0, 十二, 廿三, 3十1. All input is folded."""

_DIGITS = {
    **{str(n): n for n in range(10)},
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "〇": 0, "○": 0, "o": 0, "两": 2, "参": 3,
}  # fmt: skip
_TENS = {"十": 1, "拾": 1, "廿": 2, "卅": 3}

DIGITS = "".join(_DIGITS)
"""Characters that stand for one digit (for a character class)."""
NUMERALS = DIGITS.replace("o", "") + "".join(_TENS)
"""Characters of a day or a month number."""


def number(printed: str) -> int | None:
    """Read a number below ten thousand; None when the characters make none (十十, 三四十)."""
    tens = [i for i, char in enumerate(printed) if char in _TENS]
    if not printed or len(tens) > 1:
        return None
    if not tens:
        value = 0
        for char in printed:
            if char not in _DIGITS:
                return None
            value = value * 10 + _DIGITS[char]
        return value
    before, sign, after = printed[: tens[0]], printed[tens[0]], printed[tens[0] + 1 :]
    if len(before) > 1 or len(after) > 1 or any(c not in _DIGITS for c in before + after):
        return None
    if before and sign not in "十拾":
        return None
    head = _DIGITS[before] if before else _TENS[sign]
    return head * 10 + (_DIGITS[after] if after else 0)


def year(printed: str, *, roc: bool = False) -> int | None:
    """Read a year: four digits, two digits (20–29 and 00–19 are 2000–2029), or a year of the Republic (110 = 2021)."""
    value = number(printed)
    if value is None:
        return None
    if roc or (len(printed) == 3 and 100 <= value <= 120):
        return value + 1911 if 1 <= value <= 120 else None
    if len(printed) == 2:
        return 2000 + value if value < 30 else None
    return value if len(printed) == 4 and 1900 <= value < 2100 else None
