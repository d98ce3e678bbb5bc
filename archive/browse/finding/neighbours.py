"""Previous · n of N · next: where an article stands in the search that it was opened from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from archive.catalog.models import Article
from archive.search.service import SearchPage
from archive.search.service import search as find

from .state import LAST_PAGE, SearchState


@dataclass(frozen=True, slots=True)
class Walk:
    """`number` of `total`; the addresses are "" at the ends. `back` is the page of results."""

    number: int
    total: int
    back: str
    previous: str
    next: str


def walk(article: Article, query: QueryDict) -> Walk | None:
    """None when the article was not opened from a search, or no longer stands at that place in it."""
    typed = query.get("n", "")
    if not (typed.isascii() and typed.isdecimal() and 0 < len(typed) < 7) or not 0 < int(typed) <= LAST_PAGE:
        return None
    number = int(typed)
    state = SearchState.of(query).but(per_page=20)
    here = _nth(state, number)
    if here.error or not here.results or here.results[0].article.pk != article.pk:
        return None
    suffix = state.query() or "?"

    def link(to: int) -> str:
        if not 1 <= to <= here.total:
            return ""
        found = _nth(state, to)
        joined = f"{suffix}&n={to}" if suffix != "?" else f"?n={to}"
        return reverse("article", args=[found.results[0].article.public_id]) + joined if found.results else ""

    page = (number - 1) // state.per_page + 1
    back = reverse("search") + state.but(page=page).query()
    return Walk(number, here.total, back, link(number - 1), link(number + 1))


def _nth(state: SearchState, number: int) -> SearchPage:
    asked: dict[str, Any] = {
        "include": state.include,
        "exclude": state.exclude,
        "earliest": state.first_day,
        "latest": state.last_day,
        "sort": state.order,
        "synonyms": state.synonyms,
        "copies": state.copies,
    }
    return find(state.q, page=number, per_page=1, facets=(), snippets=0, **asked)
