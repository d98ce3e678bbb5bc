"""The order of Chinese texts for readers: by pinyin, as in a Chinese dictionary."""

from __future__ import annotations

import functools
import unicodedata

from .fold import fold_map
from .sounds import readings_by_code

#: Han characters are sent here, in their order; all others stay before them.
_HAN_ORDER = 0x40000
#: The marks of the four tones, as they sort after the letters (ü stands after u).
_TONES = str.maketrans("\u0304\u0301\u030c\u0300\u0308", "1234v")


@functools.cache
def _ranks() -> dict[int, str]:
    first = {code: sounds.partition(",")[0] for code, sounds in readings_by_code().items()}
    keys = {sound: _key(sound) for sound in set(first.values())}
    ordered = sorted(first, key=lambda code: (keys[first[code]], code))
    return {code: chr(_HAN_ORDER + rank) for rank, code in enumerate(ordered)}


def _key(sound: str) -> tuple[str, str]:
    """Letters first, then the tone: hǎo stands between hao1 and hao4, and all of hao before haoa."""
    spelt = unicodedata.normalize("NFD", sound).translate(_TONES)
    return "".join(char for char in spelt if not char.isdigit()), "".join(char for char in spelt if char.isdigit())


def pinyin_order(text: str) -> str:
    """A key: keys in the order of their code points put texts in the order of pinyin.

    Each Han character counts by its commonest reading with its tone, then by code point; marks,
    digits and letters stand before them. Same length as `text`; different characters differ.
    """
    return text.translate(_ranks())


@functools.cache
def _ranks_of_folded() -> dict[int, int | str]:
    ranks = _ranks()
    return {**ranks, **{source: ranks.get(target, target) for source, target in fold_map().items()}}


def folded_pinyin_order(text: str) -> str:
    """The key of the folded text, in one pass."""
    return text.translate(_ranks_of_folded())
