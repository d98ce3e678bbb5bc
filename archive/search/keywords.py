"""Keywords in context: the places of one article after the other, each with its key for sorting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

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


def places(node: Node, found: Sequence[int], order: Order, width: int) -> Iterator[Place]:
    """The places of each article in turn, read from the database a few articles at a time."""
    leaves = wanted(node)
    key = _KEYS.get(order, lambda left, keyword, right: ())
    for start in range(0, len(found), CHUNK):
        chunk = found[start : start + CHUNK]
        articles = printed_by_key(chunk)
        for rank, pk in enumerate(chunk, start):
            article = articles.get(pk)
            if article is not None:
                yield from _of_article(article, rank, leaves, key, width)


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


def _of_article(article: Article, rank: int, leaves: Sequence[Wanted], key: _Key, width: int) -> Iterator[Place]:
    for at, part in enumerate(open_texts(article)):
        for span in _spans(leaves, part):
            left, keyword, right = in_context(part.text, span, width)
            yield Place(
                key(left, keyword, right), rank, article.pk, at, part.part, span.start, span.end,
                left, keyword, right,
            )  # fmt: skip


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
