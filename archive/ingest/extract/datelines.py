"""The dateline: the words before the first sentence that say who sends it, from where and when.

中新社石家庄2月13日电, 映象网周口讯, 本报讯, 某网3月1日讯, 今日某县网消息.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.ingest.extract.outlet_names import is_office_site, is_outlet_name, known_outlets, leading_outlet
from archive.ingest.extract.surroundings import Piece, Surroundings
from archive.places.gazetteer import gazetteer

_OWN = r"本报|本网|本台|本刊"
_DATELINE = re.compile(
    r"^\s*(?:[(【\[][^)】\]]{0,30}[)】\]]\s*)?(?:「[^」]{0,20}」)?[【\[(]?(?:原标题[::].{0,40}\n)?"
    r"(?P<words>(?P<sender>[^\s,。;:!?“”…=#]{2,36}?)\s*(?P<when>(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日)?\s*"
    r"(?P<verb>[讯电]|消息|快讯|专电)(?![社员息费者号问录器影视台力动商网话子脑气源梯池机]))"
)
_TAIL = re.compile(r"\s*\((?:www|http|m)?[.:/a-zA-Z0-9]+\)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as read: `words` as printed (simplified), the outlet (None for 本报), place words, month and day."""

    words: str
    outlet: str | None
    own: bool  # 本报讯: the paper itself, unnamed
    place: str
    year: int | None
    month: int | None
    day: int | None
    piece: Piece
    start: int
    end: int


def read_dateline(story: Surroundings) -> Dateline | None:
    """Return the dateline of the story: at the start of one of its first three paragraphs, or alone above them."""
    head = [*story.zone("head")]
    for piece in (*head[-3:], *story.body[:3]):
        dateline = _read(piece)
        if dateline is not None:
            return dateline
    noted = any(piece.text.lstrip().startswith("编者按") for piece in story.body[:3])
    for piece in story.body[3:6] if noted else ():  # behind a note of the editors: 某网某地3月14日讯(记者…
        dateline = _read(piece)
        if dateline is not None and dateline.day is not None and piece.text[dateline.end : dateline.end + 1] == "(":
            return dateline
    above = (dateline for piece in head[:-3] if (dateline := _read(piece)) is not None)
    return next((dateline for dateline in above if dateline.day is not None), None)


def _read(piece: Piece) -> Dateline | None:
    match = _DATELINE.match(piece.text)
    if match is None:
        return None
    sender = _TAIL.sub("", match["sender"]).removesuffix("北京时间")
    if sender.startswith("据"):
        if match["day"] is None:
            return None  # 据某新闻消息: whose report it is, and no dateline
        sender = sender[1:]  # 据某社某地2月10日电
    own = re.match(rf"^(?:{_OWN})(?P<place>[一-鿿]{{0,8}})$", sender)
    year, month, day = (int(match[key]) if match[key] else None for key in ("year", "month", "day"))
    outlet, place = None, ""
    if own:
        place = own["place"]
        if match["verb"] == "消息" and place:
            return None
    else:
        outlet = _outlet(sender, dated=day is not None, verb=match["verb"])
        if outlet is None:
            return None
        place = sender[len(outlet) :] if sender.startswith(outlet) else ""
        if len(place) > 12 or (match["verb"] == "电" and day is None):
            return None
    return Dateline(
        match["words"],
        outlet,
        own is not None,
        place,
        year,
        month,
        day,
        piece,
        match.start("words"),
        match.end("words"),
    )


def _outlet(sender: str, *, dated: bool, verb: str) -> str | None:
    """The outlet that the sender's words begin with; the rest of them is the place."""
    for length in (2, 3, 4):  # 某日报-某网武汉: the place that the ending of the name does not cover
        whole, tail = sender[:-length], sender[-length:]
        if is_outlet_name(whole, labelled=True) and gazetteer().lookup(tail):
            return whole
    if is_office_site(sender):
        return None
    if is_outlet_name(sender, labelled=True):
        return sender
    house, _, channel = sender.partition("·")  # 某某网·美丽某地
    if channel and len(channel) <= 8 and is_outlet_name(house, labelled=True) and verb == "讯":
        return sender
    name = leading_outlet(sender)
    joined = re.match(r"^[^-—]+[-—][一-鿿]{2,8}$", sender)  # 某某网-感知某省
    if joined and name and dated and len(sender) <= 14 and not re.search(r"[-—]", name):
        return sender
    if name is not None:
        rest = sender[len(name) :]
        if re.fullmatch(r"[一-鿿]{0,10}(?:[、/][一-鿿]{2,10})?", rest):
            return name
        parts = re.split(r"[、/]", sender)
        if len(parts) > 1 and all(2 <= len(part) <= 12 for part in parts):
            return sender
        return None
    if sender in known_outlets():
        return sender
    # 掌上某某讯, 某某融媒讯: no known ending, but 讯 with a date says that it sends
    sends = verb == "讯" and dated and 3 <= len(sender) <= 8
    return sender if sends and not re.search(r"[的了在年月,]", sender) else None
