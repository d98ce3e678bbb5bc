"""What the file states of itself goes before what was read from the text; each with its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archive.text.script import to_simplified

from .given_places import UnknownPlace, place_named
from .readers import Given
from .records import ArticleDraft, Basis, EvidenceFound, Passage, PlaceFound, Published

_PLAIN = ("source_line", "page_label", "dateline", "outlet_region", "editors", "topics")
_NAMES = ("outlet", "publisher", "original_source")


def apply(draft: ArticleDraft, given: dict[str, Given]) -> str:
    """Put the given fields over the draft's. Returns the problems as a sentence, "" when there are none."""
    problem = ""
    for name, fact in given.items():
        if name == "about":
            try:
                _place(draft, fact)
            except UnknownPlace as error:
                problem += f"“{fact.rule.partition(' ')[2]}”：{error}"
            continue
        if not _set(draft, name, fact.value):
            continue
        _state(draft, name, fact, _shown(fact.value))
    _settle_outlet(draft, given)
    return problem


def default_outlet(draft: ArticleDraft, name: str) -> None:
    """Whoever uploaded says who printed it: counts where the piece names nobody."""
    if draft.outlet or draft.publisher:
        return
    draft.outlet = draft.publisher = name
    draft.evidence.append(EvidenceFound("outlet", name, "batch 媒体", None, None, name, 1.0, "editor"))


def _set(draft: ArticleDraft, name: str, value: Any) -> bool:
    if name == "title":
        draft.title = _simplified(draft, str(value))
        draft.title_as_printed = str(value) if value != draft.title else None
    elif name == "title_as_printed":
        draft.title_as_printed = str(value) if value != draft.title else None
    elif name in _NAMES:
        setattr(draft, name, _simplified(draft, str(value)))
        if name == "outlet":
            draft.outlet_as_printed = str(value) if value != draft.outlet else None
    elif name in _PLAIN:
        setattr(draft, name, value)
    elif name == "authors":
        draft.authors = [replace(author, name=_simplified(draft, author.name)) for author in value]
    elif name == "captions":
        draft.captions = [Passage("caption", text, 0, 0) for text in value]
    elif name == "published":
        draft.published = value
    else:
        return False
    return True


def _place(draft: ArticleDraft, fact: Given) -> None:
    found = fact.value if isinstance(fact.value, PlaceFound) else place_named(str(fact.value))
    draft.about = found
    draft.places = [found, *(replace(p, role="other") for p in draft.places if p.names != found.names)]
    _state(draft, "about", fact, found.code)


def _settle_outlet(draft: ArticleDraft, given: dict[str, Given]) -> None:
    """`outlet` is the original source where one is named, else the publisher; a given outlet stands."""
    if "outlet" in given:
        if "publisher" not in given:
            draft.publisher = draft.outlet  # whoever filled the column says who printed it
    elif "original_source" in given or ("publisher" in given and not draft.original_source):
        draft.outlet, draft.outlet_as_printed = draft.original_source or draft.publisher, None
    if {"outlet", "publisher", "original_source"} & given.keys() and "outlet_region" not in given:
        draft.outlet_region = None  # that of another name; the catalog proposes one by the name


def _state(draft: ArticleDraft, name: str, fact: Given, value: str) -> None:
    draft.evidence = [one for one in draft.evidence if one.field != name]
    basis: Basis = "inferred" if isinstance(fact.value, Published) and fact.value.status == "inferred" else "stated"
    draft.evidence.append(EvidenceFound(name, value, fact.rule, None, None, value, 1.0, basis))


def _shown(value: Any) -> str:
    if isinstance(value, Published):
        return value.value or ""
    if isinstance(value, list):
        return "、".join(getattr(item, "name", None) or str(item) for item in value)[:300]
    return str(value)[:300]


def _simplified(draft: ArticleDraft, text: str) -> str:
    return text if draft.script == "Hans" else to_simplified(text)
