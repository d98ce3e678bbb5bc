"""Who wrote a piece, in which role, and who edited it; with the outlet that a byline names.

Bylines stand in brackets, on lines of their own, behind labels, behind the word 讯 of the dateline
or at the end of the last paragraph; 记者 in running prose (记者看到, 告诉记者) is none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from archive.ingest.extract.byline_grammar import (
    REPORT_BRACKET,
    ROLE,
    ROLE_WORDS,
    Byline,
    add_outlet,
    read_report_bracket,
    read_sequence,
    with_pen_names,
)
from archive.ingest.extract.labels import FROM_ACCOUNT, labelled_values
from archive.ingest.extract.opening_bylines import opening_byline
from archive.ingest.extract.outlet_names import is_outlet_name
from archive.ingest.extract.person_names import (
    common_surname,
    has_surname,
    is_person,
    is_word,
    leading_names,
    read_names,
)
from archive.ingest.extract.surroundings import Piece, Surroundings
from archive.ingest.extract.unlabelled_names import (
    DATE,
    OFFICE,
    PROSE,
    bare_names,
    beside_the_date,
    photographer,
    signature,
)
from archive.places.gazetteer import gazetteer

_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]{2,70})[)\]】]")
_IN_BRACKETS = re.compile(r"^[(【\[].*[)】\]]$")
_WORK = re.compile(r"^(文|图|摄|文/图|图/文|图文|摄影|整理|口述)\s?[/|:]\s?(\S.{1,40})$")
#: 文, 图/文, 摄 before or behind the names in a bracket.
_CREDIT = re.compile(r"^(?:文/图|图/文|图文|文|图)[\s/:]+|(?:摄影报道|文/图|图/文|摄影|摄|(?<=[\s/])[文图])$")
#: 文/ before the writer behind a label: 作者:文/甲 图/乙.
_PENNED = re.compile(r"^(?:本报|本网)?(?:记者|通讯员)\s+|^(?:文|撰文|文/图|图/文|图文)\s?[/|:]\s?")
#: Who edited, behind the names of those who wrote: (甲 乙 编辑 丙).
_EDITED = re.compile(r"\s+(?:责任)?(?:编辑|责编|审核|制作|剪辑|校对)[\s::]+[一-鿿\s]{2,12}$")
#: Who edited, on a line of its own and without a mark: 编辑甲某某.
_EDITOR_ALONE = re.compile(r"^(?:责任编辑|责编|编辑|审核|校对|值班主任|主编|编审)\s?[丨/|]?\s?([一-鿿]{2,3})$")
#: 编辑甲某校对乙某某: each behind his work, and no mark between.
_EDITED_BY = r"(?:责任编辑|责编|编辑|审核|校对|编审)"
_EDITORS_IN_A_ROW = re.compile(rf"(?:{_EDITED_BY}\s?[一-鿿]{{2,3}}\s?){{2,4}}")
_EDITORS_IN_A_ROW_NAMES = re.compile(rf"{_EDITED_BY}\s?([一-鿿]{{2,3}}?)(?=\s?{_EDITED_BY}|\s?$)")
#: A line of names is no longer.
LINE = 130
#: So many characters before the role of who took a picture tell what it shows.
CAPTION = 8


def read_bylines(story: Surroundings) -> Byline:
    """Return the writers and editors of `story`. Where nothing is printed nothing is guessed."""
    found = Byline()
    body = story.body
    for piece in story.zone("head", "foot"):
        _labels(found, piece)
    for piece in story.zone("head", "title", "foot"):
        _line(found, piece)
    for position, piece in enumerate(body):
        first, last = position <= 1, position >= len(body) - 2
        if last and len(piece.text) > 80:
            _labels(found, _behind_the_last_sentence(piece))
        if len(piece.text) <= 80:
            _labels(found, piece)
            _line(found, piece)
        if first:
            opening_byline(found, piece)
        _brackets(found, piece, first=first, last=last)
        if last:
            _closing(found, piece)
    for piece in story.zone("foot", "caption"):
        if len(piece.text) > 20 and not re.search(r"摄\)?\s*$", piece.text):
            _brackets(found, piece, first=False, last=piece.zone == "foot")
    for piece in story.zone("head"):
        beside_the_date(found, piece)
    if not found.authors:
        for piece in story.zone("head"):
            bare_names(found, piece)
    if not found.authors:
        for piece in [*body[-1:], *story.zone("foot")][:3]:
            signature(found, piece)
    if not found.authors:
        for piece in story.zone("caption", "body", "head", "foot"):
            photographer(found, piece)
    return found


def _behind_the_last_sentence(piece: Piece) -> Piece:
    """What a paragraph has behind its last full stop: …30户。 记者:甲 乙 来源:某中心."""
    cut = piece.text.rstrip("。").rfind("。") + 1
    return replace(piece, text=piece.text[cut:], start=piece.start + cut)


def _labels(found: Byline, piece: Piece) -> None:
    """作者:甲 编辑:乙 — a label and its value on a source line or at the foot."""
    if len(piece.text) > 400:
        return
    account = FROM_ACCOUNT.search(piece.text)
    if account and account["names"]:
        names = read_names(account["names"])
        for name in names.names if names is not None else ():
            found.add(name, "作者", piece, account.start("names"), "author-label", 0.9)
    for item in labelled_values(piece.text):
        if item.kind == "source" and "/" in item.value:  # 来源:某中心站/甲乙
            run = item.value.partition("/")[2].split()
            if run and is_person(run[0], strict=True):
                found.add(run[0], "", piece, item.start, "source-label", 0.8)
        elif item.kind == "source" and " " in item.value:  # 来源:某报 甲乙丙
            outlet, _, run_ = item.value.rpartition(" ")
            names = read_names(run_, strict=True) if is_outlet_name(outlet, labelled=True) else None
            if names is not None and names.sure and not any(map(is_word, names.names)):
                for name in names.names:
                    found.add(name, "", piece, item.start + len(outlet), "source-label", 0.8)
        if item.kind not in ("author", "editor") or not item.value:
            continue
        value = re.sub(r"[(\[].*", "", item.value) or item.value
        value = _PENNED.sub("", value.strip("()[]【】 "))
        value = re.split(r"\s+(?:图|摄影?|图片)\s?[/|:]", value)[0]
        value = re.split(rf"\s{{3,}}|(?<=[一-鿿])\s*(?:{ROLE})", value)[0]
        names = read_names(value)
        if names is None and (item.kind == "editor" or item.label == "作者"):
            names = with_pen_names(value, least=2 if item.kind == "editor" else 3)
        if names is None:
            names = leading_names(value)
        if names is None:
            if item.kind == "author":
                _organisation(found, item.value, piece, item.start)
                read_sequence(found, f"{item.label}:{item.value}", piece, item.start, "label", 0.85)
            continue
        for name in names.names:
            if item.kind == "editor":
                found.add_editor(name, piece, item.start, "editor-label")
            elif has_surname(name) or len(names.names) > 1 or item.label != "供稿":
                confidence = 0.95 if names.sure and has_surname(name) else 0.6
                found.add(name, item.label, piece, item.start, "author-label", confidence)


def _organisation(found: Byline, value: str, piece: Piece, offset: int) -> None:
    """An outlet before the reporter's name behind 作者 (作者:某报记者 甲); alone it is no outlet."""
    match = ROLE_WORDS.search(value)
    if match and match.start() >= 2:
        add_outlet(found, value[: match.start()], piece, offset)


