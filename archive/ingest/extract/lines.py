"""The lines of a repaired text, each with its kind: what it is by itself, before stories are made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby, pairwise

from archive.ingest.extract.flattened import LEAST, flattened_head
from archive.ingest.extract.furniture import furniture_kind, names_pages
from archive.ingest.extract.labels import FROM_ACCOUNT, labelled_values
from archive.ingest.extract.page import Line, LineKind
from archive.ingest.extract.picture_credits import (
    BRACKETED,
    CAPTION,
    CREDIT_BELOW,
    GIVEN,
    LENT,
    ONLY_CREDIT,
    SOURCED,
    TAKEN,
)
from archive.ingest.extract.surroundings import plain_marks
from archive.text.dates import find_dates
from archive.text.script import HAN, to_simplified, traditional_share

#: A line of source, date and people is rarely longer; a paragraph rarely shorter than this with labels in it.
META_LENGTH = 160
#: A line of so many characters is prose.
LEAST_PROSE = 40

_IMAGE = re.compile(
    r"^(?:image|img|图片?)\.?(?:png|jpe?g|gif|webp|bmp)$|^\S{1,40}\.(?:png|jpe?g|gif|webp|bmp)$|^\[?(?:图片|image|(?:文章|本文)(?:图片|插图))\]?$|^<image>.*</image>$"
    r"|^(?:微信图片|微信截图|QQ图片|QQ截图|mmexport|IMG|DSC|DSCN|未标题)[_\- ]?\d[\w\-]*(?:_?副本)?$",
    re.I,
)
_ROLES = r"(?:全媒体|融媒体?|见习|实习|首席|特约|本报|本网|本台|驻\S{1,4}|新闻)*(?:记者|通讯员|撰稿|作者|实习生|报道员|编辑|摄影)(?<!工作者)(?<!合作者)(?<!写作者)(?<!创作者)"
#: Between role and name; without a mark, what follows 记者 in a sentence is no name: 记者从…了解到, 记者在…看到.
_THEN = r"(?:\s*[::/|]\s*|\s+|(?![从在对向获走来看发采昨今近日了就现跟随一也还说问最到们的是包表会站节团\s]))"
#: One name, or two that ran together.
_NAMES = rf"[一-鿿·]{{2,6}}(?:[\s、,/]+(?:{_ROLES}{_THEN})?[一-鿿·]{{1,4}})*"
_WORK = r"(?:文|图|文/图|图/文|摄|摄影报道|[一-鿿\-—]{0,10}报道|[一-鿿\-—]{0,10}报导)"
_BYLINE = re.compile(
    rf"^[(\[【|◎○□■▲]?\s*(?:文\s?/\s?)?[一-鿿·《》“”\-—\d°]{{0,20}}\s?{_ROLES}{_THEN}{_NAMES}"
    rf"\s*(?:{_ROLES}{_THEN}{_NAMES})*(?:\s?发自[一-鿿]{{2,8}})?[\s|/]*{_WORK}?\s*[)\]】]?$"
)
#: Somebody's name and what he did, without a role: (甲某某/文), 某地区:甲某某 报道.
_DID = re.compile(
    r"^[(\[]\s?[一-鿿·]{2,4}(?:[\s、]+[一-鿿·]{2,4}){0,3}\s?/\s?(?:文|图|文图|图文|摄)\s?[)\]]$"
    r"|^(?:口述|讲述|自述|整理|采写|采访)(?:人|者)?\s?[:/|]\s?[一-鿿·]{2,4}(?:[\s、]+[一-鿿·]{2,4}){0,3}$"
    r"|^(?:[一-鿿]{2,6}\s?:\s?)?[一-鿿·]{2,4}(?:[\s、]+[一-鿿·]{2,4}){0,3}\s(?:报道|报导)$"
)
#: 文|《某刊》记者 甲 乙: the writers of a magazine, however many.
_PENNED = re.compile(r"^(?:文|撰文|采写|作者)\s?[|/:]\s?《[^《》]{2,14}》\s?(?:[一-鿿]{0,4}记者|编辑)")
#: What a note on the account that a piece was taken from says besides.
_GRANTED = re.compile(r"授权|作者|头图|转载|编辑")
_BRACKETED_NAMES = re.compile(r"^[(\[](?:[一-鿿]\s?[一-鿿]{1,2}[\s、]*){1,5}[)\]]$")
_PAGE_LABEL = re.compile(
    r"^(?:当前版|本期版面)\s?:|^第?\s?(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,2})\s?版\s?[::]?\s?[一-鿿·]{0,8}$|上一版|下一版"
)
#: Ideographic blanks that became question marks before a paragraph, and words for a picture glued to a paragraph.
_LOST_BLANKS = re.compile(r"^(?:[?\s]{2,}|[??]\s+)(?=[^\s?])|^(?:新[闻聞][图圖]片|[图圖]片){1,3}(?=[【(\[(])")
_ALT_TEXT_AFTER = re.compile(r"(?<=[。)】)])(?:新[闻聞][图圖]片|[图圖]片){1,4}$")
#: What is seen in a picture.
_SEEN = re.compile(r"正在|图为|拍[下摄]的")
#: One moment of one day, as captions below a picture tell it: 2月10日,某村志愿者在村口值守.
_SCENE = re.compile(r"正[一-鿿]|^\S{0,8}日[^,。]{0,8},[^。]{0,30}?(?:[在从向](?!此|于)|拍)")
#: One moment in one clause: 某村的志愿者正在执勤。
_MOMENT = re.compile(r"^[一-鿿\d、“”·\s]{4,24}(?:正在[一-鿿、“”]{2,16}|的?合影)。?$")
#: An arrow points at a picture; several lines with arrows are a list.
_ARROW = re.compile(r"^[▲△▼↑↓]\s?(?![一二三四五六七八九十]{1,2}[、.]|\d)[^▲△]{2,40}$")
#: A row of a Markdown table of two or more cells.
_ROW = re.compile(r"^\|(?:[^|]*\|){2,}$")
_HEADING = re.compile(r"^#{1,6}\s*(?=\S)")
#: Words that are told: 他告诉记者:“…
_SAYS = re.compile(r"(?:告诉|对|向|和|与)(?:本报|本网)?记者(?:[说道讲称]|表示|介绍)?[,:]\s?[“‘「]|[说道称]:[“‘「]")
#: What a reporter says in a dialogue: 记者:这是你们村的吗?
ASKED = re.compile(r"^记者:[^:]{2,}[。?!]$")
#: A day, its clock and names run together with it: 2021-01-14 11:18:16甲某某乙某某.
_CLOCKED = re.compile(r"^20\d\d-\d\d-\d\d \d\d:\d\d(?::\d\d)?[一-鿿]{2,14}$")
_STOPS = re.compile(r"[。!?;…]")


def read_lines(text: str, simplified: str, *, marks: Mapping[int, LineKind] | None = None) -> list[Line]:
    """Return every line of `text` (repaired) with its kind; `simplified` is its reading, same length.

    `marks` gives kinds that markup already told, by the place where the line starts.
    """
    lines = []
    place = 0
    opened = False  # whether a line as long as a paragraph has come
    # A simplified page may have the frame of a traditional site: the rules read that simplified too.
    plain = plain_marks(to_simplified(text) if simplified == text else simplified)
    for raw in text.split("\n"):
        stripped = _LOST_BLANKS.sub("", _ALT_TEXT_AFTER.sub("", raw.strip())).strip()
        start = place + (raw.find(stripped) if stripped else 0)
        end = start + len(stripped)
        cuts = flattened_head(plain[start:end]) if not opened and not marks else None
        opened = opened or len(stripped) >= LEAST
        for a, b in pairwise(dict.fromkeys((start, *(start + cut for cut in cuts or ()), end))):
            piece = text[a:b].rstrip() if cuts else stripped
            b = a + len(piece)
            kind, furniture = _kind(plain[a:b])
            if marks and a in marks and kind in ("body", "heading", "caption") and not _is_credited(plain[a:b]):
                kind = marks[a]
            if cuts and a == start + cuts[0]:
                kind, furniture = "meta", ""
            lines.append(Line(kind, piece, simplified[a:b], a, b, furniture))
        place += len(raw) + 1
    return _captions(_tables(lines))


def _is_credited(line: str) -> bool:
    """A picture's caption, whatever the markup holds it for: it ends in who took the picture."""
    return len(line) <= 60 and bool(TAKEN.search(line)) and not re.search(r"报道|[(\[]", line)


