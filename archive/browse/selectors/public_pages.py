"""The pages that search engines are told of, by kind. The sample is in none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.urls import URLPattern, reverse

from archive.catalog.models import Article
from archive.search.records import FacetName

from ..finding.state import SearchState
from ..views.search import run

#: Addresses in one file (the protocol allows 50,000).
PER_FILE = 10_000
#: Pages that are no content of their own: each address of theirs is somebody's question.
QUESTIONS = frozenset({"search", "receipt", "saved", "concordance", "verify"})

Row = tuple[str, datetime | None]


def _counts(facet: FacetName) -> Mapping[str, int]:
    found = run(SearchState(), per_page=1, snippets=0, facets=(facet,), with_sample=False)
    return {value: count for value, count in found.facets[facet].counts.items() if count}


def fixed(patterns: Iterable[URLPattern]) -> list[Row]:
    """The pages whose address holds nothing to be filled in."""
    plain = [one.name for one in patterns if one.name and not one.pattern.converters and one.name not in QUESTIONS]
    return [(reverse(name), None) for name in plain]


def places() -> list[Row]:
    return [(reverse("place", args=[code]), None) for code in sorted(_counts("place"))]


def dates() -> list[Row]:
    """Years, months and days on which pieces appeared."""
    values = sorted(value for value in _counts("date") if not value.endswith("~"))
    names = {1: "year", 2: "month", 3: "day"}
    return [(reverse(names[len(parts)], args=parts), None) for value in values if (parts := value.split("-"))]


def outlets() -> list[Row]:
    return [(reverse("outlet", args=[slug]), None) for slug in sorted(_counts("outlet"))]


def topics() -> list[Row]:
    return [(reverse("topic", args=[topic]), None) for topic in sorted(_counts("topic"))]


#: Files beside the fixed pages and the articles.
KINDS: dict[str, Callable[[], list[Row]]] = {"places": places, "dates": dates, "outlets": outlets, "topics": topics}


def articles_count() -> int:
    return Article.objects.published().without_sample().count()


def articles(number: int) -> list[Row]:
    """The articles of the `number`th file, from 1, with their last change."""
    found = Article.objects.published().without_sample().order_by("pk").values_list("public_id", "changed_at")
    start = (number - 1) * PER_FILE
    return [(reverse("article", args=[key]), at) for key, at in found[start : start + PER_FILE]]
