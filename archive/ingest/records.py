"""What the pipeline hands on: one draft of an article, and the JSON of `import_articles --dry-run --json`.

All places (`start`, `end`) count code points in the repaired text of the capture; those of a
Repair count in the text before repair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Literal

BlockKind = Literal["paragraph", "heading", "list", "table"]
Basis = Literal["stated", "inferred", "editor"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, subheading, list item or table of the body, script as printed.

    A block that was joined over a column break has the place of its first and its last piece.
    """

    kind: BlockKind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A line that is not body: a caption, or furniture of some kind (disclaimer, share, editor …)."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    role: str  # as printed: 记者, 通讯员, 作者, 摄影 …; "" when none is printed


@dataclass(frozen=True, slots=True)
class Published:
    """`value` in EDTF ("2020-02", "2020-06-03T15:42:00"), None when unknown; bounds as ISO days."""

    value: str | None
    precision: Literal["second", "minute", "day", "month", "year"] | None
    status: Literal["stated", "inferred", "unknown"]
    earliest: str | None
    latest: str | None
    why: str


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A division: six-digit `code` (county at most), official `names` from the province down.

    A township may stand last in `names`; `level` is that of the last name.
    """

    code: str
    names: tuple[str, ...]
    level: Literal["province", "prefecture", "county", "township"]
    role: Literal["primary", "other"] = "primary"


@dataclass(frozen=True, slots=True)
class RepairMade:
    """One change to the text as received; `start`, `end` in the text before any repair."""

    rule: str
    start: int
    end: int
    before: str
    after: str
    confidence: float
    state: Literal["applied", "suggested"] = "applied"


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Why `field` has `value`: the passage `text` at [start, end) and the `rule` that read it."""

    field: str
    value: str
    rule: str
    start: int | None
    end: int | None
    text: str
    confidence: float
    basis: Basis = "stated"


@dataclass(slots=True)
class ArticleDraft:
    """One piece found in one file. Names, titles and outlets are simplified; `*_as_printed` beside them."""

    file: str
    index: int
    title: str | None
    body: str
    body_simplified: str
    blocks: list[Block]
    script: Literal["Hans", "Hant", "Hant-converted"]
    title_as_printed: str | None = None
    captions: list[Passage] = field(default_factory=list)
    furniture: list[Passage] = field(default_factory=list)
    outlet: str | None = None
    outlet_as_printed: str | None = None
    publisher: str | None = None
    original_source: str | None = None
    outlet_region: str | None = None
    source_line: str | None = None
    authors: list[Author] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    page_label: str | None = None
    dateline: str | None = None
    published: Published = field(default_factory=lambda: Published(None, None, "unknown", None, None, "no date found"))
    about: PlaceFound | None = None
    places: list[PlaceFound] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    repairs: list[RepairMade] = field(default_factory=list)
    evidence: list[EvidenceFound] = field(default_factory=list)
    source_url: str | None = None
    captured_at: str | None = None
    span: tuple[int, int] | None = None

    def as_json(self) -> dict[str, Any]:
        """The documented keys, ready for json.dumps."""
        found: dict[str, Any] = _plain(self)
        return found


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file (or member, or row) that gave no article, and the sentence that says why.

    `original` is what stood in a row with a fault, as text.
    """

    file: str
    index: int
    reason: str
    bad: bool = False  # True: damaged or refused; False: readable, but no article
    original: str = ""

    def as_json(self) -> dict[str, Any]:
        """The object of `import_articles --json` on the error stream."""
        return {
            "file": self.file,
            "row": self.index,
            "outcome": "bad" if self.bad else "skipped",
            "reason": self.reason,
        }


@dataclass(slots=True)
class PageRead:
    """What one capture gave: its layers and its drafts (or why there are none)."""

    encoding: str
    decoded: str
    repaired: str
    repairs: list[RepairMade]
    drafts: list[ArticleDraft]
    skipped: list[Skipped]
    extracted: str | None = None  # for HTML: the text read from the page, before repair


@cache
def _reader(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]] | None:
    """Names of the fields of a record and what reads them; None for a plain value."""
    if not is_dataclass(kind):
        return None
    names = tuple(one.name for one in fields(kind))
    return names, attrgetter(*names)


def _plain(value: Any) -> Any:
    """What dataclasses.asdict gives, at a third of its cost: there are dozens of records in a draft."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is list or kind is tuple:
        return kind([one if type(one) is str else _plain(one) for one in value])
    reader = _reader(kind)  # type: ignore[arg-type]  # a type is hashable
    if reader is None:
        return value
    names, read = reader
    return {name: one if type(one) is str else _plain(one) for name, one in zip(names, read(value), strict=True)}
