"""One hit a story, and originals alone: hits, totals and facets as the reference and the database count them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.catalog.models import Article, Printing
from archive.search.records import FACETS, Request
from archive.search.tree import Everything, Node

from ..conftest import Evaluate
from ..reference import ReferenceEngine
from .test_facets import holding, matching, nodes
from .test_trees import VALUES, filters, words

pytestmark = pytest.mark.django_db
many = settings(max_examples=2 * settings.default.max_examples, deadline=None, suppress_health_check=list(HealthCheck))
ways = st.sampled_from(["one", "originals"])


@many
@given(st.one_of(nodes, words), filters, filters, ways, st.sampled_from(["newest", "oldest"]), st.integers(0, 12), st.booleans())  # fmt: skip
def test_pages_totals_and_facets_are_those_of_the_reference(
    evaluate: Evaluate, reference: ReferenceEngine, node: Node, include: dict, exclude: dict, way, sort, offset, sample
) -> None:
    request = Request(
        node, include=include, exclude=exclude, copies=way, sort=sort, offset=offset, limit=7, facets=FACETS,
        with_sample=sample,
    )  # fmt: skip
    ours, theirs = evaluate(request), reference.evaluate(request)
    assert [hit.article_id for hit in ours.hits] == [hit.article_id for hit in theirs.hits]
    assert (ours.total, ours.copies) == (theirs.total, theirs.copies)
    for name in FACETS:
        assert {one.value: one.count for one in ours.facets[name]} == {
            one.value: one.count for one in theirs.facets[name]
        }, name


@many
@given(nodes, filters, ways)
def test_counts_are_those_of_the_database(evaluate: Evaluate, node: Node, include: dict, way: str) -> None:
    response = evaluate(Request(node, include=include, copies=way, facets=FACETS, limit=0))  # type: ignore[arg-type]
    clusters = dict(Printing.objects.values_list("pk", "cluster_id"))
    originals = set(Article.objects.published().originals().values_list("pk", flat=True))

    def number(found: set[int]) -> int:
        return len(found & originals) if way == "originals" else len({clusters.get(pk, -pk) for pk in found})

    base = matching(node)
    chosen = {name: set().union(*(holding(name, value) for value in values)) for name, values in include.items()}
    assert response.total == number(base.intersection(*chosen.values()))
    for name in FACETS:
        within = base.intersection(*(ids for other, ids in chosen.items() if other != name))
        told = {one.value: one.count for one in response.facets[name]}
        expected = {value: number(within & holding(name, value)) for value in {*VALUES[name], *told}}
        assert {value: count for value, count in expected.items() if count} == told, name


def test_the_corpus_has_what_these_tests_are_about(evaluate: Evaluate, reference: ReferenceEngine) -> None:
    every, one, originals = (
        evaluate(Request(Everything(), limit=None, copies=way))
        for way in ("all", "one", "originals")  # type: ignore[arg-type]
    )
    assert every.total > one.total > originals.total > 20, "some originals are not for readers"
    assert max(one.copies.values()) > 2 and not every.copies and not originals.copies


@many
@given(st.one_of(nodes, words), filters)
def test_a_value_of_a_facet_opens_as_many_stories_as_it_counts(evaluate: Evaluate, node: Node, include: dict) -> None:
    asked = Request(node, include=include, copies="one", facets=FACETS, limit=0)
    for name, counts in evaluate(asked).facets.items():
        for one in list(counts)[:3]:
            opened = evaluate(Request(node, include={**include, name: (one.value,)}, copies="one", limit=0))
            assert opened.total == one.count


@many
@given(words, st.integers(0, 9))
def test_relevance_orders_what_stands_for_its_story_as_it_orders_all(
    evaluate: Evaluate, node: Node, offset: int
) -> None:
    whole = [hit.article_id for hit in evaluate(Request(node, limit=None)).hits]
    stories = [hit.article_id for hit in evaluate(Request(node, limit=None, copies="one")).hits]
    assert stories == [key for key in whole if key in set(stories)]
    page = evaluate(Request(node, offset=offset, limit=3, copies="one")).hits
    assert [hit.article_id for hit in page] == stories[offset : offset + 3]


def test_readers_articles_alone_count(evaluate: Evaluate) -> None:
    assert {hit.article_id for hit in evaluate(Request(Everything(), limit=None, copies="one")).hits} <= counted_all()


def counted_all() -> set[int]:
    return set(Article.objects.published().values_list("pk", flat=True))
