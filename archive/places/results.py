"""What the resolver gives: places, and why. The same fields as the records of ingest, which this room cannot import."""

from dataclasses import dataclass, field
from typing import Literal

PlaceLevel = Literal["province", "prefecture", "county", "township"]


@dataclass(frozen=True, slots=True)
class Place:
    """A division: six-digit `code` (county at most), official `names` from the province down.

    A township may stand last in `names`; `level` is that of the last name. Codes and names are of
    the edition of 2020-06-30 where the unit stood then.
    """

    code: str
    names: tuple[str, ...]
    level: PlaceLevel
    role: Literal["primary", "other"] = "primary"


@dataclass(frozen=True, slots=True)
class PlaceEvidence:
    """One name that spoke for a place: [start, end) counts code points in `part`.

    `rule` says how it was read, `value` is the code it spoke for; `basis` is "inferred" where the
    page's or the outlet's place had to help; start and end are None when nothing in the text names it.
    """

    value: str
    rule: str
    part: Literal["title", "body", "dateline"]
    start: int | None
    end: int | None
    text: str
    confidence: float
    basis: Literal["stated", "inferred"] = "stated"


@dataclass(frozen=True, slots=True)
class PlaceResult:
    """`about` is None when the text does not tell; `others` are further places that it is about."""

    about: Place | None
    others: tuple[Place, ...] = ()
    evidence: tuple[PlaceEvidence, ...] = field(default=())
    confidence: float = 0.0
