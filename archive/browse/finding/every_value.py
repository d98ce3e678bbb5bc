"""Every value of one facet, filtered by what is typed, in an order."""

from __future__ import annotations

from archive.places.names import Language, chain_names
from archive.search.facet_table import FacetTable, FacetValue
from archive.search.folded import name_key
from archive.text.collation import pinyin_order

from .facets import LABELS, Choice
from .links import excluding, including
from .state import SearchState

#: By articles, by name (pinyin order), by day.
ORDERS = ("count", "name", "date")


def every_value(
    state: SearchState, table: FacetTable, typed: str, order: str, base: str, language: Language
) -> list[Choice]:
    """The values that any article of the search has, or that are chosen; only those whose name holds `typed`.

    `base` stands before each address. `typed` may be in either script.
    """
    name = table.name
    add, bar = including(state, name), excluding(state, name)
    wanted = name_key(typed) if typed else ""
    made = []
    for one in table.some(value for value, number in table.counts.items() if number or value in table.chosen):
        label = _label(table, one, language)
        if wanted and wanted not in name_key(label):
            continue
        chosen = one.included or one.excluded
        url = state.without(name, one.value).query() if chosen else add(one.value)
        made.append(Choice(one.value, label, one.count, base + url, base + bar(one.value), one.included, one.excluded))
    if order == "name":
        made.sort(key=lambda one: pinyin_order(one.label))
    elif order == "date":
        made.sort(key=lambda one: one.value.replace("~", "\uffff"))
    else:
        made.sort(key=lambda one: -one.count)
    return made


def _label(table: FacetTable, one: FacetValue, language: Language) -> str:
    if table.name in ("place", "outlet_place"):
        try:
            names = chain_names(one.value, language)
        except KeyError:
            return one.label
        return " › ".join(names) or one.label
    return LABELS[table.name](one)
