"""Rows that the software brings into tables that editors keep: made, renewed where unedited, else offered."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db import transaction

from .models.shipped import Shipped, digest

MILESTONES = Path(__file__).parent / "data" / "milestones.toml"
#: What a row of a file may leave out.
_DEFAULTS: dict[str, Any] = {
    "place": "", "title_en": "", "source": "", "url": "", "read_on": None, "note": "", "active": True,
    "spans": [], "firm": False, "milestone": None,
}  # fmt: skip


@dataclass(slots=True)
class Loaded:
    """How many records were made, renewed, offered a newer row, and taken away again."""

    made: int = 0
    renewed: int = 0
    offered: int = 0
    dropped: int = 0


@transaction.atomic
def ship(*, model: type[Shipped], rows: Iterable[dict[str, Any]]) -> Loaded:
    """Bring the rows (each with its `key`) into the table of `model`; a second time changes nothing.

    A record that an editor changed keeps its values, and has the newer row in `offered`. One that is
    unedited and no longer shipped goes.
    """
    told = Loaded()
    held = {one.key: one for one in model._default_manager.all()}
    wanted = set()
    for values in rows:
        wanted.add(values["key"])
        record = held.get(values["key"])
        fresh = model(key=values["key"])
        fresh.take({name: values[name] if name in values else _DEFAULTS[name] for name in model.ROW})
        row = fresh.row()
        if record is None:
            fresh.save(force_insert=True)
            told.made += 1
        elif record.shipped == digest(row):
            continue  # nothing new; what an editor made of it stays
        elif record.row() == row or not record.edited:
            record.take(row)
            record.save()
            told.renewed += 1
        elif record.offered != row:
            record.offered = row
            record.save(update_fields=["offered"])
            told.offered += 1
    for key, record in held.items():
        if key not in wanted and record.shipped and not record.edited:
            record.delete()
            told.dropped += 1
    return told


@transaction.atomic
def take_offered(*, record: Shipped) -> Shipped:
    """Give a record the shipped values that wait for it. ValueError where none do."""
    if record.offered is None:
        raise ValueError("nothing is offered")
    record.take(record.offered)
    record.save()
    return record


@transaction.atomic
def keep_own(*, record: Shipped) -> Shipped:
    """Turn down the shipped values that wait: they are not offered again, newer ones are. ValueError where none do."""
    if record.offered is None:
        raise ValueError("nothing is offered")
    record.shipped, record.offered = digest(record.offered), None
    record.save(update_fields=["shipped", "offered"])
    return record


@functools.cache
def milestone_rows() -> tuple[dict[str, Any], ...]:
    """The rows of data/milestones.toml as they stand there."""
    return tuple(tomllib.loads(MILESTONES.read_text(encoding="utf-8"))["milestone"])


def wording_rows() -> list[dict[str, Any]]:
    """The rows of data/wordings.toml under the names of the table."""
    from .usages import shipped_rows

    return [
        {
            **{name: value for name, value in row.items() if name not in ("from", "until", "spans")},
            "first": row["from"],
            "last": row["until"],
            "spans": [[first.isoformat(), last.isoformat()] for first, last in row.get("spans", ())],
            "weight": float(row["weight"]),
        }
        for row in shipped_rows()
    ]


def load_tables(sender: AppConfig | None = None, apps: Any = None, **_options: Any) -> None:
    """Bring in the shipped rows, after each migration that leaves the tables there."""
    from .models import Milestone, Wording

    if apps is not None and not {"milestone", "wording"} <= set(apps.all_models["catalog"]):
        return  # migrated back to before there were these tables
    ship(model=Milestone, rows=milestone_rows())
    ship(model=Wording, rows=wording_rows())