def _line(found: Byline, piece: Piece) -> None:
    """A line that is a byline and nothing else: 某报记者 甲 通讯员 乙, (记者 甲), 文/甲 图/乙."""
    text = piece.text.strip()
    if len(text) > LINE:
        return
    taiwan = REPORT_BRACKET.search(text)
    if taiwan and len(text) < 40:
        read_report_bracket(found, taiwan, text, piece)
        return
    bare = text.strip("()[]【】-— ").split("|")[0].strip()
    behind = text.partition("|")[2].strip()
    if bare in ("文", "撰文", "采写", "作者", "图文") and behind:  # 文 |《某刊》记者 甲 乙
        bare = behind
    if ROLE_WORDS.match(behind) and is_outlet_name(bare):  # 某报客户端 | 记者 甲
        found.outlets.append((bare, piece, piece.text.find(bare)))
    if piece.zone != "title" and _EDITORS_IN_A_ROW.fullmatch(bare):
        for match in _EDITORS_IN_A_ROW_NAMES.finditer(bare):
            if is_person(match[1], strict=True) and not is_word(match[1]):
                found.add_editor(match[1], piece, match.start(1), "editor-line")
        return
    edited = _EDITOR_ALONE.match(bare) if piece.zone != "title" else None
    if edited and is_person(edited[1], strict=True) and not is_word(edited[1]):
        found.add_editor(edited[1], piece, edited.start(1), "editor-line")
        return
    role = ROLE_WORDS.search(bare)
    if role and role.start() >= CAPTION and re.search(r"供图$|摄$", bare):
        return  # 某村村民在整地 通讯员甲 供图
    if role and not PROSE.search(bare.replace("采访人员", "")):
        bare = DATE.sub(" ", bare)
        read_sequence(found, bare, piece, 0, "byline-line", 0.93)
        return
    colon = re.match(r"^([一-鿿]{3,14}?)\s?[:/]\s?([一-鿿][一-鿿 、]{1,24}?)(?:\s*(?:责任)?编辑.*|\s*审核.*)?$", bare)
    if colon and is_outlet_name(colon[1], labelled=True) and piece.zone != "body":
        names = read_names(colon[2], strict=True)
        if names is not None:
            found.outlets.append((colon[1], piece, piece.text.find(colon[1])))
            for name in names.names:
                found.add(name, "", piece, 0, "byline-line", 0.8)
            return
    reported = re.match(
        r"^(?:[一-鿿]{2,6}\s?[::]\s?)?([一-鿿]{2,3}(?:[ 、][一-鿿]{2,3}){0,3})\s*/?\s*报[道导](?:\s?/\s?编辑)?$", bare
    )
    if reported and not ROLE_WORDS.search(bare):
        names = read_names(reported[1], strict=True)
        if names is not None:
            for name in names.names:
                found.add(name, "报道", piece, 0, "byline-line", 0.8)
        return
    if not _work(found, piece, bare, text) and _IN_BRACKETS.match(text) and piece.zone in ("body", "foot"):
        names = read_names(_CREDIT.sub("", bare).strip(" /"), strict=True)
        if names is not None:
            for name in names.names:
                found.add(name, "", piece, 0, "names-in-brackets", 0.85)


