"""Who published a piece, by the frame of its page: thanks, disclaimer, masthead, host, trail, copyright, markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.ingest.extract.outlet_names import is_outlet_name
from archive.ingest.extract.surroundings import Piece, Surroundings
from archive.ingest.records import EvidenceFound
from archive.text.literals import needed

#: The characters of an outlet's name.
NAME = r"[一-鿿A-Za-z0-9·+\-—]{2,20}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be the outlet's, the rule that found it, and where it stands in its piece."""

    name: str
    rule: str
    piece: Piece
    start: int
    confidence: float

    def evidence(self, name_of_field: str) -> EvidenceFound:
        """The name as it is printed, also where blanks stand in it; where it is printed otherwise, the line that tells it."""
        printed = re.compile(r"\s*".join(map(re.escape, self.name)))
        found = printed.search(self.piece.text, max(0, self.start)) or printed.search(self.piece.text)
        first, last = found.span() if found else (0, len(self.piece.text))
        text, start = self.piece.text[first:last], self.piece.start
        return EvidenceFound(
            name_of_field, self.name, self.rule, start + first, min(start + last, self.piece.end), text, self.confidence
        )


_FRAME = (
    (rf"(?:感谢您?(?:浏览|访问|关注)|欢迎您?(?:访问|来到|光临))({NAME}?)(?:[。,,!\s]|$)", "frame-thanks", 0.9),
    (rf"(?:^|[\s|。])({NAME}?)(?:版权(?:与|及|和)?|的)?(?:免责|版权)声明", "frame-disclaimer", 0.88),
    (
        rf"凡(?:本网|本报|本站)?注明[“\"':]{{0,2}}(?:稿件)?来源[::]?\s?(?:于|为)?[“\"]?({NAME})[”\"]",
        "frame-disclaimer",
        0.85,
    ),
    (rf"(?:本文|文章|稿件|新闻)(?:来自|源自)({NAME}?)[,,。]", "frame-disclaimer", 0.85),
    (rf"(?:授权|许可)({NAME}?)(?:独家)?(?:发布|使用)", "frame-disclaimer", 0.8),
    (r"(?:^|\s|\d)([一-鿿]{2,12}报社)(?:编辑)?出版", "frame-host", 0.84),
    (rf"\s({NAME})\scontent_\d+\.html?", "frame-paper", 0.9),
    (r"下载([一-鿿]{2,10}?)(?:APP|app|客户端)", "frame-app", 0.76),
    (r"^\s*([一-鿿·]{2,12}网)\s?[>»]", "frame-trail", 0.76),
    (rf"^\s*({NAME}(?:网论坛|社区论坛|资讯网|新闻网|信息网|门户网|信息港))\s*$", "frame-masthead", 0.76),
    (r"^\s*([一-鿿]{2,12}[报志]社)\s?(?:主管)?主办\s*$", "frame-host", 0.86),
    (rf"(?:主办单位|主办)\s?[::]?\s?({NAME})", "frame-host", 0.86),
    (rf"(?:版权所有|版权归|[Cc]opyright|©)[\s:©\d\-,.a-zA-Z()]*({NAME})", "frame-copyright", 0.78),
    (rf"({NAME}?)\s?(?:版权所有|All [Rr]ights)", "frame-copyright", 0.78),
)
_PATTERNS = [(pattern := re.compile(words), needed(pattern), rule, confidence) for words, rule, confidence in _FRAME]
#: A name alone on the first line of a page.
_MASTHEAD = re.compile(r"[一-鿿]{2,8}(?:[日晚早晨时商]报|网|传媒|在线|融媒|电视台|中心)")
_TRAIL = re.compile(r"(?:您?(?:当前)?(?:所在)?的?位置\s?(?:是|为)?\s?[::]?|首页\s?[>»])(.{2,80})")


def framed(story: Surroundings) -> Candidate | None:
    """The publisher by the frame of the page: thanks, disclaimer, masthead, host, way of navigation, copyright."""
    pieces = [piece for piece in story.pieces if piece.zone in ("head", "foot", "page", "title")]
    teased = next((piece.start for piece in pieces if piece.zone == "foot" and piece.kind == "teaser"), None)
    words = "\n".join(piece.text for piece in pieces)
    for pattern, needs, rule, confidence in _PATTERNS:
        if needs is not None and not any(map(words.__contains__, needs)):
            continue
        for piece in pieces:
            if rule == "frame-app" and teased is not None and piece.start > teased:
                continue  # a call inside another piece that the page recommends
            for match in pattern.finditer(piece.text):
                name = re.sub(
                    r"^(?:本站|本网站?|转载|来源|关于|由)|(?:所有|(?:唯一)?官(?:方网站|方网|网))$", "", match[1]
                )
                if is_outlet_name(name, labelled=True) and not re.search(r"本网|本站|其[他它]|原创|作者|网友|非", name):
                    return Candidate(name, rule, piece, match.start(1), confidence)
    first = next(iter(pieces), None)
    if (
        first is not None
        and first.zone != "title"
        and _MASTHEAD.fullmatch(first.text.strip())
        and is_outlet_name(first.text.strip(), labelled=True)
    ):
        return Candidate(first.text.strip(), "frame-masthead", first, first.text.find(first.text.strip()), 0.72)
    for piece in pieces[:4]:  # 今日某县
        name = piece.text.strip()
        if (
            piece.zone in ("head", "page")
            and re.fullmatch("今日[一-鿿]{2,5}", name)
            and is_outlet_name(name, labelled=True)
        ):
            return Candidate(name, "frame-masthead", piece, piece.text.find(name), 0.72)
    for piece in story.zone("head"):
        trail = _TRAIL.search(piece.text)
        if trail:
            for part in re.split(r"\s?[>»›/|]+\s?|\s{2,}", trail[1]):
                name = part.strip(" ·:")
                if is_outlet_name(name) or (name.endswith("网") and is_outlet_name(name, labelled=True)):
                    return Candidate(name, "frame-trail", piece, piece.text.find(name), 0.75)
    return None


def markup_site(story: Surroundings, markup: dict[str, str]) -> Candidate | None:
    """The site's own name in the markup (og:site_name, the end of <title>), when the words of the page have it too."""
    names = [markup.get("site_name", "")]
    names += [part for key in ("title", "og:title") for part in re.split(r"[-_|—–]", markup.get(key, ""))[1:]]
    for name in (raw.strip() for raw in names):
        if not is_outlet_name(name, labelled=True):
            continue
        for piece in story.pieces:
            place = piece.text.find(name)
            if place >= 0 and piece.zone != "body":
                return Candidate(name, "frame-markup", piece, place, 0.85)
    return None
