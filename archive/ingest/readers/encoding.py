"""The encoding of a file that is read as a stream: decided by its first part, then strict.

(A page is decoded whole by `archive.text.decoding`; a table of a gigabyte cannot be.)
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from .bounds import HEAD

_CHINESE = re.compile("[\u2010-\u2030\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")

#: Characters that make up a tenth of any Chinese text. Wrongly decoded bytes hardly ever give them.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装这個為們來時國發會學後現實動開關體進長問題見無電應還過說種產業從導條線點縣區鄉鎮疫情防控"
)


def encoding_of(stream: BinaryIO) -> str:
    """A codec name for the stream: by its mark (which stays in the text), else strict UTF-8, else GB18030 or Big5 by common characters."""
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(0)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    unmarked = utf16_without_mark(head)
    if unmarked:
        return unmarked
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
    except UnicodeDecodeError:
        if _mostly_utf8(head):
            return "utf-8"
        return max(("gb18030", "big5"), key=lambda name: _common_share(head, name))
    return "utf-8"


def utf16_without_mark(head: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" when the bytes read so are Chinese text with ASCII in it, else ""."""
    if b"\0" not in head:
        return ""
    for codec in ("utf-16-le", "utf-16-be"):
        text = codecs.getincrementaldecoder(codec)("replace").decode(head)
        known = sum(char in "\r\n\t" or " " <= char <= "~" or bool(_CHINESE.match(char)) for char in text)
        wide = [char for char in text if char >= "\u4e00"]
        if known > 0.95 * len(text) and sum(char in _COMMON for char in wide) >= 0.1 * len(wide):
            return codec
    return ""


def _mostly_utf8(head: bytes) -> bool:
    """Whether most lines are UTF-8 and a few are not: the file is mixed, and the few are the fault."""
    sound = broken = 0
    for line in head.split(b"\n")[:-1]:
        if not line.isascii():
            try:
                line.decode("utf-8")
                sound += 1
            except UnicodeDecodeError:
                broken += 1
    return sound >= broken and sound > 0


def _common_share(head: bytes, codec: str) -> float:
    text = codecs.getincrementaldecoder(codec)("replace").decode(head)
    wide = [char for char in text if ord(char) > 0x7F]
    if not wide:
        return 0.0
    return sum(char in _COMMON for char in wide) / len(wide) - 2 * text.count("\ufffd") / len(wide)