def _work(found: Byline, piece: Piece, bare: str, text: str) -> bool:
    """文/甲 图/乙, (文/甲), 文/甲 | 编辑 乙: what somebody did, before his name; whether the line says so."""
    slash = _WORK.match(bare) or _WORK.match(text)
    if slash is None:
        return False
    names = read_names(re.split(r"(?:[图摄文]|编辑|责编|审核|校对)\s?[/|:]", slash[2])[0], strict=slash.string != text)
    for name in names.names if names is not None else ():
        found.add(name, slash[1], piece, 0, "byline-line", 0.85)
    return names is not None or slash.string == text


def _brackets(found: Byline, piece: Piece, *, first: bool, last: bool) -> None:
    """Brackets that hold a byline; names alone only where a paragraph ends with them."""
    for match in _BRACKET.finditer(piece.text):
        inside = match[1].strip()
        at_end = not piece.text[match.end() :].strip(" 。.|")
        if REPORT_BRACKET.search(inside):
            continue
        opening = first and match.start() <= 40
        role = ROLE_WORDS.search(inside)
        if role and (opening or at_end or role.start() == 0) and not re.search(r"[。;!?“”]", inside):
            if found.authors and inside.endswith("摄"):
                continue
            label = re.match(rf"^(?:{ROLE}|编辑|责编)\s?[::]", inside)
            if label:
                _editors_behind(found, inside, piece, match.start(1))
                inside = re.sub(r"(?:责任编辑|责编|编辑|审核|校对).*$", "", inside)
            read_sequence(found, inside, piece, match.start(1), "byline-bracket", 0.95)
        elif (
            at_end
            and match.group()[0] == "("
            and ((last and match.start() > 10) or re.search(r"[。!?”…]\s*$", piece.text[: match.start()]))
        ):
            inside = _CREDIT.sub("", _EDITED.sub("", inside)).strip(" /")
            place, _, rest = inside.partition(":" if ":" in inside else " ")
            if rest and (gazetteer().lookup(place) or OFFICE.search(place) or place.endswith(("台", "报", "网"))):
                inside = rest.strip()  # (某镇 甲乙), (某局 甲乙), (某台:甲乙)
            names = read_names(inside, strict=True)
            if names is not None and not (len(inside) == 2 and is_word(inside)):
                for name in names.names:
                    found.add(name, "", piece, match.start(1), "names-in-brackets", 0.85 if names.sure else 0.6)


def _editors_behind(found: Byline, inside: str, piece: Piece, offset: int) -> None:
    """The editors of (作者:甲 编辑:乙), a bracket behind the last sentence."""
    for item in labelled_values(inside):
        names = read_names(item.value, strict=True) if item.kind == "editor" and item.value else None
        for name in names.names if names is not None else ():
            found.add_editor(name, piece, offset + item.start, "editor-label")


def _closing(found: Byline, piece: Piece) -> None:
    """A byline without brackets behind the last sentence: …感动。 记者 甲 通讯员 乙."""
    match = re.search(rf"[。!?”…)]\s*([^。!?”…,,;]{{0,14}}?(?:{ROLE})[^。!?”…,,;]{{2,36}})[。.]?\s*$", piece.text)
    if match and not PROSE.search(match[1]):
        read_sequence(found, match[1], piece, match.start(1), "closing-byline", 0.88)
    unstopped = re.search(
        rf"[,,]\s*((?:{ROLE})[ ::]\s*([一-鿿]{{2,3}}(?:[ 、][一-鿿]{{2,3}}){{0,2}}))$", piece.text.rstrip()
    )
    if unstopped and read_names(unstopped[2], strict=True) is not None:  # …,不漏一户,通讯员 甲
        read_sequence(found, unstopped[1], piece, unstopped.start(1), "closing-byline", 0.85)
    bare = re.search(r"[。!?”…]\s+([一-鿿]{2,3}(?: [一-鿿]{2,3}){0,2})$", piece.text.rstrip())
    if bare and not found.authors:
        names = read_names(bare[1], strict=True)
        if names is not None and all(
            (common_surname(name) or len(name) == 3) and not is_word(name) for name in names.names
        ):
            for name in names.names:
                found.add(name, "", piece, bare.start(1), "closing-byline", 0.8)
