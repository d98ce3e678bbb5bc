"""The query as a typed tree, used by every engine and by the sentence that tells what was searched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

#: Parts of an article that text queries look into, separately: a phrase never spans two of them.
Part = Literal["title", "body", "caption"]
#: Exact-value fields; values are what the facets link with: division codes (place, outlet_place),
#: `Outlet.slug`, the topic as stored, a `Script` value, `Byline.name`, `Article.public_id`.
#: Topics and names of authors are compared by `folded.name_key`, all others as they are.
KeyField = Literal["place", "outlet", "outlet_place", "topic", "script", "author", "id"]


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every article."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches no article (an empty alternative)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Matches where `text` stands as a string (under the fold, blanks removed), in one of `parts`.

    `text` is as typed. An unquoted word is a Phrase with `word` True: it matches as the same
    string, and also weighs whole-word matches higher in the ranking.
    """

    text: str
    word: bool = False
    parts: tuple[Part, ...] = ("title", "body", "caption")


@dataclass(frozen=True, slots=True)
class Prefix:
    """Matches where a word (of the word stream) begins with `text`: 防控*, cov*."""

    text: str
    parts: tuple[Part, ...] = ("title", "body", "caption")


@dataclass(frozen=True, slots=True)
class Near:
    """Matches where all `phrases` stand within one part, in any order, one occurrence of each, none
    overlapping, with at most `distance` characters between the end of one and the start of the next.
    Characters are counted as everywhere in search: white space is no character."""

    phrases: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Key:
    """Matches the exact value of a field; a place also matches all of its parts (code prefix)."""

    field: KeyField
    value: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Matches articles whose possible days lie within [earliest, latest]; None is open.

    `exact` asks that the date be known to the day (the day facet); `unknown` asks for no date at all.
    """

    earliest: date | None = None
    latest: date | None = None
    exact: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Matches every article that `part` does not match. The parser always puts it into an And with
    something to take from: `-甲` alone is And((Everything(), Not(…)))."""

    part: Node


@dataclass(frozen=True, slots=True)
class Variants:
    """What was typed and its variants from the thesaurus: matches any, ranked and told as one."""

    typed: Phrase
    variants: tuple[Phrase, ...]


Node = Everything | Nothing | Phrase | Prefix | Near | Key | Dates | And | Or | Not | Variants
