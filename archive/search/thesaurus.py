"""Variants for the query language, read from the editable records and kept until these change."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Max, QuerySet

from archive.catalog.reading import kept

from .language.terms import Thesaurus
from .models import SynonymTerm

_kept: tuple[object, Thesaurus] | None = None


def thesaurus() -> Thesaurus:
    """From the key of each expanding term of the active groups to the other terms of its group.

    One small query tells whether the records are still those of the last reading.
    """
    global _kept  # one reading a process, replaced whole
    state = next(kept("state of the thesaurus", _state), ())
    if _kept is None or _kept[0] != state:
        terms = SynonymTerm.objects.filter(group__active=True)
        _kept = (state, _read(terms.order_by("group_id", "pk").values_list("group_id", "text", "key", "expands")))
    return _kept[1]


def _state() -> QuerySet[SynonymTerm, tuple[object, ...]]:
    active = SynonymTerm.objects.filter(group__active=True).order_by().values("group__active")
    told = active.annotate(
        Count("pk"), Max("changed_at"), Max("group__changed_at"), groups=Count("group", distinct=True)
    )
    return told.values_list("pk__count", "changed_at__max", "group__changed_at__max", "groups")


def _read(rows: Iterable[tuple[int, str, str, bool]]) -> Thesaurus:
    groups: dict[int, list[tuple[str, str, bool]]] = {}
    for group, text, key, expands in rows:
        groups.setdefault(group, []).append((text, key, expands))
    return {
        key: tuple(text for text, other, _ in terms if other != key)
        for terms in groups.values()
        for _, key, expands in terms
        if expands and len(terms) > 1
    }
