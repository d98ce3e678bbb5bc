"""Links of many values of one facet: the address is made once, and each value put into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, quote_plus

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

from archive.search.records import FacetName

from .state import BARRED, SearchState, quoted

Link = Callable[[str], str]
#: What `reverse` leaves as it is in a part of a path.
_PLAIN = "/~:@!$&'()*+,;="
#: Stands for the value while the address is made; of private use, so that hardly anybody types it.
_MARK = "\uf8fe"


def addressed(name: str, *more: str) -> Link:
    """From a value to the address that has it in its path: `reverse(name, args=[value, *more])` for many values."""
    before, after = _around(name, more, get_language(), get_script_prefix() + (get_urlconf() or settings.ROOT_URLCONF))
    return lambda value: before + _in_a_path(value) + after


@lru_cache(maxsize=8192)
def _in_a_path(value: str) -> str:
    return quote(value, safe=_PLAIN)


@lru_cache(maxsize=64)
def _around(name: str, more: tuple[str, ...], _language: str | None, _table: str) -> tuple[str, str]:
    before, after = reverse(name, args=[_MARK, *more]).split(quote(_MARK))
    return before, after


def including(state: SearchState, name: FacetName) -> Link:
    """From a value to the address of the search with it chosen."""
    return _with_value(state, name, "", lambda value: state.including(name, value).query())


def excluding(state: SearchState, name: FacetName) -> Link:
    return _with_value(state, name, BARRED, lambda value: state.excluding(name, value).query())


def choosing(state: SearchState, name: FacetName) -> Link:
    """From a value to the address of the search with it as the only one chosen of its facet: `state.only(name, value)`."""
    parts = state.only(name, _MARK).query().split(quote_plus(_MARK))
    if len(parts) != 2:
        return lambda value: state.only(name, value).query()
    before, after = parts
    excluded = frozenset(state.exclude.get(name, ()))  # they are so no longer when they are chosen
    return lambda value: state.only(name, value).query() if value in excluded else before + quoted(value) + after


def _with_value(state: SearchState, name: FacetName, prefix: str, link: Link) -> Link:
    if state.include.get(name) or state.exclude.get(name):
        return link  # chosen values may hold one another
    before, after = state.around(prefix + name)
    return lambda value: before + quoted(value) + after


def month_links(state: SearchState) -> Link:
    """From a month (2020-02) to the search page with its articles."""
    page, query = reverse("search"), month_queries(state)
    return lambda month: page + query(month)


def month_queries(state: SearchState) -> Link:
    """From a month to the query string of the search within it."""
    parts = state.but(earliest=_MARK, latest=_MARK).query().split(quote_plus(_MARK))
    if len(parts) != 3:  # somebody searched for the mark
        return lambda month: state.but(earliest=month, latest=month).query()
    before, between, after = parts
    return lambda month: before + month + between + month + after