def simplified_lines(text: str, converted: str) -> str:
    """The reading of a traditional page: `converted` but for lines that are simplified already."""
    if len(text) != len(converted):
        raise ValueError("the converted text must have the length of the text")
    pieces = []
    place = 0
    for line in text.split("\n"):
        end = place + len(line)
        long = len(HAN.findall(line)) >= 20
        pieces.append(line if long and traditional_share(line) <= 0.05 else converted[place:end])
        place = end + 1
    return "\n".join(pieces)


def is_open(text: str) -> bool:
    """Whether a paragraph breaks off inside its sentence."""
    return bool(text) and text.rstrip().rstrip("�")[-1:] not in '。！？!?；;…”"」』）)】：:》'


def _kind(line: str) -> tuple[LineKind, str]:
    if not line:
        return "blank", ""
    if _IMAGE.match(line):
        return "image", ""
    if _HEADING.match(line):
        return "heading", ""
    bare = line.strip("| ").strip()
    if len(bare) <= 60 and TAKEN.search(bare) and "报道" not in bare:
        return "caption", ""
    if is_meta(bare):
        return "meta", ""
    furniture = furniture_kind(line)
    if furniture:
        return "furniture", furniture
    if len(bare) <= 60 and CAPTION.search(bare):
        return "caption", ""
    if BRACKETED.match(bare) or (len(bare) <= 100 and SOURCED.search(bare)):
        return "caption", ""
    if _ROW.match(line):
        return "table", ""
    return "body", ""


