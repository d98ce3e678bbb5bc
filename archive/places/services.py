"""The one write of this room: the division table from its data files into the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from .models import Region
from .surfaces import short_name
from .units import Unit, divisions

_FIELDS = ("name", "short_name", "pinyin", "level", "parent_id", "valid_from", "valid_to")
#: Rows a statement: SQLite allows 32,766 variables, and a row has eight.
_BATCH = 4000

Row = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many divisions were added, changed, and found as they should be."""

    added: int
    changed: int
    unchanged: int


def expected_rows() -> dict[str, Row]:
    """The whole table, code → the other fields in the order of the record; parents before parts."""
    units = sorted(divisions().by_code.values(), key=lambda unit: (len(unit.line), unit.code))
    return {unit.code: _row(unit) for unit in units}


def _row(unit: Unit) -> Row:
    short = short_name(unit.name, "township") if unit.level == "township" else unit.short
    parent = unit.parent.code if unit.parent else None
    return unit.name, short, unit.english, unit.level, parent, unit.first, unit.last


@transaction.atomic
def load_regions() -> Loaded:
    """Bring the table to the state of the data files. A unit that they do not hold stays untouched."""
    expected = expected_rows()
    held: dict[str, Row] = {code: tuple(rest) for code, *rest in Region.objects.values_list("code", *_FIELDS)}
    new = [code for code in expected if code not in held]
    changed = [code for code, row in expected.items() if code in held and held[code] != row]
    if new or changed:
        Region.objects.bulk_create(
            (Region(code=code, **dict(zip(_FIELDS, expected[code], strict=True))) for code in new + changed),
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["parent" if name == "parent_id" else name for name in _FIELDS],
        )
    return Loaded(len(new), len(changed), len(expected) - len(new) - len(changed))
