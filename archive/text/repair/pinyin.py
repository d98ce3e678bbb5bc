"""Pinyin and other notes that a mirror has put behind characters (text-damage 3 and 36).

關(guān)注, 區(qu) 里, 天【拼音:tiān】, 诊(繁:診), 有{读:yǒu}. A page has many of them or none: fewer than three
are an editor's (郫(pí)都區) and stay.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

from archive.text.fold import fold
from archive.text.layers import Change
from archive.text.repair.gbk import TONED, readings
from archive.text.script import to_simplified

VERSION = 1
FEWEST = 3
#: With this many notes, and this share of them right, those whose reading our table lacks go too.
MANY = 10
TRUSTED = 0.9
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_NOTE = re.compile(rf"(?<=[{_HAN}])([ ]?[(（\[【{{]([a-zü{TONED}ɑɡ]{{1,6}})[)）\]】}}])")
_LABELLED = re.compile(
    rf"(?<=[{_HAN}])([(（\[【{{](拼音|注音|读音|讀音|读|讀|音|繁|简|簡|繁体|繁體)[:：]([^()（）\[\]【】{{}}\n]{{1,7}})[)）\]】}}])"
)
_TONE = re.compile(f"[{TONED}]")


@functools.cache
def toneless(reading: str) -> str:
    """Return a reading without its tone mark : guān → guan, lǜ → lü."""
    decomposed = unicodedata.normalize("NFD", reading)
    kept = "".join(char for char in decomposed if char not in "\u0304\u0301\u030c\u0300")
    return unicodedata.normalize("NFC", kept)


def _belongs(char: str, note: str) -> bool:
    plain = note.replace("ɑ", "a").replace("ɡ", "g")
    both = readings(char) | readings(to_simplified(char))
    if _TONE.search(plain):
        return plain in both
    return any(toneless(reading) == plain for reading in both)


def _labelled_belongs(char: str, label: str, content: str) -> bool:
    if label[0] in "繁简簡":
        return len(content) == 1 and fold(content) == fold(char)
    return _belongs(char, content.strip().lower())


def pinyin_changes(text: str) -> Iterator[Change]:
    """Yield the removal of every note of a page that has at least three; those that may be something else as suggestions."""
    if not re.search(rf"[(（\[【{{](?:[a-zü{TONED}]{{1,6}}[)）\]】}}]|[拼注读讀音繁简簡])", text):
        return
    sure: list[tuple[int, int]] = []
    unsure: list[tuple[int, int]] = []
    for found in _NOTE.finditer(text):
        right = _belongs(text[found.start() - 1], found[2])
        if right:
            sure.append(found.span(1))
        elif _TONE.search(found[2]):
            unsure.append(found.span(1))
    sure += [
        found.span(1)
        for found in _LABELLED.finditer(text)
        if _labelled_belongs(text[found.start() - 1], found[2], found[3])
    ]
    if len(sure) < FEWEST:
        return
    blank = sum(text[end : end + 1] == " " and bool(re.match(f"[{_HAN}]", text[end + 1 : end + 2])) for _, end in sure)
    widen = blank > 0.5 * len(sure)
    for start, end in sure:
        if widen and text[end : end + 1] == " ":
            end += 1
        yield Change(start, end, "", "pinyin-note", VERSION, 0.99)
    trusted = len(sure) >= MANY and len(sure) >= TRUSTED * (len(sure) + len(unsure))
    for start, end in unsure:
        yield Change(
            start, end, "", "pinyin-note", VERSION, 0.95 if trusted else 0.6, "applied" if trusted else "suggested"
        )
