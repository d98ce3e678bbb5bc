"""The state of a search, all of it in the address: read from a query string, written back in one form."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from archive.places.models import code_prefix
from archive.search.records import FACETS, Copies, FacetName

#: A value of a facet in an address; longer ones are nobody's slug, code or topic, and are cut.
LONGEST_VALUE = 140
#: Values read from one address, over all facets: more is no reader.
MOST_VALUES = 60
#: Values over all facets up to which a page offers links to further ones: who wants more writes them into the address.
DEEPEST = 12
#: Later pages are not asked for; the search shows its last one anyway.
LAST_PAGE = 100_000
#: How copies are listed, by what an address says of it; anything else: all printings.
COPIES: Mapping[str, Copies] = {"one": "one", "originals": "originals"}
PER_PAGE = (20, 50, 100)
_BOUND = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
#: Before the name of a facet in an address: its values are excluded.
BARRED = "not_"
#: The parameters of an address in their order.
_RANKS = {
    name: rank
    for rank, name in enumerate(
        ("q", *FACETS, *(BARRED + name for name in FACETS), "from", "to", "sort", "synonyms", "copies", "scale", "per_page", "page")
    )
}  # fmt: skip
_FACETED = frozenset((*FACETS, *(BARRED + name for name in FACETS)))


@lru_cache(maxsize=8192)
def quoted(value: str) -> str:
    """A value of a facet as it stands in a query string; there are dozens on a page, the same on most."""
    return quote_plus(value)


@dataclass(frozen=True, slots=True)
class SearchState:
    """What an address asks. `earliest` and `latest` as typed ("2020-02"); `bad_dates` those that are none;
    `swapped`: they stood the wrong way round; `too_many`: values of facets were left out; `bad_copies`: no way of
    listing copies; `unread`: queries before the last one, which alone is read."""

    q: str = ""
    include: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[FacetName, tuple[str, ...]] = field(default_factory=dict)
    earliest: str = ""
    latest: str = ""
    sort: str = ""
    page: int = 1
    per_page: int = PER_PAGE[0]
    synonyms: bool = True
    copies: Copies = "all"
    root: bool = False
    bad_dates: tuple[str, ...] = ()
    swapped: bool = False
    bad_page: str = ""
    too_many: int = 0
    bad_copies: str = ""
    unread: int = 0

    @classmethod
    def of(cls, query: QueryDict) -> SearchState:
        """Read an address. Nonsense is left out (and kept to be told), never an error."""
        bad_dates = []
        bounds = {}
        for name in ("from", "to"):
            typed = query.get(name, "").strip()[:20]
            day = bound(typed, last=name == "to") if typed else None
            bounds[name] = typed if day else ""
            if typed and day is None:
                bad_dates.append(typed)
        earliest, latest, swapped = in_order(bounds["from"], bounds["to"])
        page, bad_page = _number(query.get("page", "1"))
        per_page, _bad = _number(query.get("per_page", ""))
        include, exclude = _values(query, ""), _values(query, BARRED)
        copies = query.get("copies", "").replace("\x00", "").strip()
        return cls(
            q=query.get("q", "").replace("\x00", "").strip(),
            include=include,
            exclude=exclude,
            earliest=earliest,
            latest=latest,
            sort=query.get("sort", "") if query.get("sort", "") in ("relevance", "newest", "oldest") else "",
            page=page,
            per_page=per_page if per_page in PER_PAGE else PER_PAGE[0],
            synonyms=query.get("synonyms") != "0",
            copies=COPIES.get(copies, "all"),
            root=query.get("scale") == "root",
            bad_dates=tuple(bad_dates),
            swapped=swapped,
            bad_page=bad_page,
            bad_copies=copies[:20] if copies not in ("", "all", *COPIES) else "",
            unread=max(len({one.strip() for one in query.getlist("q")} - {""}) - 1, 0),
            too_many=max(
                sum(len(_asked(query, prefix + name)) for prefix in ("", BARRED) for name in FACETS)
                - _held(include, exclude),
                0,
            ),
        )

    def conditions(self) -> dict[str, Any]:
        """What is searched beside the words, under the names that the search service has for it."""
        return {
            "include": self.include, "exclude": self.exclude, "earliest": self.first_day, "latest": self.last_day,
            "sort": self.order, "synonyms": self.synonyms, "copies": self.copies,
        }  # fmt: skip

    @property
    def order(self) -> str:
        """The order in force: relevance when words are searched, else the newest first."""
        return self.sort or ("relevance" if self.q else "newest")

    @property
    def first_day(self) -> date | None:
        return bound(self.earliest, last=False) if self.earliest else None

    @property
    def last_day(self) -> date | None:
        return bound(self.latest, last=True) if self.latest else None

    @property
    def filtered(self) -> bool:
        return bool(self.include or self.exclude or self.earliest or self.latest)

    @property
    def deepest(self) -> bool:
        """Whether so many values are chosen that no further ones are offered."""
        return _held(self.include, self.exclude) >= DEEPEST

    @property
    def empty(self) -> bool:
        """Whether nothing at all was asked."""
        return not self.q and not self.filtered

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters in one fixed order, defaults left out."""
        pairs = [("q", self.q)] if self.q else []
        for prefix, filters in (("", self.include), (BARRED, self.exclude)):
            pairs += [(prefix + name, value) for name in FACETS for value in filters.get(name, ())]
        pairs += [(name, value) for name, value in (("from", self.earliest), ("to", self.latest)) if value]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("synonyms", "0")] if not self.synonyms else []
        pairs += [("copies", self.copies)] if self.copies != "all" else []
        pairs += [("scale", "root")] if self.root else []
        pairs += [("per_page", str(self.per_page))] if self.per_page != PER_PAGE[0] else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return pairs

    def query(self) -> str:
        """The query string with its question mark, "" when nothing is asked."""
        return self.query_with([])

    def query_from_start(self) -> str:
        """The same from the first page: `but().query()`."""
        pairs = [pair for pair in self.pairs() if pair[0] != "page"]
        return "?" + _encoded(pairs) if pairs else ""

    def query_for_programs(self) -> str:
        """The same for the interface, which knows no order, page or picture."""
        kept = [pair for pair in self.pairs() if pair[0] not in ("sort", "scale", "per_page", "page")]
        return "?" + urlencode(kept) if kept else ""

    def query_with(self, more: Sequence[tuple[str, str]]) -> str:
        """The same with parameters of a page of its own behind it."""
        pairs = [*self.pairs(), *more]
        return "?" + _encoded(pairs) if pairs else ""

    def around(self, name: str) -> tuple[str, str]:
        """The query string of the first page with one further parameter: what stands before its value, and behind it."""
        rank = _RANKS[name]
        pairs = [pair for pair in self.pairs() if pair[0] != "page"]
        before = _encoded([pair for pair in pairs if _RANKS[pair[0]] <= rank])
        after = _encoded([pair for pair in pairs if _RANKS[pair[0]] > rank])
        return f"?{before}{'&' if before else ''}{name}=", f"&{after}" if after else ""

    def but(self, **changes: Any) -> SearchState:
        """This search with some of it changed, from its first page."""
        return replace(self, **{"page": 1, **changes})

    def including(self, name: FacetName, value: str) -> SearchState:
        """This search with `value` chosen; of places and dates that hold one another only the last chosen stays."""
        bare = self.without(name, value)
        kept = tuple(one for one in bare.include.get(name, ()) if not _related(name, one, value))
        return bare.but(include={**bare.include, name: (*kept, value)})

    def excluding(self, name: FacetName, value: str) -> SearchState:
        bare = self.without(name, value)
        return bare.but(exclude={**bare.exclude, name: (*bare.exclude.get(name, ()), value)})

    def without(self, name: FacetName, value: str) -> SearchState:
        """This search with a value neither included nor excluded."""
        return self.but(include=_removed(self.include, name, value), exclude=_removed(self.exclude, name, value))

    def only(self, name: FacetName, value: str) -> SearchState:
        """This search with `value` as the only one chosen of its facet; what is excluded stays so."""
        bare = self.without(name, value)
        return bare.but(include={**bare.include, name: (value,)})


