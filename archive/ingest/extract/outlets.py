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
from archive.ingest.extract.labels import labelled_values
from archive.ingest.extract.outlet_names import is_brand, is_outlet_name, known_outlets, leading_outlet, source_name
from archive.ingest.extract.signoffs import SignOff
from archive.ingest.extract.surroundings import Piece, Surroundings, Zone
from archive.ingest.records import EvidenceFound
from archive.places.gazetteer import place_of_outlet

_DATE = r"(?:\d{4}\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}日?|(?<![\d.:-])\d{2}-\d{2}(?=\s\d{2}:\d{2}))"
_NAME = r"[一-鿿A-Za-z0-9·+\-—]{2,20}"


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    rule: str
    piece: Piece
    start: int
    confidence: float

    def evidence(self, name_of_field: str) -> EvidenceFound:
        start = self.piece.start + max(0, self.start)
        end = min(start + len(self.name), self.piece.end)
        text = self.piece.text[start - self.piece.start : end - self.piece.start]
        return EvidenceFound(name_of_field, self.name, self.rule, start, end, text, self.confidence)


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
    reposted = beside is not None and sender is not None and _of_another_place(beside.name, sender.name)
    source = _first(
        _labelled_source(story),
        None if reposted else beside,
        sender,
        _in_brackets(story),
        _under_the_headline(story),
        _reposted(story),
        _told_to(story),
    )
    masthead = _beside_the_date(story, "page")
    publisher = _first(_frame(story), beside if reposted else None, masthead, _markup_site(story, markup))
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


def _first(*candidates: _Candidate | None) -> _Candidate | None:
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


def _source_line(source: _Candidate | None, dateline: Dateline | None) -> str | None:
    if source is not None and source.rule == "source-label":
        return source.name
    return dateline.words if dateline is not None else None


def _labelled_source(story: Surroundings) -> _Candidate | None:
    """来源:X on a line of the head or the foot, or in brackets behind the last paragraph."""
    pieces = [*story.zone("head"), *(p for p in story.body[:2] if len(p.text) < 90)]
    pieces += [*(p for p in story.body[-2:] if len(p.text) < 90), *story.zone("foot")]
    for kind in ("source", "repost"):
        for piece in pieces:
            if (
                re.search(r"凡[本注]|版权|声明|转载请|务必|侵权|[“\"'‘]来源|注明来源|XX", piece.text)
                and len(piece.text) > 40
            ):
                continue
            for item in labelled_values(piece.text):
                if item.kind == kind and item.value:
                    name = source_name(item.value)
                    if name is not None:
                        return _Candidate(name, "source-label", piece, piece.text.find(name, item.start), 0.97)
    for piece in story.body[:1]:  # 消息来源:某某在线 某日,… as one paragraph
        match = re.match(rf"\s*(?:消息|文章|稿件|信息)?来源\s?:\s?({_NAME})\s+\S", piece.text)
        name = source_name(match[1]) if match else None
        if match and name:
            return _Candidate(name, "source-label", piece, match.start(1), 0.93)
    for piece in [*story.body[:1], *story.body[-1:], *story.zone("foot")]:
        match = re.search(
            rf"[(\[【](?:据|(?:文章|稿件|信息)?来源\s?:?|转自\s?:?|摘自)\s?({_NAME}(?::{_NAME})?(?:、{_NAME})*)",
            piece.text,
        )
        name = source_name(match[1]) if match else None
        if match and name:
            return _Candidate(name, "source-label", piece, match.start(1), 0.93)
    return None


def _beside_the_date(story: Surroundings, *zones: Zone) -> _Candidate | None:
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
        for token in re.split(r"[\s|/,;:>()\[\]]+", rest):
            token = re.sub(r"^(?:本文)?(?:来源于?|转自)", "", token.strip("·-—©0123456789"))
            if is_outlet_name(token, labelled=True) and not is_chrome(token):
                return _Candidate(token, "beside-the-date", piece, piece.text.find(token), 0.9)
    return None


def _from_dateline(dateline: Dateline | None) -> _Candidate | None:
    if dateline is None or dateline.outlet is None:
        return None
    return _Candidate(dateline.outlet, "dateline", dateline.piece, dateline.start, 0.92)


def _issuer(signed: SignOff | None) -> _Candidate | None:
    """The office that signs a notice: whose word it is, where no outlet is named at all."""
    if signed is None:
        return None
    return _Candidate(signed.office, "office-that-signs", signed.piece, signed.piece.text.find(signed.office[0]), 0.75)


def _from_byline(byline: Byline) -> _Candidate | None:
    for name, piece, start in byline.outlets:
        if not is_brand(name):
            return _Candidate(name, "byline", piece, start, 0.88)
    return None


def _in_brackets(story: Surroundings) -> _Candidate | None:
    """【某网】 or [某日报] before the headline, on a line of its own or before the first sentence."""
    for piece in [*story.zone("title", "head"), *story.body[:2], *story.body[-1:]]:
        match = re.match(rf"^\s*[【\[]({_NAME})[】\]]", piece.text) or (
            re.search(r"[【\[]([^【】\[\]]{2,16})[】\]]\s*$", piece.text) if piece.zone == "body" else None
        )
        alone = match is not None and piece.text.strip() == match[0].strip() and match[1].endswith(("网", "报", "台"))
        if match and (is_outlet_name(match[1]) or (alone and len(match[1]) == 2 and not is_chrome(match[1]))):
            return _Candidate(match[1], "bracket", piece, match.start(1), 0.85)
    for piece in [*story.zone("foot"), *story.body[-1:]]:
        titled = re.fullmatch(rf"\s*《({_NAME})》\s*", piece.text)
        if titled and is_outlet_name(titled[1], labelled=True):
            return _Candidate(titled[1], "title-marks", piece, titled.start(1), 0.8)
    return None


