"""Promise 6: the counts of facets are what the database counts, whatever is chosen, excluded and searched."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.catalog.models import Article
from archive.places.models import code_prefix
from archive.search.records import FACETS, FacetName, Request
from archive.search.tree import And, Everything, Key, Node, Not, Or

from ..conftest import Evaluate
from .test_trees import VALUES, filters

pytestmark = pytest.mark.django_db
many = settings(max_examples=2 * settings.default.max_examples, deadline=None, suppress_health_check=list(HealthCheck))

nodes: st.SearchStrategy[Node] = st.one_of(
    st.just(Everything()),
    st.builds(lambda code: Key("place", code), st.sampled_from(VALUES["place"])),
    st.builds(lambda one, other: Or((Key("place", one), Key("outlet", other))), st.sampled_from(VALUES["place"]), st.sampled_from(VALUES["outlet"])),
    st.builds(lambda script: And((Everything(), Not(Key("script", script)))), st.sampled_from(VALUES["script"])),
)  # fmt: skip


def counted(condition: Q) -> set[int]:
    return set(Article.objects.published().filter(condition).values_list("pk", flat=True))


def holding(name: FacetName, value: str) -> set[int]:
    """The articles that the database has for a value, as `records.FacetName` defines it."""
    match name:
        case "place":
            return set(Article.objects.published().about(value).values_list("pk", flat=True))
        case "outlet_place":
            return counted(Q(outlet__region__code__startswith=code_prefix(value)))
        case "outlet":
            return counted(Q(outlet__slug=value))
        case "script":
            return counted(Q(current_version__script=value))
        case "topic":
            rows = Article.objects.published().values_list("pk", "current_version__topics")
            return {pk for pk, topics in rows if value in topics}
        case "date":
            return counted(_of_date(value))


def _of_date(value: str) -> Q:
    first, last = "current_version__published_earliest", "current_version__published_latest"
    if value == "~":
        return Q(**{f"{first}__isnull": True}) | ~Q(**{f"{first}__year": F(f"{last}__year")})
    year, month, day = (int(part) for part in (*value.rstrip("~").split("-"), "0", "0")[:3])
    if day:
        return Q(**{first: date(year, month, day), last: date(year, month, day)})
    start = date(year, month or 1, 1)
    end = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    within = Q(**{f"{first}__gte": start, f"{last}__lte": end})
    if not value.endswith("~"):
        return within
    finer = Q(**{f"{first}__lt": F(last)}) if month else ~Q(**{f"{first}__month": F(f"{last}__month")})
    return within & finer


def matching(node: Node) -> set[int]:
    match node:
        case Everything():
            return counted(Q())
        case Key(name, value):
            return holding(name, value)  # type: ignore[arg-type]
        case Or(parts):
            return set().union(*map(matching, parts))
        case And(parts):
            return set.intersection(*map(matching, parts))
        case Not(part):
            return counted(Q()) - matching(part)
    raise TypeError(node)


@many
@given(nodes, filters, filters)
def test_counts_with_several_values_and_exclusions_are_those_of_the_database(
    evaluate: Evaluate, node: Node, include: dict, exclude: dict
) -> None:
    response = evaluate(Request(node, include=include, exclude=exclude, facets=FACETS, limit=0))
    base = matching(node)
    for name, values in exclude.items():
        base = base.difference(*(holding(name, value) for value in values))
    chosen = {name: set().union(*(holding(name, value) for value in values)) for name, values in include.items()}
    assert response.total == len(base.intersection(*chosen.values()))
    for name in FACETS:
        within = base.intersection(*(ids for other, ids in chosen.items() if other != name))
        told = {one.value: one.count for one in response.facets[name]}
        every = {*VALUES[name], *told}
        expected = {value: len(within & holding(name, value)) for value in every}
        assert {value: count for value, count in expected.items() if count} == told, name


def test_places_and_dates_are_hierarchies_whose_parts_never_exceed_the_whole(evaluate: Evaluate) -> None:
    facets = evaluate(Request(Everything(), facets=("place", "date"), limit=0)).facets
    places = {one.value: one.count for one in facets["place"]}
    for code, count in places.items():
        for above in (code[:2] + "0000", code[:4] + "00"):
            assert places.get(above, count) >= count
    dates = {one.value: one.count for one in facets["date"]}
    assert {len(value) for value in dates} >= {1, 4, 5, 7, 8, 10}, "every kind of date is in the corpus"
    for value, count in dates.items():
        if len(value) in (4, 7):
            finer = sum(other for one, other in dates.items() if one == value + "~" or (one.startswith(value + "-") and len(one) == len(value) + 3))  # fmt: skip
            assert finer == count, "each article stands under exactly one finer value, or in the imprecise bucket"


def test_every_single_place_in_every_order_is_reached_alone(evaluate: Evaluate) -> None:
    """Deep pages, one article each, under filters: the walk is the whole order."""
    for sort in ("relevance", "newest", "oldest"):
        asked = {"exclude": {"script": ("Hant",)}, "sort": sort}
        whole = [hit.article_id for hit in evaluate(Request(Everything(), limit=None, **asked)).hits]  # type: ignore[arg-type]
        alone = [
            hit.article_id
            for offset in range(len(whole) + 2)
            for hit in evaluate(Request(Everything(), offset=offset, limit=1, **asked)).hits  # type: ignore[arg-type]
        ]
        assert alone == whole and len(whole) > 20
