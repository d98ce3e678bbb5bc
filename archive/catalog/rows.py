"""Rows of the database as records, without the checks that a record made by hand needs.

Django's `Model.__init__` looks at every field of a model for every record, those that were not read among them. What a
kept query reads is known when its SQL is written: here a record is given its columns at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.query import RelatedPopulator
from django.db.models.signals import post_init, pre_init

Make = Callable[[Sequence[Any]], Any]


def maker(model: type[Model], names: Sequence[str], database: str) -> Make:
    """From the values of `names` to a record as `model.from_db` makes it.

    It is `from_db` itself where a model does something of its own there, or where anybody listens to records being made.
    """
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__  # type: ignore[attr-defined]
    if own or pre_init.has_listeners(model) or post_init.has_listeners(model):
        return lambda values: model.from_db(database, names, values)
    kept = tuple(names)

    def make(values: Sequence[Any]) -> Model:
        record = model.__new__(model)
        state = ModelState()
        state.adding, state.db = False, database
        held = record.__dict__
        held["_state"] = state
        held.update(zip(kept, values, strict=True))
        return record

    return make


@dataclass(slots=True)
class Related:
    """A record that stands in the same row, and those that stand behind it; what `RelatedPopulator` is to Django."""

    make: Make
    start: int
    end: int
    key: int
    local: Callable[[Any, Any], None]
    remote: Callable[[Any, Any], None]
    behind: tuple[Related, ...]

    @classmethod
    def of(cls, one: RelatedPopulator, database: str) -> Related:
        """ValueError for columns of a parent model, which no model of ours has."""
        told: Any = one
        if told.reorder_for_init is not None:
            raise ValueError(f"{told.model_cls} has a parent model")
        make = maker(told.model_cls, told.init_list, database)
        behind = tuple(cls.of(further, database) for further in told.related_populators)
        return cls(make, told.cols_start, told.cols_end, told.cols_start + told.pk_idx, told.local_setter, told.remote_setter, behind)  # fmt: skip

    def put(self, row: Sequence[Any], record: Any) -> None:
        """Make it of `row` and make both know each other; None where the row has none."""
        if row[self.key] is None:
            self.local(record, None)
            return
        made = self.make(row[self.start : self.end])
        for one in self.behind:
            one.put(row, made)
        self.local(record, made)
        self.remote(made, record)


def related(populators: Iterable[RelatedPopulator], database: str) -> tuple[Related, ...]:
    return tuple(Related.of(one, database) for one in populators)
