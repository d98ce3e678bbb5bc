"""Who published a piece and who had it first: publisher and original source, kept apart.

The page's own words decide, in the order of how directly they name an outlet; its address never
does. Where only the mirror's frame names somebody, that is the publisher.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.ingest.extract.accounts import account_under_headline, is_chrome
from archive.ingest.extract.byline_grammar import Byline
from archive.ingest.extract.datelines import Dateline
from archive.ingest.extract.labels import FROM_ACCOUNT, labelled_values
from archive.ingest.extract.outlet_names import (
    is_brand,
    is_office_site,
    is_outlet_name,
    is_paper_in_marks,
    known_outlets,
    leading_outlet,
    source_name,
    without_account,
)
from archive.ingest.extract.picture_outlets import agency_of_pictures
from archive.ingest.extract.publishers import NAME, Candidate, framed, markup_site
from archive.ingest.extract.signoffs import SignOff, is_office
from archive.ingest.extract.surroundings import Piece, Surroundings, Zone
from archive.ingest.records import EvidenceFound
from archive.places.outlet_places import place_of_outlet

_DATE = r"(?:\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}日?|(?<![\d.:-])\d{2}-\d{2}(?=\s\d{2}:\d{2}))"


@dataclass(slots=True)
class OutletRead:
    """Publisher, original source, the words of the source line, and why."""

    publisher: str | None = None
    original_source: str | None = None
    source_line: str | None = None
    evidence: list[EvidenceFound] = field(default_factory=list)

    @property
    def outlet(self) -> str | None:
        """The original source where one is named, else the publisher."""
        return self.original_source or self.publisher


def read_outlets(
    story: Surroundings,
    byline: Byline,
    dateline: Dateline | None,
    markup: dict[str, str],
    signed: SignOff | None = None,
) -> OutletRead:
    """Return publisher and original source of `story`; None for what no words of the page name."""
    read = OutletRead()
    beside = _beside_the_date(story)
    sender = _first(_from_dateline(dateline), _from_byline(byline))
    if beside is not None and dateline is not None and dateline.outlet is not None and not is_outlet_name(beside.name):
        beside = None  # a name that is one only by its place: the dateline says who sends
    reposted = beside is not None and sender is not None and _of_another_place(beside.name, sender.name)
    source = _first(
        _account_taken_from(story),
        _labelled_source(story),
        _printed_in(story),
        None if reposted else beside,
        _issue(story),
        sender,
        _in_brackets(story),
        _under_the_headline(story),
        _reposted(story),
        _told_to(story),
        agency_of_pictures(story),
    )
    masthead = _beside_the_date(story, "page")
    publisher = _first(framed(story), beside if reposted else None, masthead, markup_site(story, markup))
    if source is None and publisher is None:
        source = _issuer(signed)
    if source is not None:
        read.original_source = source.name
        read.evidence.append(source.evidence("original_source"))
    if publisher is not None:
        read.publisher = publisher.name
        read.evidence.append(publisher.evidence("publisher"))
    chosen = source or publisher
    if chosen is not None:
        read.evidence.append(chosen.evidence("outlet"))
    read.source_line = _source_line(source, dateline)
    return read


def _first(*candidates: Candidate | None) -> Candidate | None:
    return next((candidate for candidate in candidates if candidate is not None), None)


def _of_another_place(site: str, sender: str) -> bool:
    """Tell whether a site of one place carries the dateline of an agency or of another place's paper."""
    if site in known_outlets() and known_outlets()[site].kind == "portal":
        return sender != site
    home, origin = outlet_region(site), outlet_region(sender)
    if home is None:
        return False
    return origin[:2] != home[:2] if origin is not None else sender in known_outlets()


def outlet_region(name: str) -> str | None:
    """Return the division code of an outlet's home: from the registry, else from the place in its name; None for national ones."""
    known = known_outlets().get(name)
    return known.region if known is not None else place_of_outlet(name)


def _source_line(source: Candidate | None, dateline: Dateline | None) -> str | None:
    if source is not None and source.rule == "source-label":
        return source.name
    return dateline.words if dateline is not None else None


