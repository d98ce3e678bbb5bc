"""The office that signs a notice and the day it signs: 某县疫情防控指挥部 / 2022年6月28日.

A notice has no source line; what its readers go by stands under its last sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from archive.ingest.extract.surroundings import Piece, Surroundings
from archive.text.dates import find_dates, is_broken_day

#: Ends of the names of offices that give notice.
OFFICE_END = re.compile(
    r"(?:指挥部|领导小组|工作组|专班|办公室|委员会|人民政府|管委会|办事处|联合会|红十字会|总工会|政府|党委|[县市区旗州省]委|[县市区旗州省镇乡]纪委|"
    r"宣传部|组织部|疾控中心|控制中心|[局厅]|村委会|居委会|村民委员会|居民委员会)$"
)
#: What stands before the place in an office's name.
_LEAD = re.compile(r"^(?:中国共产党|中共|共青团)")
#: A signature is short, and stands among the last lines of the body or the first below it.
LONGEST, LAST, FIRST = 44, 4, 6


@dataclass(frozen=True, slots=True)
class SignOff:
    """The office as printed (simplified, its lines joined) and where its name begins."""

    office: str
    piece: Piece


def read_signoff(story: Surroundings) -> SignOff | None:
    """Return the office that signs the story; None where none stands before or behind a day of its own line."""
    pieces = [*story.body[-LAST:], *list(story.zone("foot"))[:FIRST]]
    for before, piece in pairwise([None, *pieces]):
        if piece is None or len(piece.text) > LONGEST:
            continue
        text = piece.text.strip()
        days = [found for found in find_dates(text) if found.moment.day is not None]
        if not days and not is_broken_day(text):
            continue
        if not days and before is not None:
            return _whole(before, pieces) if is_office(before.text) else None
        if not days:
            continue
        rest = text[: days[-1].start].strip() or text[days[-1].end :].strip()
        if rest:
            if is_office(rest):
                return SignOff(rest, piece)
            continue
        if before is not None and is_office(before.text):
            return _whole(before, pieces)
    return None


_NOTICE_OF = re.compile(
    r"^(?P<office>[一-鿿]{3,40}?(?:领导小组|指挥部|委员会|人民政府)(?:办公室)?)(?:关于|通告|公告|令|第|发布)"
)


def noticing_office(story: Surroundings) -> str | None:
    """Return the office that a line above the body, or two such lines, name as the one that gives notice."""
    head = [piece.text.strip() for piece in story.zone("head", "title")]
    for first, second in pairwise([*head, ""]):
        match = _NOTICE_OF.match(first) or _NOTICE_OF.match(first + second)
        if match:
            return match["office"]
    return None


def is_office(text: str) -> bool:
    """Tell whether a line is the name of an office, or the end of one that was set over two lines."""
    text = re.sub(r"“([一-鿿]{2,8})”(?=指挥部)", r"\1", text.strip())
    return 4 <= len(text) <= LONGEST and bool(OFFICE_END.search(text)) and not re.search(r"[,。;:!?“”、(]", text)


def _whole(last: Piece, pieces: list[Piece]) -> SignOff:
    """The office with the line above, where its name began there: 某县新型冠状病毒感染的肺炎 / 疫情防控指挥部."""
    above = next((a for a, b in pairwise(pieces) if b is last), None)
    name = last.text.strip()
    begun = above is not None and re.fullmatch(r"\s*[一-鿿]{4,30}\s*", above.text)
    if above is not None and begun and not OFFICE_END.search(above.text.strip()):
        return SignOff(above.text.strip() + name, above)
    return SignOff(name, last)


def place_words(office: str) -> str:
    """The name of an office from its place on."""
    return _LEAD.sub("", office)
