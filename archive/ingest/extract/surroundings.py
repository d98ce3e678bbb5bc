"""A story and what stands around it: the pieces of text that the fields are read from.

The fields care where a sentence stands (above the body, in it, below it), and not how structure
named its kind: a source line may have been taken for a paragraph. So each line is given a zone by
its place, and a text in which one form of each mark is enough for the rules.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from typing import Literal

from archive.ingest.extract.page import Line, Page, Story
from archive.text.fold import Translation
from archive.text.script import is_traditional, to_simplified

#: head, foot: above and below the body of this story; page: lines that belong to the whole page.
Zone = Literal["title", "head", "body", "foot", "caption", "page"]

_MARKS = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u3000\u00a0\t\u2002\u2003\u2009\u202f\u200b"), " "),
    **dict.fromkeys(map(ord, "﹕∶︰"), ":"),
    **dict.fromkeys(map(ord, "丨│┃▏"), "|"),
    **dict.fromkeys(map(ord, "•・‧∙●"), "·"),
    **dict.fromkeys(map(ord, "〔［"), "["),
    **dict.fromkeys(map(ord, "〕］"), "]"),
    ord("丶"): "、",
    ord("╱"): "/",
    ord("∕"): "/",
    ord("﹙"): "(",
    ord("﹚"): ")",
}

_PLAIN = Translation(_MARKS)


def plain_marks(text: str) -> str:
    """Return `text` with one form of each mark (ASCII width, one blank, one bar); same length."""
    return _remembered(text) if len(text) < 4_000 else _PLAIN(text)


@functools.lru_cache(maxsize=256)
def _remembered(text: str) -> str:
    """The rules ask for the same lines many times over."""
    return _PLAIN(text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a paragraph: `text` simplified, with plain marks, beginning at `start` of the repaired text."""

    zone: Zone
    text: str
    start: int
    kind: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class Surroundings:
    """One story as the rules of the fields read it, in the order of the page."""

    pieces: tuple[Piece, ...]
    alone: bool  # the only story of its page

    def zone(self, *zones: Zone) -> tuple[Piece, ...]:
        found = self._by_zones.get(zones)
        if found is None:
            found = self._by_zones[zones] = tuple(piece for piece in self.pieces if piece.zone in zones)
        return found

    @functools.cached_property
    def _by_zones(self) -> dict[tuple[Zone, ...], tuple[Piece, ...]]:
        """What was asked for: some twenty rules ask for the same zones."""
        return {}

    @functools.cached_property
    def body(self) -> tuple[Piece, ...]:
        return self.zone("body")

    @functools.cached_property
    def whole(self) -> str:
        """Title and body as one text, for rules that count words."""
        return "\n".join(piece.text for piece in self.zone("title", "body"))


