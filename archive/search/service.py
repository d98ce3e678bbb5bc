"""The one door for pages, commands and the API: from what a reader asked to a page of results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, get_args

from django.utils.translation import gettext, gettext_noop

from archive.catalog.models import Article
from archive.catalog.reading import articles_by_key, cards_by_key

from . import engines as engine
from . import facet_values
from .budget import spend
from .corrections import did_you_mean
from .explain import Explanation, explain
from .facet_table import FacetTable
from .highlights import wanted
from .language import QueryError, parse
from .language.terms import NO_VARIANTS
from .records import FACETS, Copies, FacetName, Request, Response, Snippet, Sort, Span, State
from .snippets import snippets_of, title_marks_of
from .thesaurus import thesaurus
from .tree import And, Dates, Everything, Node, Not, Or
from .vocabulary import CatalogVocabulary

Evaluate = Callable[[Request], Response]

#: Results on one page, at most.
MOST_PER_PAGE = 100
#: Articles read from the database at a time when all results are asked for.
_CHUNK = 200
#: What readers are told of an index that cannot answer in full.
_STATES: Mapping[State, str] = {
    "building": gettext_noop("检索索引正在建立，结果可能还不齐全。"),
    "unreachable": gettext_noop("检索服务暂时连接不上，请稍后再试。文章仍可按地区、日期和媒体浏览。"),
    "damaged": gettext_noop("检索索引已损坏，重建之前检索不到任何内容。文章仍可按地区、日期和媒体浏览。"),
}
#: The blocks repeat the body, in JSON; no list shows them.
UNSHOWN = ("current_version__blocks", "current_version__furniture")


@dataclass(frozen=True, slots=True)
class Result:
    """One article found; `copies`: how many printings of its story were found, where stories were asked for. Marks are places in the printed title and within each snippet's text."""

    article: Article
    score: float
    title_marks: tuple[Span, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    copies: int = 1


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search gave. With an `error` there are no results and the sentence is the error's.

    `include` and `exclude` hold the values that were used; unknown ones are told in `notices`.
    `page` is the page shown, which is the last one when a later one was asked for.
    """

    query: str
    total: int = 0
    results: tuple[Result, ...] = ()
    facets: Mapping[FacetName, FacetTable] = field(default_factory=dict)
    explanation: Explanation = field(default_factory=lambda: Explanation(""))
    error: QueryError | None = None
    notices: tuple[str, ...] = ()
    node: Node | None = None
    include: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    earliest: date | None = None
    latest: date | None = None
    sort: Sort = "relevance"
    synonyms: bool = True
    copies: Copies = "all"
    page: int = 1
    pages: int = 1
    per_page: int = 20
    did_you_mean: str | None = None

    @property
    def first(self) -> int:
        """Number of the first result shown, from 1; 0 when there is none."""
        return (self.page - 1) * self.per_page + 1 if self.results else 0

    @property
    def last(self) -> int:
        return self.first + len(self.results) - 1 if self.results else 0


def search(
    query: str,
    *,
    include: Mapping[FacetName, Iterable[str]] | None = None,
    exclude: Mapping[FacetName, Iterable[str]] | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    sort: str = "relevance",
    page: int = 1,
    per_page: int | None = 20,
    synonyms: bool = True,
    copies: Copies = "all",
    facets: Sequence[FacetName] = FACETS,
    snippets: int = 3,
    with_sample: bool = True,
    most_per_page: int = MOST_PER_PAGE,
    correct: bool = False,
    whole: bool = True,
    evaluate: Evaluate | None = None,
) -> SearchPage:
    """Answer a search. Raises nothing for what readers can type or put into an address.

    `evaluate` is another engine than the one behind haystack (tests). `per_page` None shows all results
    on one page. `snippets`: how many an article at most. `correct` looks for another spelling where little
    was found (`did_you_mean`). `copies`: see records. `whole` False: of the articles only what a card in a list prints is
    read. The number of database queries does not depend on the number of results of a page.
    """
    answer = understood(
        query, include=include, exclude=exclude, earliest=earliest, latest=latest, sort=sort, synonyms=synonyms,
        copies=copies,
    )  # fmt: skip
    size = min(max(per_page, 1), most_per_page) if per_page is not None else None
    answer = replace(answer, per_page=size or most_per_page)
    if answer.node is None:
        return answer
    node = answer.node
    request = Request(
        node=node, include=dict(answer.include), exclude=dict(answer.exclude), earliest=answer.earliest,
        latest=answer.latest, sort=answer.sort, offset=(max(page, 1) - 1) * size if size else 0, limit=size,
        facets=tuple(facets), with_sample=with_sample, copies=answer.copies,
    )  # fmt: skip
    answer_to = evaluate or engine.evaluate
    response = answer_to(request)
    pages = max(-(-response.total // size), 1) if size else 1
    page = min(max(page, 1), pages)
    if size and request.offset >= response.total > 0:  # beyond the end: the last page
        response = answer_to(replace(request, offset=(page - 1) * size))
    return replace(
        answer,
        did_you_mean=_spelling(answer, response.total, answer_to, with_sample) if correct else None,
        notices=(*answer.notices, *told_state(response)),
        total=response.total,
        results=_results(node, response, snippets, whole),
        facets=_facets(response, answer.include, answer.exclude),
        page=page,
        pages=pages,
        per_page=size or max(response.total, 1),
    )


def count(query: str, *, evaluate: Evaluate | None = None, **filters: Any) -> SearchPage:
    """How many articles a search finds, and its sentence; no article is read. `filters` as of `understood`."""
    return _counted(query, evaluate, filters, limit=0)[0]


def found_keys(
    query: str,
    *,
    among: Sequence[int] | None = None,
    with_sample: bool = True,
    evaluate: Evaluate | None = None,
    **filters: Any,
) -> tuple[SearchPage, list[int]]:
    """The same with the primary keys of all articles found, in the order of the search; `among`: see records."""
    named = None if among is None else tuple(among)
    answer, response = _counted(query, evaluate, filters, limit=None, among=named, with_sample=with_sample)
    return answer, [hit.article_id for hit in response.hits]


def _counted(
    query: str, evaluate: Evaluate | None, filters: dict[str, Any], **asked: Any
) -> tuple[SearchPage, Response]:
    answer = understood(query, **filters)
    if answer.node is None:
        return answer, Response(0, ())
    request = Request(
        node=answer.node, include=dict(answer.include), exclude=dict(answer.exclude), earliest=answer.earliest,
        latest=answer.latest, sort=answer.sort, copies=answer.copies, **asked,
    )  # fmt: skip
    response = (evaluate or engine.evaluate)(request)
    return replace(answer, total=response.total, notices=(*answer.notices, *told_state(response))), response


def understood(
    query: str,
    *,
    include: Mapping[FacetName, Iterable[str]] | None = None,
    exclude: Mapping[FacetName, Iterable[str]] | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    sort: str = "relevance",
    synonyms: bool = True,
    copies: Copies = "all",
) -> SearchPage:
    """What a search asks, before any engine has answered: its tree and its sentence, or the error."""
    notices: list[str] = []
    included, excluded = _filters(include, notices), _filters(exclude, notices)
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
        notices.append(gettext("起止日期的先后已对调。"))
    order: Sort = next((one for one in get_args(Sort) if one == sort), "relevance")
    if order != sort:
        notices.append(gettext("没有这种排序，已按相关程度排列。"))
    vocabulary = CatalogVocabulary()
    answer = SearchPage(
        query, include=included, exclude=excluded, earliest=earliest, latest=latest,
        sort=order, synonyms=synonyms, copies=copies, notices=tuple(notices),
    )  # fmt: skip
    try:
        node = parse(query, vocabulary=vocabulary, thesaurus=thesaurus() if synonyms and query.strip() else NO_VARIANTS)
    except QueryError as error:
        return replace(answer, error=error, explanation=Explanation(error.sentence))
    return replace(answer, node=node, explanation=explain(_told(node, answer), vocabulary))


def _spelling(answer: SearchPage, total: int, evaluate: Evaluate, with_sample: bool) -> str | None:
    """Another spelling of the query that finds more under the same filters."""
    vocabulary = CatalogVocabulary()

    def count(query: str) -> int:
        try:
            node = parse(query, vocabulary=vocabulary)
        except QueryError:
            return 0
        request = Request(
            node, include=dict(answer.include), exclude=dict(answer.exclude), earliest=answer.earliest,
            latest=answer.latest, limit=0, with_sample=with_sample, copies=answer.copies,
        )  # fmt: skip
        return evaluate(request).total

    return did_you_mean(answer.query, total, count)


def told_state(response: Response) -> list[str]:
    """What readers must know of an index that could not answer in full."""
    return [gettext(_STATES[response.state])] if response.state in _STATES else []


def _filters(asked: Mapping[FacetName, Iterable[str]] | None, notices: list[str]) -> dict[FacetName, tuple[str, ...]]:
    """The known values of each facet; a notice for the others."""
    filters: dict[FacetName, tuple[str, ...]] = {}
    for name, values in (asked or {}).items():
        if name not in FACETS:
            notices.append(gettext("没有叫“%(name)s”的筛选，已忽略。") % {"name": name[:40]})
            continue
        good, bad = facet_values.known(name, values)
        notices += [gettext("筛选值“%(value)s”不存在，已忽略。") % {"value": value[:40]} for value in bad[:5]]
        if good:
            filters[name] = good
    return filters


def _results(node: Node, response: Response, count: int, whole: bool) -> tuple[Result, ...]:
    """Articles in the order of the hits. What is no longer for readers is left out, whatever the index says."""
    results: list[Result] = []
    hits, leaves = response.hits, wanted(node)
    for start in range(0, len(hits), _CHUNK):
        chunk = hits[start : start + _CHUNK]
        keys = [hit.article_id for hit in chunk]
        articles = articles_by_key(keys, without=UNSHOWN) if whole else cards_by_key(keys, text=count > 0)
        for hit in chunk:
            article = articles.get(hit.article_id)
            if article is not None:
                spend()
                shown = snippets_of(leaves, article, count) if count else ()
                copies = response.copies.get(hit.article_id, 1)
                results.append(Result(article, hit.score, title_marks_of(leaves, article), shown, copies))
    return tuple(results)


def _facets(
    response: Response, include: Mapping[FacetName, tuple[str, ...]], exclude: Mapping[FacetName, tuple[str, ...]]
) -> dict[FacetName, FacetTable]:
    return {
        name: FacetTable(name, counts, include.get(name, ()), exclude.get(name, ()))
        for name, counts in response.facets.items()
    }


def _told(node: Node, page: SearchPage) -> Node:
    """The query with its filters as one tree, for the sentence."""
    parts: list[Node] = [node] if not isinstance(node, Everything) else []
    for name, values in page.include.items():
        choice = tuple(facet_values.node_for(name, value) for value in values)
        parts.append(choice[0] if len(choice) == 1 else Or(choice))
    if page.earliest or page.latest:
        parts.append(Dates(page.earliest, page.latest))
    for name, values in page.exclude.items():
        parts += [Not(facet_values.node_for(name, value)) for value in values]
    if not parts:
        return Everything()
    flat = [part for one in parts for part in (one.parts if isinstance(one, And) else (one,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))
