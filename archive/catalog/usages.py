"""Words that date a text: when they were in use. Pure values, so that reading needs no database."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from archive.text.literals import Words, keys, needed

#: The rows that the software brings; editors change them as records (`models.Wording`).
SHIPPED = Path(__file__).parent / "data" / "wordings.toml"

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Usage:
    """`words` (with the `keys` of text.literals) were written in `spans` (never before the first, where `firm`) and hardly outside.

    `weight` is how much a span speaks for a date inside it: 1 a hint, 3 close to proof.
    """

    words: re.Pattern[str]
    keys: Words | None
    spans: tuple[Span, ...]
    weight: float
    firm: bool
    source: str

    @property
    def begin(self) -> date:
        """The first day on which the words were written."""
        return self.spans[0][0]

    def covers(self, first: date, last: date) -> bool:
        """Tell whether a span of the words meets the days from `first` to `last`."""
        return any(begin <= last and first <= end for begin, end in self.spans)


def usage(words: str, spans: Iterable[Span], weight: float, firm: bool, source: str) -> Usage:
    """A row of the table, compiled. re.error where `words` is no regular expression."""
    return Usage(pattern := re.compile(words), keys(needed(pattern)), tuple(spans), weight, firm, source)


@functools.cache
def shipped_rows() -> tuple[dict[str, Any], ...]:
    """The rows of data/wordings.toml as they stand there."""
    return tuple(tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["wording"])


@functools.cache
def shipped_usages() -> tuple[Usage, ...]:
    """What a site without a table of its own reads by: tests, evaluation, a dry run."""
    return tuple(
        usage(
            row["words"],
            ((row["from"], row["until"]), *((first, last) for first, last in row.get("spans", ()))),
            float(row["weight"]),
            bool(row.get("firm")),
            row["source"],
        )
        for row in shipped_rows()
    )
