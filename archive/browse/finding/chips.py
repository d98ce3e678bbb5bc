"""The conditions of a search as chips, each with the link that removes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive.search.facet_table import FacetTable
from archive.search.records import FACETS, FacetName

from .facets import Facet
from .state import SearchState


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    url: str
    excluded: bool = False


def chips(state: SearchState, names: Mapping[tuple[FacetName, str], str]) -> list[Chip]:
    """One chip for each value included or excluded, one for the span of days."""
    made = []
    for filters, excluded in ((state.include, False), (state.exclude, True)):
        for name in FACETS:
            for value in filters.get(name, ()):
                label = names.get((name, value), value)
                made.append(Chip(label, state.without(name, value).query(), excluded))
    if state.earliest or state.latest:
        label = _("%(first)s 至 %(last)s") % {"first": state.earliest or "…", "last": state.latest or "…"}
        made.append(Chip(label, state.but(earliest="", latest="").query()))
    return made


def chosen_names(facets: Sequence[Facet], found: Mapping[FacetName, FacetTable]) -> dict[tuple[FacetName, str], str]:
    """How each chosen value is called on the page: by the facet lists, else by the search."""
    chosen = {name: table for name, table in found.items() if table.chosen}
    names = {(name, one.value): one.label for name, table in chosen.items() for one in table.some(table.chosen)}
    for facet in facets:
        names |= {(facet.name, value): label for value, label in facet.labels.items()}
    return names
