"""The byline behind the dateline, at the head of the first paragraphs."""

from __future__ import annotations

import re

from archive.ingest.extract.byline_grammar import (
    REPORT_BRACKET,
    ROLE,
    ROLE_WORDS,
    Byline,
    add_outlet,
    read_report_bracket,
    read_sequence,
)
from archive.ingest.extract.outlet_names import is_outlet_name
from archive.ingest.extract.person_names import DESK_BEHIND, is_word, read_names
from archive.ingest.extract.surroundings import Piece


def opening_byline(found: Byline, piece: Piece) -> None:
    """The byline behind the dateline: 本报讯(记者 甲)…, …日电 (甲 乙), 某网讯 记者甲报道:…, 某报记者甲 乙 (line end)."""
    text = piece.text
    taiwan = REPORT_BRACKET.search(text[:60])
    if taiwan:
        read_report_bracket(found, taiwan, re.sub(r"^.*[【\[(]", "", text[: taiwan.end()]), piece)
        return
    report = re.match(
        r"^\s*([一-鿿]{2,8})?\s*[【\[(]([一-鿿]{2,4}(?:[、 ][一-鿿]{2,4})*)/[一-鿿]{2,8}?(?:综合|专题)?报导[】\])]",
        text,
    )
    if report and not ROLE_WORDS.search(report[2]):  # 某报【甲/某地报导】
        names = read_names(report[2])
        for name in names.names if names is not None else ():
            found.add(name, "报导", piece, report.start(2), "report-bracket", 0.85)
        add_outlet(found, report[1] or "", piece, 0)
        return
    plain = re.match(
        rf"^\s*[^,,。!?“”]{{0,24}}?[讯电]\s*[::]?\s*[^,,。!?“”()]{{0,16}}?((?:{ROLE})[^,,。!?“”]{{2,40}}?)(?:报道|:|$)",
        text,
    )
    if plain:
        read_sequence(found, plain[1], piece, plain.start(1), "dateline-byline", 0.9)
    dated = re.match(
        rf"^\s*([一-鿿·]{{2,16}}(?:{ROLE})[一-鿿]{{2,4}}(?:[、 ][一-鿿]{{2,4}}){{0,3}})(?=\d{{1,2}}月\d{{1,2}}日[,,])",
        text,
    )
    if dated:  # 某报见习记者甲1月27日,…
        read_sequence(found, dated[1], piece, dated.start(1), "dateline-byline", 0.88)
    parted = re.match(
        rf"^\s*[^,,。!?“”()]{{2,16}}?[讯电]\s*((?:(?:{ROLE})\s?[一-鿿]{{2,4}}(?:[ 、][一-鿿]{{2,4}}){{0,2}}\s)+)(?=[一-鿿“\d])",
        text,
    )
    if parted:  # 某网讯 记者甲 通讯员乙 为了…
        read_sequence(found, parted[1], piece, parted.start(1), "dateline-byline", 0.88)
    quoting = re.match(rf"^\s*((?:{ROLE})\s+[一-鿿 、]{{2,30}}?)\s+“", text)
    if quoting:  # 记者 甲 通讯员 乙 “各位居民,…
        read_sequence(found, quoting[1], piece, quoting.start(1), "dateline-byline", 0.9)
    told = re.match(
        rf"^\s*((?:{ROLE})(?:\s[一-鿿]{{2,3}}){{1,4}})\s+(?=[昨今]天|[昨今]日|近日|日前|\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}日)",
        text,
    )
    if told:  # 记者 甲 乙 昨天上午,…
        read_sequence(found, told[1], piece, told.start(1), "dateline-byline", 0.9)
    direct = re.match(
        rf"^\s*([^,,。!?“”:()]{{0,32}}?(?:{ROLE})[^,,。!?“”:()]{{2,40}}?(?:\d{{1,2}}月\d{{1,2}}日)?报道)(?:\s*[::,,]|\s)",
        text,
    )
    if direct:
        read_sequence(found, direct[1], piece, direct.start(1), "dateline-byline", 0.9)
    signed = re.match(r"^\s*([一-鿿]{3,14})\s?\(([一-鿿]{2,4}(?:[ 、][一-鿿]{2,4}){0,2})\)", text)
    if signed and is_outlet_name(signed[1]):  # 某某新闻网(甲某某) 9日上午,…
        names = read_names(signed[2], strict=True)
        if names is not None:
            found.outlets.append((signed[1], piece, signed.start(1)))
            for name in names.names:
                found.add(name, "", piece, signed.start(2), "dateline-byline", 0.85)
    unnamed = re.match(
        r"^\s*[^,,。!?“”()]{2,20}?[讯电]\s+([一-鿿]{2,3}(?:[ 、][一-鿿]{2,3}){0,3})\s*(?:摄影)?报道\s*[::,,]", text
    )
    if unnamed and not ROLE_WORDS.search(unnamed[1]):
        names = read_names(unnamed[1], strict=True)
        for name in names.names if names is not None else ():
            found.add(name, "", piece, unnamed.start(1), "dateline-byline", 0.85)
    agency = re.match(r"^\s*[^,,。!?“”()]{2,30}(?P<mark>[电讯])\s*\(([^()]{2,30})\)", text)
    if agency and not ROLE_WORDS.search(agency[2]):
        wired = agency["mark"] == "电"
        names = read_names(DESK_BEHIND.sub("", agency[2]), strict=not wired)
        if names is not None and (wired or not any(is_word(name) for name in names.names)):
            for name in names.names:
                found.add(name, "电头" if wired else "", piece, agency.start(2), "dateline-byline", 0.85)
