"""Articles: search, record, citations, concordance."""

from __future__ import annotations

from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router

from archive.catalog.models import Article
from archive.search.concordance import Line, concordance
from archive.search.records import FacetName
from archive.search.service import Result, SearchPage

from ..citations.machine import csl
from ..citations.piece import permanent_address, piece_of
from ..reading.record import places_of, published_of, record, source_of, tombstone_record
from ..selectors.articles import Tombstone, find_article
from . import schemas
from .cursors import next_address, number_of, place_of
from .problems import Problem, bad_parameter
from .questions import Ordered, Paged, asked, refuse, told

router = Router(tags=["articles"])


class ArticlesQuestion(Ordered):
    facets: list[FacetName] = Field([], max_length=6, description="筛选项，给出各值篇数 · facets to count")
    snippets: int = Field(0, ge=0, le=5, description="每篇至多几段摘录 · snippets an article")


class ConcordanceQuestion(Paged):
    q: str = Field(description="检索式，必填 · query, needed")
    order: Literal["left", "right", "keyword", "newest", "oldest"] = Field(
        "right", description="行的次序 · order of lines"
    )
    width: int = Field(20, ge=5, le=60, description="两侧各多少字 · characters on each side")


def readable(public_id: str) -> Article:
    """The article that readers may see. Raises Problem for a tombstone, Http404 for an unknown one."""
    found = find_article(public_id)
    if isinstance(found, Tombstone):
        members = tombstone_record(found.takedown)
        raise Problem("gone", 410, _("这篇文章已撤下：%(reason)s") % {"reason": found.takedown.reason}, **members)
    return found


def found_of(result: Result) -> dict[str, Any]:
    article = result.article
    version = article.current_version
    assert version is not None
    return {
        "id": article.public_id,
        "address": permanent_address(article.public_id),
        "record": settings.SITE_URL + reverse("record", args=[article.public_id]),
        "sample": article.is_sample,
        "access": article.access,
        "title": version.title_as_printed or version.title or None,
        "published": published_of(version),
        "outlet": source_of(article.outlet),
        "places": places_of(version),
        "topics": list(version.topics),
        "score": result.score,
        "snippets": [
            {
                "text": one.text,
                "part": one.part,
                "marks": [{"start": mark.start, "end": mark.end} for mark in one.marks],
            }
            for one in result.snippets
        ],
    }


def _page(request: HttpRequest, question: Ordered, **more: Any) -> tuple[SearchPage, dict[str, Any]]:
    """One page of a search, and what every answer says of it. Past the end there is nothing."""
    number = number_of(place_of(request, question.cursor))
    found = asked(question, question.state(sort=question.sort or ""), page=number, per_page=question.per_page, **more)
    following = next_address(request, [str(number + 1)]) if found.page == number < found.pages else None
    return found, {
        "total": found.total,
        "next": following,
        "asked": found.explanation.sentence,
        "notices": told(question.sample, found.notices),
        "items": [],
        "past": found.page != number,
    }


@router.get("/articles", response=schemas.Articles, summary="Search articles", operation_id="searchArticles")
def articles(request: HttpRequest, question: Query[ArticlesQuestion]) -> dict[str, Any]:
    found, said = _page(request, question, facets=question.facets, snippets=question.snippets)
    facets = {
        name: [
            {"value": one.value, "label": one.label, "count": one.count} for one in table.some(list(table.counts)[:200])
        ]
        for name, table in found.facets.items()
    }
    past = said.pop("past")
    return {**said, "items": [] if past else [found_of(one) for one in found.results], "facets": facets}


@router.get(
    "/citations", response=schemas.Citations, summary="Citations of a search, CSL-JSON", operation_id="citations"
)
def citations(request: HttpRequest, question: Query[Ordered]) -> dict[str, Any]:
    found, said = _page(request, question)
    past = said.pop("past")
    return {**said, "items": [] if past else [_csl(one.article) for one in found.results]}


def _csl(article: Article) -> dict[str, Any]:
    assert article.current_version is not None
    return csl(piece_of(article, article.current_version))


@router.get(
    "/articles/{public_id}", response=schemas.ArticleRecord, summary="The record of an article", operation_id="article"
)
def article(request: HttpRequest, public_id: str) -> dict[str, Any]:
    one = readable(public_id)
    assert one.current_version is not None
    return record(one, one.current_version)


@router.get(
    "/articles/{public_id}/citation",
    response=list[schemas.CslItem],
    summary="The citation of an article, CSL-JSON",
    operation_id="citation",
)
def citation(request: HttpRequest, public_id: str) -> list[dict[str, Any]]:
    return [_csl(readable(public_id))]


def _line(line: Line) -> dict[str, Any]:
    return {
        "article": line.article.public_id,
        "address": permanent_address(line.article.public_id),
        "part": line.part,
        "start": line.start,
        "end": line.end,
        "left": line.left,
        "keyword": line.keyword,
        "right": line.right,
    }


@router.get("/concordance", response=schemas.ConcordanceLines, summary="Keyword in context", operation_id="concordance")
def lines(request: HttpRequest, question: Query[ConcordanceQuestion]) -> dict[str, Any]:
    if not question.q.strip():
        raise bad_parameter("q", _("上下文检索要有检索式。"))
    number = number_of(place_of(request, question.cursor))
    state = question.state()
    found = concordance(
        state.q, include=state.include, exclude=state.exclude, earliest=state.first_day, latest=state.last_day,
        synonyms=state.synonyms, copies=state.copies, with_sample=question.sample, order=question.order, width=question.width,
        page=number, per_page=question.per_page,
    )  # fmt: skip
    refuse(found.error)
    return {
        "total": found.total,
        "next": next_address(request, [str(number + 1)]) if found.page == number < found.pages else None,
        "asked": found.explanation.sentence,
        "notices": told(question.sample, found.notices),
        "articles": found.articles,
        "whole": found.whole,
        "items": [_line(one) for one in found.lines] if found.page == number else [],
    }
