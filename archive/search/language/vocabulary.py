"""What the parser asks of the catalogue: places and outlets by the names that readers use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a name may mean: the values to search for, its full name as readers see it and as the
    query language takes it.

    The index files articles under counties at most: of a township, `values` is its county, its own name is looked for
    in the text, and `filed` are the public ids of articles that are filed under it and do not print its name.
    """

    values: tuple[str, ...]
    label: str
    typed: str
    township: str = ""
    filed: tuple[str, ...] = ()


class Vocabulary(Protocol):
    """Names as the catalogue knows them."""

    def places(self, name: str) -> Sequence[Choice]:
        """Divisions called `name`, or with that code: one choice when it is clear, none when unknown."""
        ...

    def outlets(self, name: str) -> Sequence[str]:
        """Slugs of the outlet with that name or alias, else of all whose name contains it."""
        ...

    def place_name(self, code: str) -> str:
        """The full name of a division, province first; the code itself when unknown."""
        ...

    def outlet_name(self, slug: str) -> str:
        """The name of an outlet; the slug itself when unknown."""
        ...


class EmptyVocabulary:
    """Knows no place and no outlet (for tools and tests without a catalogue)."""

    def places(self, name: str) -> Sequence[Choice]:
        return ()

    def outlets(self, name: str) -> Sequence[str]:
        return ()

    def place_name(self, code: str) -> str:
        return code

    def outlet_name(self, slug: str) -> str:
        return slug