def _labelled_source(story: Surroundings) -> Candidate | None:
    """来源:X on a line of the head or the foot, or in brackets behind the last paragraph."""
    pieces = [*story.zone("head"), *(p for p in story.body[:2] if len(p.text) < 90)]
    pieces += [*(p for p in story.body[-2:] if len(p.text) < 90), *story.zone("foot")]
    for kind in ("source", "repost"):
        for piece in pieces:
            if _of_a_picture(story, piece) or (
                re.search(r"凡[本注]|版权|声明|转载请|务必|侵权|[“\"'‘]来源|注明来源|XX", piece.text)
                and len(piece.text) > 40
            ):
                continue
            for item in labelled_values(piece.text):
                if item.kind == kind and item.value:
                    name = source_name(item.value)
                    if name is not None:
                        return Candidate(name, "source-label", piece, piece.text.find(name, item.start), 0.97)
    for piece in pieces:  # 资料来源:某县新闻中心 — no office that gave the figures
        for item in labelled_values(piece.text):
            name = source_name(item.value) if item.label == "资料来源" and item.value else None
            if name is not None and is_outlet_name(name):
                return Candidate(name, "source-label", piece, piece.text.find(name, item.start), 0.8)
    for piece in story.body[:1]:  # 消息来源:某某在线 某日,… as one paragraph
        match = re.match(rf"\s*(?:消息|文章|稿件|信息)?来源\s?:\s?({NAME})\s+\S", piece.text)
        name = source_name(match[1]) if match else None
        if match and name:
            return Candidate(name, "source-label", piece, match.start(1), 0.93)
    for piece in [*story.body[:1], *story.body[-1:], *story.zone("foot")]:
        match = re.search(
            rf"[(\[【](?:据|(?:文章|稿件|信息)?来源\s?:?|转自\s?:?|摘自)\s?({NAME}(?::{NAME})?(?:、{NAME})*)",
            piece.text,
        )
        name = source_name(match[1]) if match else None
        if match and name:
            return Candidate(name, "source-label", piece, match.start(1), 0.93)
    return None


def _of_a_picture(story: Surroundings, piece: Piece) -> bool:
    """What a picture shows and whose it is, between the paragraphs: 某镇全景 来源:某图网."""
    inside = bool(story.body) and piece.zone == "foot" and piece.start < story.body[-1].start
    return inside and re.match(r"\s*[一-鿿][^::]{3,}\s(?:图片)?来源\s?:", piece.text) is not None


def _beside_the_date(story: Surroundings, *zones: Zone) -> Candidate | None:
    """An outlet's name on the line of the date: 某日报 | 2020-04-10 09:39, 某新闻2020-11-09 20:56."""
    for piece in story.zone(*(zones or ("head", "foot"))):
        if piece.zone == "foot" and piece.kind == "teaser":
            break  # what follows are other pieces, each with its own date
        if (
            len(piece.text) > 80
            or not re.search(_DATE, piece.text)
            or re.search(r"版权|声明|©(?!\s?原创)|[Cc]opyright|ICP", piece.text)
        ):
            continue
        rest = re.sub(
            rf"{_DATE}|星期[一二三四五六日]|\d{{1,2}}:\d{{2}}(?::\d{{2}})?|https?://\S+|www\.\S+", " ", piece.text
        )
        rest = re.sub(r"\S{2,6}:\s?\d{5,}", " ", rest)  # 报料热线:966123
        for token in re.split(r"[\s|/,;:>()\[\]]+", rest):
            token = re.sub(r"^(?:本文)?(?:来源于?|转自)", "", token.strip("·-—©0123456789"))
            token = without_account(token)
            if is_outlet_name(token, labelled=True) and not is_chrome(token):
                return Candidate(token, "beside-the-date", piece, piece.text.find(token), 0.9)
        if piece.zone == "head" and is_office(rest):  # the office that gave the figures, and nothing else
            return Candidate(rest.strip(), "beside-the-date", piece, piece.text.find(rest.strip()), 0.8)
    return None


def _from_dateline(dateline: Dateline | None) -> Candidate | None:
    if dateline is None or dateline.outlet is None:
        return None
    return Candidate(dateline.outlet, "dateline", dateline.piece, dateline.start, 0.92)


def _issuer(signed: SignOff | None) -> Candidate | None:
    """The office that signs a notice: whose word it is, where no outlet is named at all."""
    if signed is None:
        return None
    return Candidate(signed.office, "office-that-signs", signed.piece, signed.piece.text.find(signed.office[0]), 0.75)


def _from_byline(byline: Byline) -> Candidate | None:
    for name, piece, start in byline.outlets:
        if not is_brand(name):
            return Candidate(name, "byline", piece, start, 0.88)
    return None


