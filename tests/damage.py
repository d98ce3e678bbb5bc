"""Damage done to clean text on purpose, in the classes met on real pages, with the exact truth beside it.

Each function takes clean text and a random generator and returns what a reader would have received, what is
right, and where the two differ. Kinds of page that each was seen on stand in its docstring; the rules of
`archive.text.repair` never read this file.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Set
from dataclasses import dataclass, field

from opencc import OpenCC
from pypinyin import Style, pinyin

Script = str
_FOLDED = str.maketrans("，？！：；（）", ",?!:;()")
_CONVERT = OpenCC("s2t").convert
_SIMPLIFY = OpenCC("t2s").convert
_MARKS_AFTER_LOST_LEAD = frozenset((0xA1, 0xAC, 0xBF, 0xBA, 0xBB, 0xA8, 0xA9))


@dataclass
class Damaged:
    """`pieces` are (as received, as it was); those that differ are the sites."""

    kind: str
    pieces: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)

    @property
    def truth(self) -> str:
        return "".join(piece for _, piece in self.pieces)

    def sites(self) -> list[tuple[int, int]]:
        """Places of the damage in `text`."""
        found, place = [], 0
        for received, was in self.pieces:
            if received != was:
                found.append((place, place + len(received)))
            place += len(received)
        return found

    def truth_at(self, start: int, end: int) -> str | None:
        """What should stand at [start, end) of `text`; None when that cuts a site in two."""
        out, place = [], 0
        for received, was in self.pieces:
            a, b = max(start - place, 0), min(end - place, len(received))
            if received == was:
                out.append(received[a:b] if a < b else "")
            elif b > 0 and a < len(received) and a < b:
                if a > 0 or b < len(received):
                    return None
                out.append(was)
            place += len(received)
        return "".join(out)


def traditional(text: str) -> str:
    """Machine conversion of simplified text, as mirror sites do it."""
    return _CONVERT(text)


def _gbk(char: str) -> bytes:
    try:
        data = char.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return data if len(data) <= 2 else b""


def _misread(data: bytes, aligned: Set[int], place: int) -> tuple[str, int]:
    """Decode from `place`, out of step, until a boundary of `aligned`: (characters, where in step again)."""
    out = ""
    while place < len(data) and place not in aligned:
        lead = data[place]
        if lead < 0x80:
            out += chr(lead)
            place += 1
        elif lead == 0x80:
            out += "€"
            place += 1
        elif place + 1 >= len(data) or data[place + 1] < 0x40 or data[place + 1] == 0x7F:
            out += "?"
            place += 2
        else:
            try:
                out += data[place : place + 2].decode("gb18030")
                place += 2
            except UnicodeDecodeError:
                out += "?"
                place += 1
    return out, min(place, len(data))


class _Stream:
    """A text as GBK bytes, with the places of its characters."""

    def __init__(self, text: str) -> None:
        self.text = "".join(char for char in text if _gbk(char))
        self.starts: list[int] = []
        data = b""
        for char in self.text:
            self.starts.append(len(data))
            data += _gbk(char)
        self.data = data
        self.index = {start: i for i, start in enumerate(self.starts)} | {len(data): len(self.text)}

    def misread_from(self, place: int) -> tuple[str, int]:
        """Characters read from a byte place out of step, and the index of the character in step again."""
        end = place
        out = ""
        while end not in self.index:
            piece, end = _misread(self.data, self.index.keys(), end)
            out += piece
        return out, self.index[end]


def _gbk_shift_line(text: str, rng: random.Random, share: float) -> Damaged:
    stream = _Stream(text)
    done = Damaged("gbk-shift")
    i = kept = 0
    while i + 1 < len(stream.text):
        here, following = _gbk(stream.text[i]), _gbk(stream.text[i + 1])
        hit = (
            len(here) == 2
            and here[1] == 0xA3
            and here[0] != 0xA3
            and len(following) == 2
            and following[0] in _MARKS_AFTER_LOST_LEAD
        )
        if hit and rng.random() < share:
            done.pieces.append((stream.text[kept:i].translate(_FOLDED),) * 2)
            misread, end = stream.misread_from(stream.starts[i] + 1)
            done.pieces.append((("?" + misread).translate(_FOLDED), stream.text[i:end].translate(_FOLDED)))
            i = kept = end
        else:
            i += 1
    done.pieces.append((stream.text[kept:].translate(_FOLDED),) * 2)
    return done


def _reading(char: str) -> str:
    return pinyin(char, style=Style.TONE)[0][0]


def _seam_notes_line(text: str, rng: random.Random, share: float) -> Damaged:
    stream = _Stream(text)
    done = Damaged("gbk-seam-note")
    i = kept = 0
    while i + 1 < len(stream.text):
        here, following = _gbk(stream.text[i]), _gbk(stream.text[i + 1])
        seen = ""
        if len(here) == 2 and len(following) == 2:
            seen = bytes((here[1], following[0])).decode("gb18030", "ignore") if here[1] > 0x80 else ""
        if len(seen) == 1 and "\u4e00" <= seen <= "\u9fff" and _SIMPLIFY(seen) != seen and rng.random() < share:
            done.pieces.append((stream.text[kept : i + 1].translate(_FOLDED),) * 2)
            misread, end = stream.misread_from(stream.starts[i + 1] + 1)
            done.pieces.append(
                ((f"?{_reading(seen)})" + misread).translate(_FOLDED), stream.text[i + 1 : end].translate(_FOLDED))
            )
            i = kept = end
        else:
            i += 1
    done.pieces.append((stream.text[kept:].translate(_FOLDED),) * 2)
    return done


def _by_line(
    kind: str, line_damage: Callable[[str, random.Random, float], Damaged], text: str, rng: random.Random, share: float
) -> Damaged:
    """A paragraph ends in a tag on the page: a shift never runs on into the next."""
    done = Damaged(kind)
    for line in re.split(r"(\n)", text):
        done.pieces += line_damage(line, rng, share).pieces if line.strip() else [(line, line)]
    return done


def gbk_shift(text: str, rng: random.Random, share: float = 1.0) -> Damaged:
    """A character ending in byte A3 before one that makes a full-width mark of it: 。” becomes ?! (converted mirror pages)."""
    return _by_line("gbk-shift", _gbk_shift_line, text, rng, share)


def seam_notes(text: str, rng: random.Random, share: float = 1.0) -> Damaged:
    """Notes set between two characters whose touching bytes spell a third (converted pages with pinyin notes)."""
    return _by_line("gbk-seam-note", _seam_notes_line, text, rng, share)


def _toneless(reading: str) -> str:
    return unicodedata.normalize(
        "NFC", "".join(c for c in unicodedata.normalize("NFD", reading) if c not in "\u0304\u0301\u030c\u0300")
    )


def _noted(text: str, rng: random.Random, kind: str, form: Callable[[str], str], share: float) -> Damaged:
    done = Damaged(kind)
    for char in text:
        done.pieces.append((char, char))
        if "\u4e00" <= char <= "\u9fff" and rng.random() < share:
            done.pieces.append((form(char), ""))
    return done


def pinyin_notes(text: str, rng: random.Random, share: float = 0.12) -> Damaged:
    """關(guān)注: notes behind characters (converted mirror pages)."""
    return _noted(text, rng, "pinyin-note", lambda char: f"({_reading(char)})", share)


def toneless_notes(text: str, rng: random.Random, share: float = 0.12) -> Damaged:
    """關(guan) 區: notes without tone and with a blank (mirror pages)."""
    return _noted(text, rng, "pinyin-toneless", lambda char: f"({_toneless(_reading(char))})", share)


def labelled_notes(text: str, rng: random.Random, share: float = 0.05) -> Damaged:
    """天【拼音:tiān】, 有{读:yǒu}: notes with a label (pages that jam copying)."""
    forms = ("【拼音:%s】", "{读:%s}", "(拼音:%s)")
    return _noted(text, rng, "pinyin-labelled", lambda char: rng.choice(forms) % _reading(char), share)


def doubled_marks(text: str, rng: random.Random, share: float = 1.0) -> Damaged:
    """,, and ,。 throughout (pages that jam copying)."""
    done = Damaged("doubled-mark")
    text = text.translate(_FOLDED)
    for place, char in enumerate(text):
        beside = "\u4e00" <= text[place - 1 : place] <= "\u9fff"
        if (
            char in ",。、"
            and beside
            and text[place + 1 : place + 2] not in tuple(",。、！?!")
            and rng.random() < share
        ):
            done.pieces.append((",", ""))
        done.pieces.append((char, char))
    return done


def blanks_before_marks(text: str, rng: random.Random) -> Damaged:
    """A blank before and behind each mark (aggregators)."""
    done = Damaged("blank-before-mark")
    for place, char in enumerate(text):
        if char in "，。、；：" and "\u4e00" <= text[place - 1 : place] <= "\u9fff":
            done.pieces.append((f" {char}", char))
        else:
            done.pieces.append((char, char))
    return done


def spaced_characters(text: str, rng: random.Random) -> Damaged:
    """A blank between all characters of each line (notices set wide, text taken out of PDFs)."""
    done = Damaged("spaced-characters")
    text = re.sub(" ", "", text)
    for char, behind in zip(text, text[1:] + "\n", strict=True):
        done.pieces.append((char, char))
        if "\n" not in (char, behind):
            done.pieces.append((" ", ""))
    return done


def invisible(text: str, rng: random.Random, share: float = 0.03) -> Damaged:
    """Zero-width characters strewn in (pages that mark their copies)."""
    done = Damaged("invisible")
    for char in text:
        done.pieces.append((char, char))
        if rng.random() < share:
            done.pieces.append((rng.choice("\u200b\u200c\ufeff\u00ad\u2060"), ""))
    return done


def _whole(kind: str, text: str, damage: Callable[[str], str]) -> Damaged:
    done = Damaged(kind)
    for line in re.split(r"(\n)", text):
        if line:
            try:
                done.pieces.append((damage(line), line))
            except UnicodeError:
                done.pieces.append((line, line))
    return done


def utf8_as_gbk(text: str, rng: random.Random) -> Damaged:
    """銆: UTF-8 read as GBK; only lines of which every byte survives."""
    return _whole("mojibake-utf8-as-gbk", text, lambda line: line.encode().decode("gb18030"))


def gbk_as_latin1(text: str, rng: random.Random) -> Damaged:
    """ÖÐ¹ú: GBK read as Latin-1."""
    return _whole("mojibake-gbk-as-latin1", text, lambda line: line.encode("gbk").decode("latin-1"))


def utf8_as_latin1(text: str, rng: random.Random) -> Damaged:
    """ä¸­å: UTF-8 read as Latin-1."""
    return _whole("mojibake-utf8-as-latin1", text, lambda line: line.encode().decode("latin-1"))


def twice(text: str, rng: random.Random) -> Damaged:
    """脛锚: GBK read as Latin-1, written as UTF-8, read as GBK."""
    return _whole("mojibake-twice", text, lambda line: line.encode("gbk").decode("latin-1").encode().decode("gb18030"))


def html_remains(text: str, rng: random.Random) -> Damaged:
    """Tags and character references in the text (scraped copies)."""
    done = Damaged("html")
    for line in text.split("\n"):
        done.pieces += [
            ("<p>", ""),
            (line.replace("\u3000", ""), line.replace("\u3000", "")),
            ("</p>", ""),
            ("\n", "\n"),
        ]
    return done


def lost_bytes(text: str, rng: random.Random, share: float = 0.01) -> Damaged:
    """Characters become U+FFFD; nothing can be mended, all must be flagged."""
    done = Damaged("lost-bytes")
    for char in text:
        gone = "\u4e00" <= char <= "\u9fff" and rng.random() < share
        done.pieces.append(("\ufffd" if gone else char, char))
    return done


def lost_digits(text: str, rng: random.Random) -> Damaged:
    """Digits stripped from dates and counts (mirror pages): 年3月4日, 累计例."""
    done = Damaged("lost-digits")
    place = 0
    for found in re.finditer(
        r"(?<=[，。、；：\n])(20[0-9]{2}|[0-9]{1,2})(?=年[0-9]{1,2}月|月[0-9]{1,2}日)|(?<=累计)[0-9]+(?=例)|(?<=新增)[0-9]+(?=例)|(?<=月)[0-9]{1,2}(?=日[，。])",
        text,
    ):
        done.pieces += [(text[place : found.start()],) * 2, ("", found[0])]
        place = found.end()
    done.pieces.append((text[place:],) * 2)
    return done


REVERSIBLE: dict[str, Callable[[str, random.Random], Damaged]] = {
    "pinyin-note": pinyin_notes,
    "pinyin-toneless": toneless_notes,
    "pinyin-labelled": labelled_notes,
    "doubled-mark": doubled_marks,
    "blank-before-mark": blanks_before_marks,
    "invisible": invisible,
    "spaced-characters": spaced_characters,
    "mojibake-utf8-as-gbk": utf8_as_gbk,
    "mojibake-gbk-as-latin1": gbk_as_latin1,
    "mojibake-utf8-as-latin1": utf8_as_latin1,
    "mojibake-twice": twice,
    "html": html_remains,
}
SHIFTED: dict[str, Callable[[str, random.Random], Damaged]] = {"gbk-shift": gbk_shift, "gbk-seam-note": seam_notes}
LOST: dict[str, Callable[[str, random.Random], Damaged]] = {"lost-bytes": lost_bytes, "lost-digits": lost_digits}
