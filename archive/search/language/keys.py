"""Values of the exact fields: from the name a reader typed to what articles are filed under."""

from __future__ import annotations

from archive.text.fold import fold
from archive.text.script import to_simplified

from ..folded import reading
from ..tree import And, Key, Node, Or, Phrase
from .errors import Alternative, AmbiguousPlace, EmptyField, UnknownOutlet, UnknownPlace, UnknownScript
from .fields import Field
from .vocabulary import Choice, Vocabulary

#: How many of several places a repaired query names.
MOST_ALTERNATIVES = 12

_SCRIPTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("简体", "简", "hans", "simplified"), ("Hans",)),
    **dict.fromkeys(("繁体", "繁", "traditional"), ("Hant", "Hant-converted")),
    "hant": ("Hant",),
    **dict.fromkeys(("转换", "机器转换的繁体", "hant-converted", "converted"), ("Hant-converted",)),
}


def any_of(field: Field, values: tuple[str, ...]) -> Node:
    """The node for a field with any of `values`."""
    assert field.key is not None
    keys = tuple(Key(field.key, value) for value in values)
    return keys[0] if len(keys) == 1 else Or(keys)


def key_node(query: str, start: int, end: int, field: Field, value: str, vocabulary: Vocabulary) -> Node:
    """Return the node for `value` of the exact field `field`; [start, end) is the value in the query.

    Raises EmptyField, UnknownPlace, AmbiguousPlace, UnknownOutlet, UnknownScript.
    """
    assert field.key is not None
    name = reading(" ".join(value.split()))
    if not name:
        raise EmptyField(query, start, end, repaired=_replaced(query, start, end, field, ""))
    if field.key in ("place", "outlet_place"):
        return _place(query, start, end, field, name, vocabulary)
    if field.key == "outlet":
        slugs = tuple(vocabulary.outlets(name))
        if not slugs:
            raise UnknownOutlet(query, start, end, repaired=_replaced(query, start, end, field, name), name=name)
        return any_of(field, slugs)
    if field.key == "script":
        scripts = _SCRIPTS.get(fold(to_simplified(name)))
        if scripts is None:
            raise UnknownScript(query, start, end, repaired=_replaced(query, start, end, field, ""), name=name)
        return any_of(field, scripts)
    return Key(field.key, " ".join(value.split()))


def _place(query: str, start: int, end: int, field: Field, name: str, vocabulary: Vocabulary) -> Node:
    choices = vocabulary.places(name)
    if not choices:
        raise UnknownPlace(query, start, end, repaired=_replaced(query, start, end, field, name), name=name)
    if len(choices) == 1:
        return _in_place(field, choices[0])

    def with_place(value: str) -> str:
        return query[:start] + value + query[end:]

    if any(choice.township for choice in choices):
        repaired = _replaced(query, start, end, field, name)
    else:
        everywhere = dict.fromkeys(code for choice in choices[:MOST_ALTERNATIVES] for code in choice.values)
        repaired = with_place(f"({' OR '.join(everywhere)})")
    alternatives = tuple(Alternative(choice.label, with_place(choice.typed)) for choice in choices)
    raise AmbiguousPlace(query, start, end, repaired=repaired, alternatives=alternatives, name=name)


def _in_place(field: Field, choice: Choice) -> Node:
    units = any_of(field, choice.values)
    if not choice.township or field.key != "place":
        return units
    named = Phrase(choice.township)
    return And((units, Or((named, *(Key("id", one) for one in choice.filed))) if choice.filed else named))


def _replaced(query: str, start: int, end: int, field: Field, text: str) -> str:
    """The query with field name and value replaced by plain `text` (inside a group: the value alone)."""
    before = query[:start].rstrip()
    colon = max(before.rfind(":"), before.rfind("："))
    if colon == len(before) - 1 and colon >= 0:
        name = colon
        while name > 0 and (before[name - 1].isalnum()):
            name -= 1
        before = before[:name]
    else:
        before = query[:start]
    return f"{before}{text}{query[end:]}"