def is_meta(line: str) -> bool:
    """A line that tells about the piece: source, date, people, page (plain marks, simplified)."""
    if not line or len(line) > META_LENGTH or _SAYS.search(line) or ASKED.match(line):
        return False
    if (
        _BYLINE.match(line)
        or _DID.match(line)
        or _BRACKETED_NAMES.match(line)
        or (len(line) <= 24 and _PAGE_LABEL.search(line))
    ):
        return True
    if _PENNED.match(line) or (len(line) <= 120 and FROM_ACCOUNT.search(line) and _GRANTED.search(line)):
        return True
    if re.match(r"^(?:本文|文章|内容)(?:来自|转自|转载自|来源于?|首发于?|原载于?)[^。]{0,12}:", line):
        return True
    if re.match(r"^20\d\d-\d\d-\d\d .{0,100}\scontent_\d+\.html?", line):
        return True  # what an electronic paper leaves: date, page, paper, file
    labels = [item for item in labelled_values(line) if item.kind != "host"]
    sentence = "。" in line or line.count(",") >= 3
    if labels and not sentence:
        before = line[: line.index(labels[0].label[0])].strip(" |([【-") if labels[0].label[0] in line else ""
        return len(labels) >= 2 or len(before) <= 24 or bool(find_dates(before))
    if sentence or len(line) > 60:
        return False
    return _mostly_date(line)


def _mostly_date(line: str) -> bool:
    """汉中日报 2020-02-23 10:17 大字: a full date, and little besides; not prose that a column or the capture cut off."""
    full = [found for found in find_dates(line) if re.search(r"\d{4}", line[found.start : found.end])]
    if not full or _STOPS.search(line) or re.search(r",\s?[一-鿿“《]|[讯电]\s?\(", line):
        return False
    before, after = line[: full[0].start], line[full[-1].end :]
    if not before and _CLOCKED.match(line):
        return True
    if before in ("【", "[") and re.match(r"\s?[】\]]\s?[^\s\d]{8}", after):
        return False  # the day before the headline
    if len(full) > 1 and len(HAN.findall(line[full[0].end : full[-1].start])) > 8:
        return False
    if re.search(r"(?:[于在从自至到]|截[至止])\s?$", before) or re.match(r"\s?[、—]\s?[一-鿿]|[一-鿿]{6}", after):
        return False
    covered = sum(found.end - found.start for found in full)
    rest = re.sub(r"[\d\s:/.|,()\[\]<>-]+|星期.|上午|下午", "", line)
    return len(rest) - sum(len(HAN.findall(line[f.start : f.end])) for f in full) <= 22 and covered >= 8


