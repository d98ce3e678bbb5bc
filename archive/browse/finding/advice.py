"""Where a search finds nothing: whether the archive holds nothing of the kind, or only not these words; and what would find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.places.gazetteer import gazetteer
from archive.search import facet_values
from archive.search.language.fields import field_named
from archive.search.records import FACETS
from archive.search.service import SearchPage, count

from .state import SearchState

#: Searches that are tried before the page is written, and changes that it offers.
_MOST_TRIED, _MOST_SHOWN = 16, 8
_QUOTES = re.compile(r"[\"“”「」『』＂]")
#: A query with these is more than words in a row: no word is taken out of it.
_OPERATORS = re.compile(r"[()（）\"“”「」~*]|(?:^|\s)(?:-|OR\b|AND\b|NOT\b)")
#: Fields that say of what place, time or outlet a piece is, not what it says.
_SCOPES = {"place", "outlet", "outlet_place", "topic", "date"}


@dataclass(frozen=True, slots=True)
class Change:
    """Another search: what was changed, how many articles it finds, and its address."""

    words: str
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class Advice:
    """`uncovered`: conditions, each in a sentence, of which the archive holds no article at all.

    `scope` is what it holds within all conditions but the words, None where the search has none or nothing is held.
    `quoted` tells that a quotation or nearness was asked for: its words may each be held.
    """

    uncovered: tuple[str, ...]
    scope: Change | None
    changes: tuple[Change, ...]
    quoted: bool = False


def advice(state: SearchState) -> Advice:
    """For a search that can be read and finds nothing. Counts other searches; no article is read."""
    words, conditions = _divided(state.q)
    scope = state.but(q=" ".join(conditions))
    held = _count(scope) if not scope.empty and scope != state else None
    uncovered: list[str] = []
    if not scope.empty and (held is None or not held.total):
        alone = [(one, _count(one)) for one in _each_alone(scope, conditions)]
        uncovered = [found.explanation.sentence for _one, found in alone if not found.total and not found.error]
        uncovered = uncovered or [(held or _count(scope)).explanation.sentence]
    within = None
    if held is not None and held.total:
        within = Change(held.explanation.sentence, held.total, scope.query() or "?")
    changes = tuple(_finding(_changes(state, words, conditions)))
    return Advice(tuple(dict.fromkeys(uncovered)), within, changes, quoted=bool(_QUOTES.search(state.q)))


def _count(state: SearchState) -> SearchPage:
    return count(
        state.q, include=state.include, exclude=state.exclude, earliest=state.first_day, latest=state.last_day,
        synonyms=state.synonyms, copies=state.copies,
    )  # fmt: skip


def _divided(query: str) -> tuple[list[str], list[str]]:
    """The words of a plain query, and its conditions (地区:四川). One that is not plain is all one word."""
    pieces = query.split()
    conditions = [one for one in pieces if _is_condition(one)]
    rest = [one for one in pieces if one not in conditions]
    if _OPERATORS.search(query):
        return ([query] if query else []), []
    return rest, conditions


def _is_condition(piece: str) -> bool:
    name, colon, value = piece.replace("：", ":").partition(":")
    field = field_named(name) if colon and value else None
    return field is not None and (field.key or field.kind) in _SCOPES


def _each_alone(scope: SearchState, conditions: Iterable[str]) -> Iterator[SearchState]:
    for name in FACETS:
        if scope.include.get(name):
            yield SearchState(include={name: scope.include[name]})
    if scope.earliest or scope.latest:
        yield SearchState(earliest=scope.earliest, latest=scope.latest)
    for one in conditions:
        yield SearchState(q=one)


def _changes(state: SearchState, words: list[str], conditions: list[str]) -> Iterator[tuple[str, SearchState]]:
    """Other searches, those that change least first."""
    if state.copies == "originals":
        yield _("也找转载"), state.but(copies="all")
    if not state.synonyms:
        yield _("也找同义的写法"), state.but(synonyms=True)
    if _QUOTES.search(state.q):
        yield _("不要求逐字相同：去掉引号"), state.but(q=" ".join(_QUOTES.sub(" ", state.q).split()))
    for filters, excluded in ((state.include, False), (state.exclude, True)):
        for name in FACETS:
            names = facet_values.labels(name, filters.get(name, ())) if filters.get(name) else {}
            for value, label in names.items():
                said = _("不再排除“%(name)s”") if excluded else _("去掉条件“%(name)s”")
                yield said % {"name": label}, state.without(name, value)
                unit = gazetteer().unit(value) if name == "place" and not excluded else None
                if unit is not None and unit.parent is not None:
                    above = unit.parent
                    wider = facet_values.labels("place", [above.code])[above.code]
                    yield (
                        _("放宽到“%(name)s”") % {"name": wider},
                        state.without(name, value).including(name, above.code),
                    )
    if state.earliest or state.latest:
        yield _("不限日期"), state.but(earliest="", latest="")
    pieces = [*words, *conditions]
    if len(pieces) > 1:
        for one in pieces:
            kept = " ".join(piece for piece in state.q.split() if piece != one)
            yield _("去掉“%(name)s”") % {"name": one}, state.but(q=kept)
    if state.filtered and state.q:
        yield (
            _("去掉全部筛选条件"),
            SearchState(q=state.q, synonyms=state.synonyms, sort=state.sort, copies=state.copies),
        )


def _finding(changes: Iterable[tuple[str, SearchState]]) -> Iterator[Change]:
    """Those that find something, each once."""
    shown, seen = 0, set()
    for number, (words, state) in enumerate(changes):
        address = state.query() or "?"
        if number >= _MOST_TRIED or shown >= _MOST_SHOWN:
            return
        if address in seen:
            continue
        seen.add(address)
        found = _count(state)
        if found.total and not found.error:
            shown += 1
            yield Change(words, found.total, address)
