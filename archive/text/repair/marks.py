"""Marks doubled or set off by blanks (text-damage 24 and 29), and remains of HTML (26, 38, 45)."""

import re
from collections.abc import Iterator

from archive.text.layers import Change

VERSION = 1
#: A page jams its marks throughout: this many at least, else they are only suggestions.
FEWEST = 3
#: Share of the marks of a page that have a blank before them when a jammer put it there.
JAMMED_SHARE = 0.4
_DOUBLED = re.compile(
    r"(?<=[^\x00-\x7f,，])[,，]+(?=[,，。、！？；：!?;:](?![,，]))|(?<=[\u3400-\u9fff])([。、；：])(?=\1(?!\1))(?<!\1\1)"
)
_TWO_MARKS = re.compile(r"[,，][,，。、！？；：!?;:]|。。|、、|；；|：：")
_BLANK_BEFORE = re.compile(
    r"(?<=[\u3400-\u9fff”》）)0-9])[ ]+[,，。、；;！!？?：:](?:[ ]+(?=[\u3400-\u9fff“《(（0-9]))?"
)
_MARK = re.compile("[,，。、；;！!？?：:]")
_TAGS = (
    "p|br|div|span|strong|b|em|font|section|center|h[1-6]|li|ul|ol|td|tr|th|table|tbody|img|a|o:p|script|style|article"
)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,300}})?/?>", re.IGNORECASE)
_BREAKS = re.compile(r"</?(?:p|br|div|section|h[1-6]|li|tr|table)\b", re.IGNORECASE)
_HALF_TAG = re.compile(r"(?<![<\w])\??/(?:p|div|span|strong|section)>")
_ENTITY = re.compile(r"&(nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|middot|hellip|mdash|amp|lt|gt|quot|#160|#12288);")
_ENTITIES = {
    "nbsp": " ", "ensp": " ", "emsp": " ", "#160": " ", "#12288": " ", "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’",
    "middot": "·", "hellip": "…", "mdash": "—", "amp": "&", "lt": "<", "gt": ">", "quot": '"',
}  # fmt: skip


def doubled_changes(text: str) -> Iterator[Change]:
    """Yield the removal of the first of two marks (,, or ，。) where a page has them throughout."""
    if not _TWO_MARKS.search(text):
        return
    found = list(_DOUBLED.finditer(text))
    many = len(found) >= FEWEST
    for doubled in found:
        yield Change(
            *doubled.span(), "", "doubled-mark", VERSION, 0.97 if many else 0.6, "applied" if many else "suggested"
        )


def blank_changes(text: str) -> Iterator[Change]:
    """Yield the removal of blanks around marks where a page has them throughout."""
    if " " not in text:
        return
    found = list(_BLANK_BEFORE.finditer(text))
    if len(found) < FEWEST or len(found) < JAMMED_SHARE * len(_MARK.findall(text)):
        return
    for jammed in found:
        yield Change(*jammed.span(), jammed[0].strip(), "blank-before-mark", VERSION, 0.97)


def html_changes(text: str) -> Iterator[Change]:
    """Yield tags and character references of HTML left in plain text."""
    if "<" in text:
        for tag in _TAG.finditer(text):
            inside = text[tag.start() - 1 : tag.start()] not in ("", "\n") and text[tag.end() : tag.end() + 1] not in (
                "",
                "\n",
            )
            yield Change(*tag.span(), "\n" if inside and _BREAKS.match(tag[0]) else "", "html-tag", VERSION, 0.98)
    if ">" in text:
        for tag in _HALF_TAG.finditer(text):
            yield Change(*tag.span(), "", "html-tag", VERSION, 0.95)
    if "&" in text:
        for entity in _ENTITY.finditer(text):
            yield Change(*entity.span(), _ENTITIES[entity[1]], "html-entity", VERSION, 0.99)
