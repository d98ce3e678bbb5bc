"""The concordance: every place that a search is about, in one line with what stands before and after it.

Keyword in context, in printed characters. Lines are sorted by what follows or by what goes before
(read backwards from the keyword), in the order of pinyin, whatever the script of the article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from typing import get_args

from django.utils.translation import gettext

from archive.catalog.models import Article
from archive.catalog.reading import articles_by_key, cards_by_key

from . import engines as engine
from .budget import spend
from .explain import Explanation
from .highlights import wanted
from .keywords import CHUNK, Order, Place, first_places, places, sort_key, spots
from .language import QueryError
from .records import Copies, FacetName, Request, Sort
from .service import UNSHOWN, Evaluate, SearchPage, told_state, understood
from .tree import Part

#: Characters of context on each side.
NARROWEST, WIDEST = 5, 60
MOST_PER_PAGE = 200
#: Lines that one page sorts, and articles read for it; a download has no such limit.
MOST_LINES = 20_000
MOST_ARTICLES = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """One place. On a page what a card prints of its article is read, of a download all. `start`, `end`: where the keyword stands in the printed text of its part (the `number`th
    caption, from 0, where the part is a caption); `left` and `right`: at most `width` printed characters
    before and after, white space and paragraph ends as one blank."""

    article: Article
    part: Part
    number: int
    start: int
    end: int
    left: str
    keyword: str
    right: str


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """`total` lines in `articles` articles. `whole` is False when there are more articles than one page can
    sort: total and lines are then those of the first `MOST_ARTICLES` in the order of the search, and a
    notice says so. With an `error` there are no lines."""

    query: str
    total: int = 0
    articles: int = 0
    lines: tuple[Line, ...] = ()
    explanation: Explanation = field(default_factory=lambda: Explanation(""))
    error: QueryError | None = None
    notices: tuple[str, ...] = ()
    include: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    order: Order = "right"
    width: int = 20
    whole: bool = True
    page: int = 1
    pages: int = 1
    per_page: int = 50

    @property
    def first(self) -> int:
        """Number of the first line shown, from 1; 0 when there is none."""
        return (self.page - 1) * self.per_page + 1 if self.lines else 0

    @property
    def last(self) -> int:
        return self.first + len(self.lines) - 1 if self.lines else 0


def concordance(
    query: str,
    *,
    include: Mapping[FacetName, Iterable[str]] | None = None,
    exclude: Mapping[FacetName, Iterable[str]] | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    synonyms: bool = True,
    copies: Copies = "all",
    with_sample: bool = True,
    order: str = "right",
    width: int = 20,
    page: int = 1,
    per_page: int = 50,
    evaluate: Evaluate | None = None,
) -> ConcordancePage:
    """One page of lines for any query. Raises nothing for what readers can type or put into an address.

    A query that is about no characters (places and dates alone) has no lines, and a notice says so.
    Of an article that is open in snippets only there are the lines of its title and excerpt.
    """
    asked = understood(
        query, include=include, exclude=exclude, earliest=earliest, latest=latest,
        sort=_search_order(order), synonyms=synonyms, copies=copies,
    )  # fmt: skip
    chosen, notices = _known_order(order)
    width = min(max(width, NARROWEST), WIDEST)
    size = min(max(per_page, 1), MOST_PER_PAGE)
    answer = ConcordancePage(
        query, explanation=asked.explanation, error=asked.error, notices=(*asked.notices, *notices),
        include=asked.include, exclude=asked.exclude, order=chosen, width=width, per_page=size,
    )  # fmt: skip
    if asked.node is None:
        return answer
    if not wanted(asked.node):
        told = gettext("上下文检索要有词或原文：只有地区、日期等条件时没有可列的行。")
        return replace(answer, notices=(*answer.notices, told))
    found, state = _articles(asked, with_sample, evaluate, MOST_ARTICLES + 1)
    whole = len(found) <= MOST_ARTICLES
    met = list(islice(spots(asked.node, found[:MOST_ARTICLES], chosen, width), MOST_LINES + 1))
    if len(met) > MOST_LINES:
        whole = False
        met.pop()
    notices = [*answer.notices, *state]
    if not whole:
        notices.append(
            gettext("出处太多：只排列了前 %(count)d 处。请加上条件缩小范围，或者下载全部。") % {"count": len(met)}
        )
    pages = max(-(-len(met) // size), 1)
    page = min(max(page, 1), pages)
    ordered = first_places(met, page * size, chosen, width)
    return replace(
        answer,
        notices=tuple(notices),
        total=len(met),
        articles=len({spot.pk for spot in met}),
        lines=tuple(_lines(ordered[(page - 1) * size : page * size], partial(cards_by_key, places=False))),
        whole=whole,
        page=page,
        pages=pages,
    )


def concordance_lines(
    query: str,
    *,
    include: Mapping[FacetName, Iterable[str]] | None = None,
    exclude: Mapping[FacetName, Iterable[str]] | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    synonyms: bool = True,
    copies: Copies = "all",
    with_sample: bool = True,
    order: str = "right",
    width: int = 20,
    evaluate: Evaluate | None = None,
) -> Iterator[Line]:
    """Every line, for a download; raises QueryError at once for a query that cannot be read.

    By article the lines come as articles are read; sorted by context they are held in memory first
    (some hundred bytes a line), articles are still read a few at a time.
    """
    asked = understood(
        query, include=include, exclude=exclude, earliest=earliest, latest=latest,
        sort=_search_order(order), synonyms=synonyms, copies=copies,
    )  # fmt: skip
    if asked.error is not None:
        raise asked.error
    assert asked.node is not None
    found, _state = _articles(asked, with_sample, evaluate, None)
    chosen, _notices = _known_order(order)
    met: Iterable[Place] = places(asked.node, found, chosen, min(max(width, NARROWEST), WIDEST))
    if chosen in ("left", "right", "keyword"):
        met = sorted(met, key=sort_key)
    return _lines(met, partial(articles_by_key, without=UNSHOWN))


def _known_order(order: str) -> tuple[Order, list[str]]:
    chosen = next((one for one in get_args(Order) if one == order), None)
    return (chosen, []) if chosen else ("right", [gettext("没有这种排序，已按右侧文字排列。")])


def _search_order(order: str) -> Sort:
    return next((one for one in get_args(Sort) if one == order), "newest")


def _articles(
    asked: SearchPage, with_sample: bool, evaluate: Evaluate | None, most: int | None
) -> tuple[list[int], list[str]]:
    """Primary keys of what the search finds, in its order, and what readers must know of the index."""
    assert asked.node is not None
    request = Request(
        node=asked.node, include=dict(asked.include), exclude=dict(asked.exclude), earliest=asked.earliest,
        latest=asked.latest, sort=asked.sort, limit=most, with_sample=with_sample, copies=asked.copies,
    )  # fmt: skip
    response = (evaluate or engine.evaluate)(request)
    return [hit.article_id for hit in response.hits], told_state(response)


_Reading = Callable[[Iterable[int]], dict[int, Article]]


def _lines(met: Iterable[Place], read: _Reading) -> Iterator[Line]:
    """Places with their articles, which are read as they are needed; those withdrawn meanwhile are left out."""
    batch: list[Place] = []
    for place in met:
        batch.append(place)
        if len(batch) == CHUNK:
            yield from _with_articles(batch, read)
            batch = []
    yield from _with_articles(batch, read)


def _with_articles(batch: Sequence[Place], read: _Reading) -> Iterator[Line]:
    spend()
    articles = read(place.pk for place in batch)
    for one in batch:
        article = articles.get(one.pk)
        if article is not None:
            yield Line(article, one.part, max(one.at - 2, 0), one.start, one.end, one.left, one.keyword, one.right)
