"""Pages whose lines ran together: headline, source line and first paragraph as one long line."""

from __future__ import annotations

import re

from archive.ingest.extract.labels import LABEL
from archive.text.script import HAN

#: The line is a paragraph by its length; headline and source line stand within its beginning.
LEAST, HEAD = 80, 150
#: Headlines of the labelled pages run from 5 to 45 characters.
SHORTEST, LONGEST = 6, 46
#: A word of a source line (a label with its value, a name, a number of readers) is no longer.
WORD = 22
#: What is left must be prose.
BODY = 40

_DATE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}, 20\d\d|(?<![\d年月])20\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}日?(?:\s{0,2}\d{1,2}:\d{2}(?::\d{2})?)?"
)
#: 2023/6/2 来源:不详“你是…: the line of a source that names nobody, run into the first sentence.
_NOBODYS = re.compile(r"^\s?20\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s{1,2}来源:\s?(?:不详|未知|网络|互联网|本站)\s?(?=[“一-鿿])")
#: 来源:某网;作者:甲某 某日…: source and writer, run into the first sentence.
_CREDITED = re.compile(
    r"^\s?(?:文章|稿件|本文)?来源\s?:\s?[一-鿿A-Za-z]{2,14}[;,\s]\s?作者\s?:\s?[一-鿿]{2,4}(?:[、\s][一-鿿]{2,4}){0,3}\s+(?=[“一-鿿\d])"
)
_BEFORE_A_DATE = re.compile(r"(?:[于在从自至到]|截[至止]|[(\[])\s?$")


def flattened_head(line: str) -> tuple[int, int] | None:
    """Return where the source line and where the body begin in `line` (simplified, plain marks); None where it is one paragraph.

    Such a line says its date after a blank, behind words that are no sentence: 某县某事 2020-02-03 16:48 某甲 0 近日,…
    Or the source line alone ran into the first paragraph: the first place is 0 then.
    """
    if len(line) < LEAST:
        return None
    nobody = _NOBODYS.match(line)
    if nobody and len(line) - nobody.end() >= BODY:
        return 0, nobody.end()
    credited = _CREDITED.match(line)
    if credited and len(line) - credited.end() >= BODY and not LABEL.search(line[:HEAD], credited.end()):
        return 0, credited.end()
    date = _DATE.search(line[:HEAD])
    if date is None or _BEFORE_A_DATE.search(line[: date.start()]):
        return None
    label = LABEL.search(line[: date.start()])
    if label is not None and label.start() == 0:
        start = _sentence(line, date.end())
        return (0, start) if start is not None else None
    told = label.start() if label else date.start()
    title = line[:told].rstrip()
    mark = re.search(r"\s+©?\s?原创$", title)
    if mark:
        told, title = mark.start() + 1, title[: mark.start()]
    writer = re.search(r"\s(\S{2,8})$", title)  # 某事 甲某 2020-3-09 来源:某报 …。 作者:甲某
    if writer and re.search(rf"(?:作者|编辑)\s?:\s?{re.escape(writer[1])}(?=\s|$)", line):
        told, title = writer.start() + 1, title[: writer.start()]
    glued = told == len(title) and not (label and re.match(r"\S*(?:时间|日期)\s?:", line[told:]))
    if glued or not SHORTEST <= len(title) <= LONGEST or re.search(r"[。;:]$|。", title):
        return None
    if len(HAN.findall(title)) < SHORTEST:
        return None
    body = _body(line, date.end())
    return (told, body) if body is not None else None


def _sentence(line: str, place: int) -> int | None:
    """Where the first sentence begins that runs into the clock of a source line: 来源:某报 时间:2022-10-14 13:30:21近日,…"""
    if ":" not in line[place - 3 : place] or not re.match(r"\s?[“一-鿿]", line[place:]) or LABEL.match(line, place):
        return None
    first = re.split(r"[,。!?”]", line[place:], maxsplit=1)[0]
    if "。" not in line[place:] or len(first) > BODY or len(line) - place < BODY:
        return None
    return place + (line[place] == " ")


def _body(line: str, place: int) -> int | None:
    """Where the first word stands that is none of a source line."""
    if place < len(line) and not line[place].isspace():
        return None
    for word in re.finditer(r"\S+", line[place:]):
        if len(word.group()) > WORD or re.search(r"[。,!?“]|[讯电]\(", word.group()):
            start = place + word.start()
            return start if len(line) - start >= BODY else None
    return None
