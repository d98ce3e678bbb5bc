"""Rows written many at a time, at a fifth of what records cost: most rows of an import are nobody's object.

For rows whose keys nothing needs to know. Values go to the database as they are: JSON as text, dates
as dates; what the constraints of the table refuse raises IntegrityError.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, models
from django.db.models import Model
from django.utils import timezone


def insert(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, replacing: Sequence[str] = ()
) -> None:
    """Insert rows of values for these fields; a row whose `replacing` fields are there already is written over."""
    names = [_quoted(model, column) for column in columns]
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {_table(model)} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608  # names of fields
    if replacing:
        keys = [_quoted(model, column) for column in replacing]
        others = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
        statement += f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others}"
    _execute(statement, rows)


def update(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write these fields of rows that are there; each row holds their values and, last, its key."""
    names = ", ".join(f"{_quoted(model, column)} = %s" for column in columns)
    _execute(f"UPDATE {_table(model)} SET {names} WHERE {_quoted(model, model._meta.pk.name)} = %s", rows)  # noqa: S608


def insert_records(records: Sequence[Model], *, known_by: Sequence[str] = ()) -> None:
    """Insert new records of one model; as `bulk_create`, at a fourth of its cost.

    `known_by` names fields that tell each of the records from all others, by which the keys they were given are
    learnt; without it they stay without. Within a transaction. IntegrityError as for `insert`.
    """
    if not records:
        return
    model = type(records[0])
    names, read, written = _layout(model)
    now = timezone.now()
    for name in _moments(model):
        for record in records:
            setattr(record, name, now)
    rows = (
        [
            value if write is None or value is None else write(value)
            for value, write in zip(read(one), written, strict=True)
        ]
        for one in records
    )
    insert(model, names, rows)
    if known_by:
        _learn_keys(model, records, known_by)


@cache
def _layout(model: type[Model]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[Any, ...]]:
    """Names of the columns but the key, what reads them off a record, and what makes each fit for the database."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    ways: dict[type[models.Field[Any, Any]], Callable[[Any], Any]] = {
        models.JSONField: lambda value: json.dumps(value, ensure_ascii=False),
        models.CharField: str,  # of choices: members of an enumeration
        models.DateTimeField: connection.ops.adapt_datetimefield_value,
        models.DateField: connection.ops.adapt_datefield_value,
    }
    return (
        tuple(one.name for one in fields),
        attrgetter(*(one.attname for one in fields)),
        tuple(ways.get(type(one)) for one in fields),
    )


@cache
def _moments(model: type[Model]) -> tuple[str, ...]:
    """The fields that say when a record was made or last changed."""
    dated = (one for one in model._meta.concrete_fields if isinstance(one, models.DateTimeField))
    return tuple(one.attname for one in dated if one.auto_now or one.auto_now_add)


def _learn_keys(model: type[Model], records: Sequence[Model], known_by: Sequence[str]) -> None:
    first, *_others = known_by
    read = attrgetter(*known_by)
    held = model._default_manager.filter(**{f"{first}__in": {getattr(one, first) for one in records}})
    keys = {tuple(values): key for key, *values in held.values_list("pk", *known_by)}
    for record in records:
        found = read(record)
        record.pk = keys[found if len(known_by) > 1 else (found,)]
        record._state.adding = False
        record._state.db = connection.alias


def _execute(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    every = list(rows)
    if every:
        with connection.cursor() as cursor:
            cursor.executemany(statement, every)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(model: type[Model], field: str) -> str:
    return connection.ops.quote_name(str(model._meta.get_field(field).column))  # type: ignore[union-attr]
