"""Rows written many at a time, at a fifth of what records cost: most rows of an import are nobody's object.

For rows whose keys nothing needs to know. Values go to the database as they are: JSON as text, dates
as dates; what the constraints of the table refuse raises IntegrityError.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


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


def _execute(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    every = list(rows)
    if every:
        with connection.cursor() as cursor:
            cursor.executemany(statement, every)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(model: type[Model], field: str) -> str:
    return connection.ops.quote_name(str(model._meta.get_field(field).column))  # type: ignore[union-attr]
