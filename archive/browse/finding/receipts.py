"""A receipt of a search: what was asked, what was found, in which state of the archive; and what changed since."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from archive.catalog.models import Article
from archive.search.engine.fingerprint import fingerprint
from archive.search.service import SearchPage, found_keys

from .state import SearchState

#: Articles looked up at a time.
_CHUNK = 10_000
_HASH = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Taken:
    """The figures of a receipt: `found` of `held` articles, the hash of the ids found, that of the index's making."""

    at: datetime
    found: int
    held: int
    results: str
    index: str

    def pairs(self) -> list[tuple[str, str]]:
        """As parameters of its address."""
        at = timezone.localtime(self.at).strftime("%Y%m%dT%H%M%S%z")
        return [
            ("at", at), ("found", str(self.found)), ("held", str(self.held)), ("set", self.results), ("idx", self.index),
        ]  # fmt: skip

    def contradicts(self, now: Taken) -> bool:
        """Whether these can be no figures of a receipt: more found than held, a time to come, or ids whose hash is
        that of the articles found `now` in another number."""
        of_no_number = self.results == now.results and self.found != now.found
        return self.found > self.held or self.at > now.at or of_no_number

    @classmethod
    def of(cls, query: QueryDict) -> Taken | None:
        """The figures that an address carries; None when one is missing or is none."""
        numbers = [query.get(name, "") for name in ("found", "held")]
        hashes = [query.get(name, "") for name in ("set", "idx")]
        # A plus sign that was not written as %2B has become a blank.
        at = query.get("at", "").replace(" ", "+")
        if not all(one.isascii() and one.isdecimal() and len(one) < 10 for one in numbers):
            return None
        if not all(_HASH.fullmatch(one) for one in hashes) or not re.fullmatch(r"[0-9]{8}T[0-9]{6}[+-][0-9]{4}", at):
            return None
        try:
            day = datetime.strptime(at, "%Y%m%dT%H%M%S%z")
            timezone.localtime(day)
        except (ValueError, OverflowError):
            return None
        return cls(day, int(numbers[0]), int(numbers[1]), *hashes)


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an earlier receipt: of the articles found now, how many came or were changed after it.

    `lost` are those found then and no longer, at least.
    """

    same: bool
    same_index: bool
    added: int
    changed: int
    lost: int
    held: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """`altered`: the address carried figures that contradict themselves; they are told nowhere, only that they were there."""

    page: SearchPage
    now: Taken
    earlier: Taken | None
    since: Since | None
    altered: bool
    search_url: str
    url: str

    @property
    def shown(self) -> Taken:
        """The receipt that is cited: the earlier one, where the address carries it."""
        return self.earlier or self.now


def receipt(query: QueryDict) -> Receipt:
    """Run the search of an address and say what it found; with the figures of an earlier run, what changed."""
    state = SearchState.of(query).but(per_page=20, root=False)
    page, keys = found_keys(state.q, **state.conditions())
    used = state.but(include=dict(page.include), exclude=dict(page.exclude))
    rows = list(_rows(keys))
    ids = sorted(row[0] for row in rows)
    now = Taken(
        timezone.now().replace(microsecond=0), len(ids), Article.objects.published().count(), _hash("\n".join(ids)),
        index_hash(),
    )  # fmt: skip
    earlier = Taken.of(query)
    altered = earlier is not None and earlier.contradicts(now)
    earlier = None if altered else earlier
    since = _since(earlier, now, rows) if earlier else None
    carried = used.query_with((earlier or now).pairs())
    return Receipt(
        page, now, earlier, since, altered, settings.SITE_URL + reverse("search") + used.query(),
        settings.SITE_URL + reverse("receipt") + carried,
    )  # fmt: skip


def index_hash() -> str:
    """The hash of what the index was made with: its layout, dictionary, folding table and converters."""
    return _hash(json.dumps(fingerprint(), sort_keys=True))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _rows(keys: Sequence[int]) -> Iterator[tuple[str, datetime, datetime]]:
    readable = Article.objects.published()
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        yield from readable.filter(pk__in=chunk).values_list("public_id", "created_at", "changed_at")


def _since(earlier: Taken, now: Taken, rows: Sequence[tuple[str, datetime, datetime]]) -> Since:
    added = sum(1 for _key, made, _changed in rows if made > earlier.at)
    changed = sum(1 for _key, made, changed in rows if made <= earlier.at < changed)
    return Since(
        same=earlier.results == now.results,
        same_index=earlier.index == now.index,
        added=added,
        changed=changed,
        lost=max(earlier.found + added - now.found, 0),
        held=now.held - earlier.held,
    )


def address_of(state: SearchState) -> str:
    """Where the receipt of a search is had."""
    return reverse("receipt") + ("?" + urlencode(state.but(per_page=20, root=False).pairs()))
