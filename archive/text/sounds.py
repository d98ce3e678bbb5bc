"""The readings of Chinese characters and of the phrases that settle them, from pypinyin's tables.

To import the package costs 57 MB, most of it a table of phrases as lists of lists; an import, a worker and each web
process would hold it. So its files are read by themselves, the phrases into a trie of some 2 MB.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import groupby
from pathlib import Path

import marisa_trie

#: One phrase of the file: its characters, and for each a list of readings, the commonest first.
_PHRASE = re.compile(r'"([^"\\]+)"\s*:\s*\[((?:\s*\[[^\[\]]*\]\s*,?)+)\s*\]')
_FIRST_READING = re.compile(r'\[\s*"([^"\\]*)"')
#: Marks of the four tones, as characters of their own.
_TONES = re.compile("[\u0300\u0301\u0304\u030c]")
#: What pypinyin takes for Chinese, one character at a time.
_CHINESE = re.compile(
    "[〇\ue815-\ue864㐀-䶿一-鿿豈-\ufaff\U00020000-\U0002a6df\U0002a703-\U0002ebef\U0002f80a-\U0002fa1f"
    "\U00030000-\U0003134a\U00031350-\U00032389]"
)


def _file(name: str) -> Path:
    package = find_spec("pypinyin")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name(name)


@functools.cache
def readings_by_code() -> dict[int, str]:
    """Code point → its readings with tone marks, the commonest first, parted by commas (some 9 MB, read at first use)."""
    table = spec_from_file_location("pypinyin_single", _file("pinyin_dict.py"))
    assert table is not None
    assert table.loader is not None
    module = module_from_spec(table)
    table.loader.exec_module(module)
    found: dict[int, str] = module.pinyin_dict
    return found


@functools.cache
def phrases() -> marisa_trie.BytesTrie:
    """Phrase → its syllables without tones, parted by blanks (some tenths of a second to make)."""
    text = _file("phrases_dict.json").read_text(encoding="utf-8")
    found = ((match[1], _plain(" ".join(_FIRST_READING.findall(match[2])))) for match in _PHRASE.finditer(text))
    return marisa_trie.BytesTrie((phrase, sounds.encode()) for phrase, sounds in found)


def _plain(sounds: str) -> str:
    """Readings without their tones, ü as v."""
    bare = _TONES.sub("", unicodedata.normalize("NFD", sounds))
    return unicodedata.normalize("NFC", bare).replace("ü", "v")


def syllables(text: str) -> list[str]:
    """The pinyin of `text` without tones; what is not Chinese stands as it is, a run of it as one.

    As `pypinyin.lazy_pinyin` gives it: the longest phrase that begins at a place tells its readings (重庆 chong qing,
    重要 zhong yao), and a character that stands in none has its commonest.
    """
    found: list[str] = []
    for chinese, run in groupby(text, key=lambda char: bool(_CHINESE.match(char))):
        part = "".join(run)
        found += _of_chinese(part) if chinese else [part]
    return found


def _of_chinese(run: str) -> list[str]:
    found: list[str] = []
    place = 0
    while place < len(run):
        known = phrases().prefixes(run[place:])
        if known:
            longest = max(known, key=len)
            found += phrases()[longest][0].decode().split(" ")
            place += len(longest)
        else:
            reading = readings_by_code().get(ord(run[place]), "").partition(",")[0]
            found.append(_plain(reading) if reading else run[place])
            place += 1
    return found