def surroundings(page: Page, story: Story) -> Surroundings:
    """Return the pieces of `page` that may tell about `story`, each with its zone."""
    body = [_body_piece(page, block.text, block.start, block.end, block.kind) for block in story.blocks]
    start = min((piece.start for piece in body), default=story.span[0])
    end = max((block.end for block in story.blocks), default=story.span[1])
    others = [_extent(other) for other in page.stories if other is not story]
    before = max((stop for _, stop in others if stop <= start), default=-1)
    after = min((begin for begin, _ in others if begin >= end), default=len(page.text) + 1)
    used = [(block.start, block.end) for other in page.stories for block in other.blocks]
    captions = {(caption.start, caption.end) for caption in story.captions}
    own_meta = {(line.start, line.end) for line in story.meta}
    foreign = {line.start for other in page.stories if other is not story for line in other.meta}
    pieces = list(body)
    top = min((_headline(each) for each in page.stories), default=0) if others else -1
    for line in page.lines:
        if line.kind == "blank" or not line.text.strip() or _inside(line, used):
            continue
        zone: Zone
        headed = story.title is not None and line.start <= story.title.start < line.end
        if line.start < top and not headed and line.kind != "body":  # above the first headline: of the whole paper
            pieces.append(Piece("page", plain_marks(line.simplified), line.start, line.furniture or line.kind))
            continue
        if line.start in foreign:
            continue
        if story.title is not None and headed:
            zone = "title"
            if ahead := story.title.start - line.start:  # 标题：某县登记在册, ## 某县登记在册
                if line.simplified[:ahead].strip("# \u3000"):
                    pieces.append(Piece("head", plain_marks(line.simplified[:ahead]), line.start, "meta"))
                line = replace(line, start=story.title.start, simplified=line.simplified[ahead:])
            if line.kind == "meta" and story.title.end < line.end:  # 某县登记在册2020-02-12 来源:某报
                rest = story.title.end - line.start
                pieces.append(Piece("head", plain_marks(line.simplified[rest:]), story.title.end, "meta"))
                line = replace(line, simplified=line.simplified[:rest])
        elif line.kind in ("caption", "image") or (line.start, line.end) in captions:
            own = (line.start, line.end) in captions or not others
            if not own and not start <= line.start < end:
                continue
            zone = "caption"
        elif (line.start, line.end) in own_meta:
            zone = "head" if line.start < start else "foot"
        elif before <= line.start < start:
            zone = "page" if others and before < 0 and line.kind == "furniture" else "head"
        elif end <= line.end <= after:
            zone = "page" if others and after > len(page.text) and line.kind == "furniture" else "foot"
        elif start <= line.start < end:
            zone = "foot" if line.kind == "meta" else "caption"
        elif others and not any(a <= line.start < b for a, b in others):
            zone = "page"
        else:
            continue
        kind = line.furniture or line.kind
        pieces.append(Piece(zone, plain_marks(line.simplified), line.start, kind))
    pieces.sort(key=lambda piece: piece.start)
    pieces = _without_frame(pieces)
    return Surroundings(tuple(pieces), alone=not others)


_FRAME_ABOVE = re.compile(
    r"感谢您?(?:浏览|访问|关注)|设为首页|加入收藏|位置\s?:|>[^>]{1,20}>|发[布表稿](?:时间|日期)\s?:|^\s*(?:稿件|文章)?来\s?源\s?:"
)
_FRAME_BELOW = re.compile(
    r"(?:免责|版权|网站)声明|版权(?:与|及|所有|均?属于|归)|^\s*[①-⑨(]?[1-9一二三四]?[).、]?\s*(?:凡本|本网(?:站)?(?:转载|刊载|未)|如因|鉴于本)|转载(?:请|目的|此文|自其)|^\s*(?:特别)?声明:|"
    r"[Cc]opyright|©|ICP备|许可证"
)


def _without_frame(pieces: list[Piece]) -> list[Piece]:
    """Take lines of the page's frame that structure left in the body out of it, from both ends."""
    body = [index for index, piece in enumerate(pieces) if piece.zone == "body"]
    zoned = list(pieces)
    for index in body[:3]:
        piece = pieces[index]
        if len(piece.text) <= 160 and _FRAME_ABOVE.search(piece.text):
            zoned[index] = replace(piece, zone="head")
    for index in reversed(body):
        piece = pieces[index]
        if _FRAME_BELOW.search(piece.text):
            zoned[index] = replace(piece, zone="foot")
        elif len(piece.text) > 60 or piece.text.rstrip().endswith(("。", "”", ")")):
            break
    return zoned


def _headline(story: Story) -> int:
    """Where a story begins for a reader: its headline, else its first paragraph."""
    if story.title is not None:
        return story.title.start
    return min((block.start for block in story.blocks), default=story.span[0])


def _extent(story: Story) -> tuple[int, int]:
    starts = [block.start for block in story.blocks]
    if story.title is not None:
        starts.append(story.title.start)
    starts.extend(line.start for line in story.meta)
    ends = [block.end for block in story.blocks]
    return min(starts, default=story.span[0]), max(ends, default=story.span[1])


def _inside(line: Line, spans: list[tuple[int, int]]) -> bool:
    if line.kind in ("meta", "furniture", "caption", "image", "title"):
        return False
    return any(start <= line.start and line.end <= end for start, end in spans)


def _body_piece(page: Page, text: str, start: int, end: int, kind: str) -> Piece:
    slice_ = page.simplified[start:end]
    if len(slice_) > len(text) * 1.3 + 20:  # joined over pieces of another story: read its own text
        slice_ = to_simplified(text) if is_traditional(text) else text
    return Piece("body", plain_marks(slice_), start, kind)
