"""Links of many values of one facet: the address is made once, and each value put into it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote_plus

from django.urls import reverse

from archive.search.records import FacetName

from .state import SearchState

Link = Callable[[str], str]
#: Stands for the value while the address is made; of private use, so that hardly anybody types it.
_MARK = "\uf8fe"


def including(state: SearchState, name: FacetName) -> Link:
    """From a value to the address of the search with it chosen."""
    return _with_value(state, name, lambda value: state.including(name, value).query())


def excluding(state: SearchState, name: FacetName) -> Link:
    return _with_value(state, name, lambda value: state.excluding(name, value).query())


def _with_value(state: SearchState, name: FacetName, link: Link) -> Link:
    if state.include.get(name) or state.exclude.get(name):
        return link  # chosen values may hold one another
    parts = link(_MARK).split(quote_plus(_MARK))
    if len(parts) != 2:
        return link
    before, after = parts
    return lambda value: before + quote_plus(value) + after


def month_links(state: SearchState) -> Link:
    """From a month (2020-02) to the search page with its articles."""
    before, between, after = (reverse("search") + state.but(earliest=_MARK, latest=_MARK).query()).split(
        quote_plus(_MARK)
    )
    return lambda month: before + month + between + month + after
