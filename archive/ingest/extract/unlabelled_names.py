"""Writers that no role and no label names: beside the date, on a line of names, under an office, behind a picture."""

from __future__ import annotations

import re

from archive.ingest.extract.byline_grammar import ROLE, ROLE_WORDS, Byline, read_sequence
from archive.ingest.extract.labels import LABEL
from archive.ingest.extract.person_names import common_surname, is_person, is_word, read_names
from archive.ingest.extract.surroundings import Piece

_PHOTO = re.compile(
    rf"(?:新华社|中新社)?(?:发)?\s*\(?(?:(?:[一-鿿]{{0,10}}?){ROLE}\s*)?((?:[一-鿿]{{2,4}}|[一-鿿] [一-鿿])(?:[ 、][一-鿿]{{2,4}}){{0,3}})\s*/?(?:摄影?|供图)\)?[。.]?\s*$"
)
DATE = re.compile(r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?")
#: The end of an office's name, as pieces of county sites are signed with it.
OFFICE = re.compile(r"[一-鿿]{2}(?:中心|政府|街道|公司|党委|支部|[局办委镇乡村所院部会厅处科站校队])$")
PROSE = re.compile(r"[,,。;!?“”]|看到|了解|获悉|发现|采访|来到|走进|介绍|表示|告诉|从(?=[一-鿿])")


def beside_the_date(found: Byline, piece: Piece) -> None:
    """A name between the outlet and the date: 某新闻网 甲 2020-08-19 12:26, 2020-02-03 11:15:40甲."""
    text = DATE.sub(" \n ", piece.text)
    if text == piece.text or len(text) > 60 or LABEL.search(text):
        return
    for word in re.split(r"[\s|/]+", text):
        if is_person(word, strict=True) and common_surname(word) and len(word) <= 3 and not is_word(word):
            found.add(word, "", piece, piece.text.find(word), "beside-the-date", 0.7)


def bare_names(found: Byline, piece: Piece) -> None:
    """A line above the body that holds names and nothing else, or names glued to the date."""
    text = DATE.sub(" ", piece.text)
    dated = text != piece.text
    text = text.strip(" |/·-—□■◎○●▲△◆◇")
    if piece.kind in ("navigation", "heading", "share") or not 2 <= len(text) <= 16:
        return
    names = read_names(text, strict=True)
    if names is None or not names.sure or not all(map(common_surname, names.names[:2])):
        return
    if dated or (not is_word(text) and len(max(text.split(), key=len)) <= 6):
        for name in names.names:
            found.add(name, "", piece, 0, "bare-names", 0.75)


def signature(found: Byline, piece: Piece) -> None:
    """The office and its writer on the last line of a piece: 某局某中心 甲某某."""
    office, _, rest = piece.text.strip().partition(" ")
    if len(piece.text) > 30 or not rest or not OFFICE.search(office) or PROSE.search(piece.text):
        return
    names = read_names(rest, strict=True)
    if names is not None and names.sure and all(map(common_surname, names.names)):
        for name in names.names:
            found.add(name, "", piece, len(office), "signature", 0.8)


def photographer(found: Byline, piece: Piece) -> None:
    """A photo credit, where no writer is named (a picture story)."""
    if len(piece.text) <= 40 and ROLE_WORDS.search(piece.text) and not PROSE.search(piece.text):
        read_sequence(found, piece.text, piece, 0, "photo-credit", 0.8)
        return
    if piece.zone == "body" and len(piece.text) > 60:
        tail = piece.text[-40:]
        taken = re.search(r"\s图\s?[/|]\s?(?:[一-鿿]{0,8}记者\s?)?([一-鿿]{2,3})$", tail)
        if taken and is_person(taken[1], strict=True):  # …关停。 图/某报记者 甲某某
            found.add(taken[1], "图", piece, len(piece.text) - len(tail) + taken.start(1), "photo-credit", 0.75)
            return
        agency = re.search(r"[。!?”]\s*([一-鿿]{2,3})/[一-鿿]{2,8}(?:图片|视觉|影像)$", tail)
        if agency and is_person(agency[1], strict=True):  # …损失。甲某某/某某图片
            found.add(agency[1], "摄", piece, len(piece.text) - len(tail) + agency.start(1), "photo-credit", 0.75)
            return
        if "摄" not in tail and "供图" not in tail:
            return
        match = re.search(
            rf"[。!?”)]\s*(?:[一-鿿]{{0,10}}(?:{ROLE}))?\s*([一-鿿 、]{{2,14}}?)\s*/?(?:摄影?|供图)\)?\s*$", tail
        )
    else:
        end = piece.text[-8:]
        match = _PHOTO.search(piece.text) if "摄" in end or "供图" in end else None
    if match is None:
        return
    names = read_names(match[1], strict=True)
    if names is not None:
        for name in names.names:
            found.add(name, "摄", piece, max(0, len(piece.text) - 40), "photo-credit", 0.75)