def _under_the_headline(story: Surroundings) -> _Candidate | None:
    found = account_under_headline(story)
    return _Candidate(found[0], "under-the-headline", found[1], found[1].text.find(found[0]), 0.8) if found else None


def _reposted(story: Surroundings) -> _Candidate | None:
    """据某某网消息, 某某新闻消息,…: the first sentence says whose report it is."""
    for piece in story.body[:2]:
        match = re.match(
            rf"^\s*(?:据|综合)?《?({_NAME}?)》?(?:微博|微信公众号|客户端)?(?:消息|报道|通报)[,,::]", piece.text
        )
        if match and is_outlet_name(match[1], labelled=leading_outlet(match[1]) == match[1]):
            return _Candidate(match[1], "reported-by", piece, match.start(1), 0.8)
    return None


_REPORTER = re.compile(r"([一-鿿·\-—]{2,18})》?(?:\([^)]{0,14}\))?(?:[全融]媒体)?记者")
_LEADING_WORDS = re.compile(
    r"^(?:.*(?:告诉|接受|当[天日晚]|近日|日前|[昨今]天|[昨今]日|连日来|[上下]午)|.{0,12}[受向对据让给的])(?=.{3})"
)


def _told_to(story: Surroundings) -> _Candidate | None:
    """告诉某报记者, 某某新闻记者获悉: the reporter's paper, named in the prose and nowhere else."""
    for piece in story.body:
        if "记者" not in piece.text:
            continue
        for match in _REPORTER.finditer(piece.text):
            for name in (_LEADING_WORDS.sub("", match[1]), match[1]):
                if is_outlet_name(name) and not re.search(r"本报|本网|采访|媒体|官方|多家|各家", name):
                    return _Candidate(name, "told-to", piece, piece.text.find(name, match.start()), 0.7)
    return None


_FRAME = (
    (rf"感谢您?(?:浏览|访问|关注)({_NAME}?)(?:[。,,!\s]|$)", "frame-thanks", 0.9),
    (rf"(?:^|[\s|。])({_NAME}?)(?:版权(?:与|及|和)?|的)?(?:免责|版权)声明", "frame-disclaimer", 0.88),
    (
        rf"凡(?:本网|本报|本站)?注明[“\"':]{{0,2}}(?:稿件)?来源[::]?\s?(?:于|为)?[“\"]?({_NAME})[”\"]",
        "frame-disclaimer",
        0.85,
    ),
    (rf"(?:本文|文章|稿件|新闻)(?:来自|源自)({_NAME}?)[,,。]", "frame-disclaimer", 0.85),
    (rf"(?:授权|许可)({_NAME}?)(?:独家)?(?:发布|使用)", "frame-disclaimer", 0.8),
    (r"(?:^|\s|\d)([一-鿿]{2,12}报社)(?:编辑)?出版", "frame-host", 0.84),
    (rf"\s({_NAME})\scontent_\d+\.html?", "frame-paper", 0.9),
    (r"下载([一-鿿]{2,10}?)(?:APP|app|客户端)", "frame-app", 0.76),
    (r"^\s*([一-鿿·]{2,12}网)\s?[>»]", "frame-trail", 0.76),
    (rf"^\s*({_NAME}(?:网|社区)论坛)\s*$", "frame-masthead", 0.8),
    (rf"(?:主办单位|主办)\s?[::]?\s?({_NAME})", "frame-host", 0.86),
    (rf"(?:版权所有|版权归|[Cc]opyright|©)[\s:©\d\-,.a-zA-Z()]*({_NAME})", "frame-copyright", 0.78),
    (rf"({_NAME}?)\s?(?:版权所有|All [Rr]ights)", "frame-copyright", 0.78),
)
_TRAIL = re.compile(r"(?:您?(?:当前)?(?:所在)?的?位置\s?(?:是|为)?\s?[::]?|首页\s?[>»])(.{2,80})")


def _frame(story: Surroundings) -> _Candidate | None:
    """The publisher by the frame of the page: thanks, disclaimer, masthead, host, way of navigation, copyright."""
    pieces = [piece for piece in story.pieces if piece.zone in ("head", "foot", "page", "title")]
    for pattern, rule, confidence in _FRAME:
        for piece in pieces:
            for match in re.finditer(pattern, piece.text):
                name = re.sub(r"^(?:本站|本网站?|转载|来源|关于|由)|(?:所有|官方网站)$", "", match[1])
                if is_outlet_name(name, labelled=True) and not re.search(r"本网|本站|其[他它]|原创|作者|网友|非", name):
                    return _Candidate(name, rule, piece, match.start(1), confidence)
    for piece in story.zone("head"):
        trail = _TRAIL.search(piece.text)
        if trail:
            for part in re.split(r"\s?[>»›/|]+\s?|\s{2,}", trail[1]):
                name = part.strip(" ·:")
                if is_outlet_name(name) or (name.endswith("网") and is_outlet_name(name, labelled=True)):
                    return _Candidate(name, "frame-trail", piece, piece.text.find(name), 0.75)
    return None


def _markup_site(story: Surroundings, markup: dict[str, str]) -> _Candidate | None:
    """The site's own name in the markup (og:site_name, the end of <title>), when the words of the page have it too."""
    names = [markup.get("site_name", "")]
    names += [part for key in ("title", "og:title") for part in re.split(r"[-_|—–]", markup.get(key, ""))[1:]]
    for name in (raw.strip() for raw in names):
        if not is_outlet_name(name, labelled=True):
            continue
        for piece in story.pieces:
            place = piece.text.find(name)
            if place >= 0 and piece.zone != "body":
                return _Candidate(name, "frame-markup", piece, place, 0.85)
    return None
