"""Cardinal numbers as news prints them: 3,215 · 12.6万 · 3000多万 · 二十五 · 两万 · 五百余."""

from __future__ import annotations

import re

_MULTIPLIERS = {"万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 1000, "百": 100}  # fmt: skip
_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}

ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
"""A number in digits, with thousands marks or without."""
_TIMES = "万亿|千亿|百亿|亿|千万|百万|万|千(?!克|米|瓦)|百"
NUMBER = rf"(?:{ARABIC} ?[余多几]?(?:{_TIMES})?|[零一二三四五六七八九两十百千万亿]+)[余多几]?"
"""A number as printed, with the signs that make it approximate."""
_PARTS = re.compile(rf"(?P<figure>{ARABIC}) ?[余多几]?(?P<times>{_TIMES})?")


def figure(printed: str) -> tuple[float, float] | None:
    """(coefficient, multiplier) of a printed number, 余, 多 and 几 left out; None where the characters make none."""
    parts = _PARTS.match(printed)
    if parts is not None:
        return float(parts["figure"].replace(",", "")), float(_MULTIPLIERS.get(parts["times"] or "", 1))
    value = in_characters(printed.rstrip("余多几"))
    return None if value is None else (float(value), 1.0)


def in_characters(printed: str) -> int | None:
    """二十五, 三百零六, 两万五千, 十; None for what is no well-formed number, or begins without a digit (百, 千年)."""
    if not printed or printed[0] in "零百千万亿":
        return None
    total, section, digit = 0, 0, None
    last = 10**12
    for char in printed:
        if char in _DIGITS:
            if digit:
                return None  # 三五天, 二〇二〇
            digit = _DIGITS[char]
        elif char in _POWERS:
            if _POWERS[char] >= last:
                return None
            last = _POWERS[char]
            section += (1 if digit is None else digit) * last
            digit = None
        else:
            section = (section + (digit or 0)) * (10**4 if char == "万" else 10**8)
            total, section, digit, last = total + section, 0, None, 10**12
    return total + section + (digit or 0)
