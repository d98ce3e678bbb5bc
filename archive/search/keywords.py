"""Keywords in context: the places of one article after the other, each with its key for sorting."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from archive.catalog.models import Article
from archive.catalog.reading import printed_by_key
from archive.text.collation import folded_pinyin_order

from .highlights import Wanted, occurrences, wanted
from .records import Span
from .texts import PartText, open_texts
from .tree import Node, Part

#: right: by what follows the keyword, then by what goes before; left: the other way round; keyword: by
#: the printed keyword, then as right; the others: by article, as results are.
Order = Literal["right", "left", "keyword", "newest", "oldest", "relevance"]

#: Articles read from the database at a time.
CHUNK = 200
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Place:
    """A line without its article; `key` sorts it, `rank` is the place of its article in the search."""

    key: tuple[str, ...]
    rank: int
    pk: int
    at: int  # which of the texts of the article: title, body, then each caption
    part: Part
    start: int
    end: int
    left: str
    keyword: str
    right: str


class Spot(NamedTuple):
    """A place that was only found: as a tuple it stands in the order of its line, as far as `brief` tells it.

    `brief` is the beginning of the line's key: of thousands of lines only those that may stand on the page are written out.
    """

    brief: tuple[str, ...]
    rank: int
    at: int
    start: int
    end: int
    pk: int
    part: PartText


def spots(node: Node, found: Sequence[int], order: Order, width: int) -> Iterator[Spot]:
    """The places of each article in turn, read from the database a few articles at a time."""
    leaves = wanted(node)
    brief = _BRIEF.get(order, _nothing)
    for start in range(0, len(found), CHUNK):
        chunk = found[start : start + CHUNK]
        articles = printed_by_key(chunk)
        for rank, pk in enumerate(chunk, start):
            article = articles.get(pk)
            if article is not None:
                yield from _of_article(article, rank, leaves, brief, width)


def placed(spot: Spot, order: Order, width: int) -> Place:
    """The line of a spot, with its whole key."""
    left, keyword, right = in_context(spot.part.text, Span(spot.start, spot.end), width)
    key = _KEYS[order](left, keyword, right) if order in _KEYS else ()
    return Place(
        key, spot.rank, spot.pk, spot.at, spot.part.part, spot.start, spot.end, left, keyword, right
    )  # fmt: skip


def places(node: Node, found: Sequence[int], order: Order, width: int) -> Iterator[Place]:
    """The lines of each article in turn."""
    return (placed(spot, order, width) for spot in spots(node, found, order, width))


def first_places(met: Sequence[Spot], number: int, order: Order, width: int) -> list[Place]:
    """The first lines in order: written out are those of which the beginnings of the keys do not tell that they come later."""
    if number >= len(met):
        likely: Iterable[Spot] = met
    else:
        last = heapq.nsmallest(number, (spot.brief for spot in met))[-1]
        likely = (spot for spot in met if spot.brief <= last)
    return heapq.nsmallest(number, (placed(spot, order, width) for spot in likely), key=sort_key)


def sort_key(place: Place) -> tuple[object, ...]:
    """What lines are sorted by."""
    return place.key, place.rank, place.at, place.start


_Key = Callable[[str, str, str], tuple[str, ...]]


def _following(left: str, keyword: str, right: str) -> tuple[str, ...]:
    return _sorted_as(right), _sorted_as(left[::-1])


def _before(left: str, keyword: str, right: str) -> tuple[str, ...]:
    return _sorted_as(left[::-1]), _sorted_as(right)


def _itself(left: str, keyword: str, right: str) -> tuple[str, ...]:
    return _sorted_as(keyword), *_following(left, keyword, right)


_KEYS: dict[str, _Key] = {"right": _following, "left": _before, "keyword": _itself}


def _sorted_as(text: str) -> str:
    return folded_pinyin_order(text).replace(" ", "")


#: Text, start and end of a place, and the width of lines, to the beginning of the line's key.
_Brief = Callable[[str, int, int, int], tuple[str, ...]]
#: Characters of the context in it.
_FEW = 2


def _few(context: str, width: int) -> str:
    """The first characters of a context as they are sorted, where blanks are none."""
    few = _sorted_as("".join(context[:_FEW].split()))
    return few if len(few) == _FEW else _sorted_as(_BLANKS.sub(" ", context)[:width])[:_FEW]


def _brief_right(text: str, start: int, end: int, width: int) -> tuple[str, ...]:
    return (_few(text[end : end + 3 * width], width),)


def _brief_left(text: str, start: int, end: int, width: int) -> tuple[str, ...]:
    return (_few(text[max(0, start - 3 * width) : start][::-1], width),)


def _brief_keyword(text: str, start: int, end: int, width: int) -> tuple[str, ...]:
    return _sorted_as(_BLANKS.sub(" ", text[start:end])), *_brief_right(text, start, end, width)


def _nothing(text: str, start: int, end: int, width: int) -> tuple[str, ...]:
    return ()


_BRIEF: dict[str, _Brief] = {"right": _brief_right, "left": _brief_left, "keyword": _brief_keyword}


def _of_article(article: Article, rank: int, leaves: Sequence[Wanted], brief: _Brief, width: int) -> Iterator[Spot]:
    for at, part in enumerate(open_texts(article)):
        for span in _spans(leaves, part):
            start, end = span.start, span.end
            yield Spot(brief(part.text, start, end, width), rank, at, start, end, article.pk, part)


def _spans(leaves: Sequence[Wanted], part: PartText) -> list[Span]:
    """The places of all leaves in their order, each once; none that lies within a longer one."""
    searched = part.searched()
    found = {span for leaf in leaves for span in occurrences(leaf, part, searched)}
    kept: list[Span] = []
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return kept


def in_context(text: str, span: Span, width: int) -> tuple[str, str, str]:
    """Up to `width` printed characters before, the keyword, and up to `width` after; white space as one blank."""
    # Blanks shrink: three times the width holds enough, but for texts that are mostly white space.
    left = _BLANKS.sub(" ", text[max(0, span.start - 3 * width) : span.start])[-width:]
    right = _BLANKS.sub(" ", text[span.end : span.end + 3 * width])[:width]
    return left.lstrip(), _BLANKS.sub(" ", text[span.start : span.end]), right.rstrip()
