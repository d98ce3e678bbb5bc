"""One hit a story: what of the printings found is left out, and what facets counted more than once.

OpenSearch's own collapsing chooses by the order and counts by estimate. Articles in reprint clusters are few: all of
those found are read, and what they count too much is taken off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..records import FacetName, Request
from .queries import Query

#: Values in one `terms` query (index.max_terms_count).
_TERMS = 65_536


@dataclass(frozen=True, slots=True)
class Member:
    """A printing found that stands in a cluster; `values`: facet → its values."""

    pk: int
    story: int
    is_original: bool
    values: dict[str, list[str]]


def question(body: dict[str, Any], request: Request, oldest: list[dict[str, Any]]) -> dict[str, Any]:
    """What asks for all members within the query, whatever values of facets are chosen; the earliest first."""
    wanted = dict.fromkeys(("story", "original", *request.facets, *request.include))
    query = {"bool": {"filter": [body["query"], {"exists": {"field": "story"}}]}}
    return {"query": query, "docvalue_fields": list(wanted), "sort": oldest, "_source": False}


def member(found: dict[str, Any]) -> Member:
    values = found["fields"]
    return Member(int(found["_id"]), int(values["story"][0]), bool(values["original"][0]), values)


class Stories:
    """Of the members found: which stand for their stories, which do not, and what was counted too often."""

    def __init__(self, members: Sequence[Member], request: Request) -> None:
        self._members, self._include = members, request.include
        chosen: dict[int, Member] = {}
        times: Counter[int] = Counter()
        passing = [one for one in members if self._passes(one, None)]
        for one in passing:
            times[one.story] += 1
            held = chosen.setdefault(one.story, one)
            if one.is_original and not held.is_original:
                chosen[one.story] = one
        kept = {one.pk for one in chosen.values()}
        self._left_out = [one.pk for one in passing if one.pk not in kept]
        self._copies = {one.pk: times[one.story] for one in chosen.values() if times[one.story] > 1}

    def _passes(self, one: Member, leaving_out: FacetName | None) -> bool:
        return all(
            name == leaving_out or not values or not set(values).isdisjoint(one.values.get(name, ()))
            for name, values in self._include.items()
        )

    def others(self) -> list[Query]:
        """Conditions that keep what stands for another printing out."""
        gone = self._left_out
        some = [gone[start : start + _TERMS] for start in range(0, len(gone), _TERMS)]
        return [{"bool": {"must_not": {"terms": {"pk": keys}}}} for keys in some]

    def again(self, name: FacetName) -> Counter[str]:
        """For each value of a facet, how many members hold it besides one of each story that does."""
        within = [one for one in self._members if self._passes(one, name)]
        pairs = [(one.story, value) for one in within for value in one.values.get(name, ())]
        return Counter(value for _story, value in pairs) - Counter(value for _story, value in set(pairs))

    def copies(self, keys: Iterable[int]) -> dict[int, int]:
        """Printings found of the stories of these hits, where there are several."""
        return {key: self._copies[key] for key in keys if key in self._copies}