def _in_brackets(story: Surroundings) -> Candidate | None:
    """【某网】 or [某日报] before the headline, on a line of its own or before the first sentence."""
    for piece in [*story.zone("title", "head"), *story.body[:2], *story.body[-1:]]:
        match = re.match(rf"^\s*[【\[]({NAME})[】\]]", piece.text) or (
            re.search(r"[【\[]([^【】\[\]]{2,16})[】\]]\s*$", piece.text) if piece.zone == "body" else None
        )
        dated = re.match(rf"^\s*【({NAME}?)(?:北京时间)?\d{{4}}年\d{{1,2}}月\d{{1,2}}日】", piece.text)
        if dated and is_outlet_name(dated[1], labelled=True):  # 【某台2021年2月2日】
            return Candidate(dated[1], "bracket", piece, dated.start(1), 0.85)
        alone = match is not None and piece.text.strip() == match[0].strip() and match[1].endswith(("网", "报", "台"))
        if match and (is_outlet_name(match[1]) or (alone and len(match[1]) == 2 and not is_chrome(match[1]))):
            return Candidate(match[1], "bracket", piece, match.start(1), 0.85)
    for piece in [*story.zone("foot"), *story.body[-1:]]:
        titled = re.fullmatch(rf"\s*《({NAME})》\s*", piece.text)
        if titled and is_outlet_name(titled[1], labelled=True):
            return Candidate(titled[1], "title-marks", piece, titled.start(1), 0.8)
    return None


def _issue(story: Surroundings) -> Candidate | None:
    """The journal and its issue, on a line of their own above the body: 某某周刊 2020年9期."""
    for piece in story.zone("head"):
        match = re.fullmatch(r"\s*《?([一-鿿·]{2,12})》?\s*20\d{2}年第?\d{1,2}期\s*", piece.text)
        if match:
            return Candidate(match[1], "journal-issue", piece, match.start(1), 0.9)
    return None


def _printed_in(story: Surroundings) -> Candidate | None:
    """发于某期《某某周刊》, 原载《某某日报》: where the piece was printed, on a line of its own."""
    for piece in [*story.zone("head", "foot"), *story.body[:8]]:
        match = re.match(
            rf"^\s*(?:本文)?(?:(?:刊|首|原)?(?:发于|载于?)[^《。]{{0,24}}|(?:来源于?|转载?自|摘自|选自))《({NAME})》",
            piece.text,
        )
        if match and len(piece.text) <= 60:
            return Candidate(match[1], "printed-in", piece, match.start(1), 0.88)
    return None


def _under_the_headline(story: Surroundings) -> Candidate | None:
    found = account_under_headline(story)
    return Candidate(found[0], "under-the-headline", found[1], found[1].text.find(found[0]), 0.8) if found else None


def _account_taken_from(story: Surroundings) -> Candidate | None:
    """本文来自微信公众号:某某: the account that a piece was taken from."""
    for piece in story.zone("head", "body", "foot"):
        match = FROM_ACCOUNT.search(piece.text)
        if match and not is_brand(match["name"]):
            return Candidate(match["name"], "account-taken-from", piece, match.start("name"), 0.9)
    return None


def _reposted(story: Surroundings) -> Candidate | None:
    """据某某网消息, 某某新闻消息,…: the first sentence says whose report it is."""
    for piece in story.body[:2]:
        match = re.match(
            rf"^\s*(?:据|综合)?[《“\"]?({NAME}?)[》”\"]?(?P<account>微博|微信公众号|微信公号|公众号|客户端)?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:消息|报道|通报)[,,::]",
            piece.text,
        )
        known = match is not None and is_outlet_name(
            match[1], labelled=leading_outlet(match[1]) == match[1] or match["account"] is not None
        )
        if match and known and not is_office_site(match[1]):
            return Candidate(match[1], "reported-by", piece, match.start(1), 0.8)
        told = re.match(rf"^\s*(?:综合({NAME}?):|据({NAME}?),记者)", piece.text)
        name = (told[1] or (told[2] if piece is story.body[0] else None)) if told else None
        if told and name and is_outlet_name(name, labelled=told[1] is not None):
            return Candidate(name, "reported-by", piece, piece.text.find(name), 0.8)
    return None


_REPORTER = re.compile(r"([一-鿿·\-—]{2,18})(?P<marked>》)?(?:\([^)]{0,30}\))?(?:[全融]媒体)?记者")
_LEADING_WORDS = re.compile(
    r"^(?:.*(?:告诉|接受|当[天日晚]|近日|日前|[昨今]天|[昨今]日|连日来|[上下]午)|.{0,12}[受向对据让给的])(?=.{3})"
)


def _told_to(story: Surroundings) -> Candidate | None:
    """告诉某报记者, 某某新闻记者获悉: the reporter's paper, named in the prose and nowhere else."""
    for piece in story.body:
        if "记者" not in piece.text:
            continue
        for match in _REPORTER.finditer(piece.text):
            marked = match["marked"] and piece.text[match.start() - 1 : match.start()] == "《"
            if marked and is_paper_in_marks(match[1], piece.text):  # 告诉《某某》记者
                return Candidate(match[1], "told-to", piece, match.start(), 0.7)
            for name in (_LEADING_WORDS.sub("", match[1]), match[1]):
                if is_outlet_name(name) and not re.search(r"本报|本网|采访|媒体|官方|多家|各家", name):
                    return Candidate(name, "told-to", piece, piece.text.find(name, match.start()), 0.7)
    return None