def _encoded(pairs: Sequence[tuple[str, str]]) -> str:
    """As `urlencode`; the names are plain. What was typed is not kept."""
    return "&".join([f"{name}={quoted(value) if name in _FACETED else quote_plus(value)}" for name, value in pairs])


def bound(typed: str, *, last: bool) -> date | None:
    """The first (or last) day of "2020", "2020-02" or "2020-02-24"; None when it is no date."""
    match = _BOUND.fullmatch(typed.replace("/", "-"))
    if match is None or not typed.isascii():
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if day is None and last:
            month = month or 12
            day = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
        return date(year, month or 1, day or (0 if match[3] else 1))
    except ValueError:
        return None


def in_order(earliest: str, latest: str) -> tuple[str, str, bool]:
    """The two typed dates, exchanged (and True) where they stand the wrong way round; before months become days."""
    first, last = bound(earliest, last=False), bound(latest, last=True)
    return (latest, earliest, True) if first and last and first > last else (earliest, latest, False)


def _values(query: QueryDict, prefix: str) -> dict[FacetName, tuple[str, ...]]:
    held: dict[FacetName, tuple[str, ...]] = {}
    left = MOST_VALUES
    for name in FACETS:
        values = _asked(query, prefix + name)[:left]
        left -= len(values)
        if values:
            held[name] = values
    return held


def _asked(query: QueryDict, name: str) -> tuple[str, ...]:
    """The values of one parameter, each once; what is longer than any value is cut where it cannot be one."""
    typed = (value.replace("\x00", "").strip()[: LONGEST_VALUE + 1] for value in query.getlist(name))
    return tuple(dict.fromkeys(value for value in typed if value))


def _held(*filters: Mapping[FacetName, tuple[str, ...]]) -> int:
    return sum(len(values) for one in filters for values in one.values())


def _number(typed: str) -> tuple[int, str]:
    """A number from 1, and what was typed where it is none."""
    text = typed.strip()
    if text.isascii() and text.isdecimal() and len(text) < 12:
        return min(max(int(text), 1), LAST_PAGE), ""
    return 1, text[:20]


def _related(name: FacetName, one: str, other: str) -> bool:
    """Whether one of two values holds the other: 510000 holds 510923, 2020 holds 2020-02."""
    if name in ("place", "outlet_place"):
        short, long = sorted((code_prefix(one), code_prefix(other)), key=len)
        return long.startswith(short)
    if name == "date":
        short, long = sorted((one, other), key=len)
        return short != "~" and long.startswith(short)
    return False


def _removed(
    filters: Mapping[FacetName, tuple[str, ...]], name: FacetName, value: str
) -> dict[FacetName, tuple[str, ...]]:
    kept = {key: tuple(one for one in values if key != name or one != value) for key, values in filters.items()}
    return {key: values for key, values in kept.items() if values}
