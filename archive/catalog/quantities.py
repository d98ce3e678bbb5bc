"""Quantities of versions, read from their bodies as they stand: what is covered there is in no row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.text.quantities import Quantity as Found
from archive.text.quantities import quantities

from .inserting import insert
from .models import Quantity, Version

_COLUMNS = ("version", "start", "unit_start", "end", "low", "high", "approximate", "unit", "noun")
#: A greater number is no count of anything; floating point holds whole numbers below it near enough.
MOST = 1e18
#: As the column is wide.
LONGEST_NOUN = 40


def note_quantities(versions: Sequence[Version], *, fresh: bool = False) -> None:
    """Read the quantities of these (saved) versions and write them in place of those held; `fresh`: none are held."""
    if not fresh:
        Quantity.objects.filter(version__in=versions).delete()
    insert(Quantity, _COLUMNS, _rows(versions))


def is_kept(found: Found) -> bool:
    """Whether a quantity that was found is one that is written."""
    return found.high < MOST and len(found.noun) <= LONGEST_NOUN


def _rows(versions: Iterable[Version]) -> Iterator[tuple[object, ...]]:
    for version in versions:
        for one in quantities(version.body_simplified):
            if is_kept(one):
                yield (
                    version.pk, one.start, one.unit_start, one.end, one.low, one.high, one.approximate, one.unit,
                    one.noun,
                )  # fmt: skip