def _tables(lines: list[Line]) -> list[Line]:
    """Rows of short cells above or below other rows are a table, unless a cell of theirs is a link of a menu; one row alone is a menu."""
    shown = [position for position, line in enumerate(lines) if line.kind != "blank"]
    for is_row, rows in groupby(shown, key=lambda position: bool(_ROW.match(plain_marks(lines[position].simplified)))):
        table = list(rows)
        if is_row and len(table) > 1 and not any(names_pages(plain_marks(lines[row].simplified)) for row in table):
            for row in table:
                if lines[row].furniture == "menu":
                    lines[row] = replace(lines[row], kind="table", furniture="")
    return lines


def _captions(lines: list[Line]) -> list[Line]:
    """The short line behind a lost picture is its caption; so is the one before a credit on a line of its own."""
    after_image = False
    out: list[Line] = []
    for line in lines:
        if line.kind == "image":
            after_image = True
        elif line.kind != "blank":
            short = len(line.text) <= 30 or (len(line.text) <= 60 and "。" not in line.text)
            told = line.text[-1:] in "!！?？”" and re.search("[,，]", line.text)
            if after_image and line.kind == "body" and short and not told:
                line = replace(line, kind="caption")
            after_image = False
            if line.kind == "caption" and ONLY_CREDIT.match(plain_marks(line.simplified)):
                _caption_before(out)
        out.append(line)
    return _pointed_at(out)


def _pointed_at(lines: list[Line]) -> list[Line]:
    """Lines of the prose that tell of one moment, or that an arrow or a lender's name ends: captions beside a picture, else body."""
    told = [position for position, line in enumerate(lines) if line.kind == "body" and len(line.text) >= LEAST_PROSE]
    if not told:
        return lines
    shown = [position for position, line in enumerate(lines) if line.kind != "blank"]
    plain = [plain_marks(lines[position].simplified) for position in shown]
    pictures = [
        lines[position].kind == "image" or _is_credit(text) for position, text in zip(shown, plain, strict=True)
    ]
    arrows = [bool(_ARROW.match(text)) for text in plain]
    for place, position in enumerate(shown):
        line, text = lines[position], plain[place]
        if line.kind != "body" or position > told[-1] or not any(pictures[max(place - 1, 0) : place + 2]):
            continue
        alone = arrows[place] and not any(arrows[max(place - 1, 0) : place] + arrows[place + 1 : place + 2])
        lent = len(text) <= 90 and LENT.search(text) is not None
        given = len(text) <= 100 and GIVEN.search(text) is not None
        if given or _MOMENT.match(text) or (position > told[0] and (alone or lent)):
            lines[position] = replace(line, kind="caption")
    return lines


def _is_credit(line: str) -> bool:
    """Whether a line (plain marks, simplified) ends in the credit of a picture, and is not a paragraph that only has one."""
    return len(line) <= 100 and bool(CREDIT_BELOW.search(line))


def _caption_before(lines: list[Line]) -> None:
    """Make the last line a caption when it tells what is seen, or below a picture of one moment, as captions do."""
    shown = [number for number in range(len(lines)) if lines[number].kind != "blank"][-2:]
    if not shown:
        return
    line, text = lines[shown[-1]], plain_marks(lines[shown[-1]].simplified)
    below = len(shown) > 1 and lines[shown[0]].kind == "image"
    if line.kind == "body" and len(text) <= 60 and (_SEEN.search(text) or (below and _SCENE.search(text))):
        lines[shown[-1]] = replace(line, kind="caption")
