"""Simplified and traditional: which script a text is in, and its simplified reading.

Most traditional pages of this archive are simplified text that a mirror site has converted by
machine. OpenCC's `tw2s` undoes that with the length kept (`t2s` would leave 著 and other
variants); a text that is already simplified is never converted, for 38 official place names
(乾县, 濛阳 …) would change.
"""

import functools
import re
from operator import ne
from typing import Literal

from opencc import OpenCC

from archive.text.spotting import Characters

Script = Literal["Hans", "Hant", "Hant-converted"]

HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U000323af]")
_HAN_RUN = re.compile(f"{HAN.pattern}+")


def han_count(text: str) -> int:
    """How many Han characters `text` has."""
    return sum(map(len, _HAN_RUN.findall(text)))


#: Share of Han characters that conversion changes, above which a text is traditional.
#: Measured: simplified corpus at most .021 over 2,772 texts, converted corpus at least .087.
TRADITIONAL_SHARE = 0.05


@functools.cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def to_simplified(text: str) -> str:
    """Return the `tw2s` reading of `text`, one code point for one.

    Raises ValueError should the converter ever change the length (offsets would break).
    """
    if is_unchanged(text):
        return text
    return _remembered(text) if len(text) < REMEMBERED else _converted(text)


#: Characters that no rule changes by themselves, only in some phrase (沈思, 藉口, 答覆, 土坏, 瞭解, 衹得, 海哩, 甦醒): read off
#: the phrases of OpenCC's release PHRASES_OF, with `tests/text/test_script.py` to say when that is another.
_IN_PHRASES = "沈藉覆坏瞭衹哩甦"
PHRASES_OF = "1.4.2"
_IDEOGRAPHS = (range(0x2E80, 0xA000), range(0x3400, 0x4DC0), range(0xF900, 0xFB00), range(0x20000, 0x323B0))


@functools.cache
def _changing() -> Characters:
    """The characters of which one at least stands in every text that conversion changes."""
    every = [chr(code) for block in _IDEOGRAPHS for code in block]
    converted = _converted("\n".join(every)).split("\n")
    return Characters({*_IN_PHRASES, *(one for one, to in zip(every, converted, strict=True) if one != to)})


def is_unchanged(text: str) -> bool:
    """Whether conversion cannot change `text`, as nearly always in simplified ones: a look at each character, at a fraction of the cost."""
    return not _changing().in_text(text)


#: Variants that `tw2s` leaves: those of converters by code page (陜西) and of Hong Kong print (衞生).
_LEFT = str.maketrans("陜衞吿汚淸靑敍擧囬牠妳粧枱", "陕卫告污清青叙举回它你妆台")
#: Texts below this length are remembered for a while: one reading asks for the same page several times.
REMEMBERED = 20_000


@functools.lru_cache(maxsize=32)
def _remembered(text: str) -> str:
    return _converted(text)


def _converted(text: str) -> str:
    simplified: str = _converter("tw2s").convert(text).translate(_LEFT)
    if len(simplified) != len(text):
        raise ValueError("script conversion changed the length of the text")
    return simplified


def traditional_share(text: str) -> float:
    """Return the share (0 to 1) of Han characters in `text` that `tw2s` would change."""
    if is_unchanged(text):
        return 0.0
    han = "".join(_HAN_RUN.findall(text))
    if not han:
        return 0.0
    simplified = to_simplified(han)
    return sum(map(ne, han, simplified)) / len(han) if simplified != han else 0.0


def is_traditional(text: str) -> bool:
    """Tell whether `text` is in traditional characters, by the measured share."""
    return traditional_share(text) > TRADITIONAL_SHARE
