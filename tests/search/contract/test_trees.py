"""Promises 2, 5 and 6: any tree, any filters, any order and page; hits, totals and facets as the reference has them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.search.records import FACETS, Request
from archive.search.tree import And, Dates, Everything, Key, Near, Node, Not, Nothing, Or, Phrase, Prefix, Variants

from ..conftest import Evaluate
from ..reference import ReferenceEngine, facet_values
from .corpus import AUTHORS, PLACES, TOPICS

pytestmark = pytest.mark.django_db

WORDS = ["网格员", "網格員", "口罩", "消毒", "消毒液", "登记", "防控", "干净", "乾淨", "COVID-19", "ok", "37.2", "的", "后来", "計畫",
         "示例", "图为", "没有的词", "里", "复工复产", "村", "党员", "老甲"]  # fmt: skip
PARTS = [("title", "body", "caption"), ("title",), ("body",), ("caption",)]

days = st.dates(date(2020, 1, 1), date(2020, 7, 1))
words = st.builds(Phrase, st.sampled_from(WORDS), st.booleans(), st.sampled_from(PARTS))
nears = st.builds(
    lambda texts, distance, parts: Near(tuple(Phrase(text, parts=parts) for text in texts), distance),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3),
    st.integers(0, 30),
    st.sampled_from(PARTS),
)
keys = st.one_of(
    st.builds(Key, st.just("place"), st.sampled_from([*PLACES, "420000", "330000", "999999"])),
    st.builds(Key, st.just("outlet"), st.sampled_from(["shili-0", "shili-1", "shili-3", "no-such"])),
    st.builds(Key, st.just("outlet_place"), st.sampled_from(["510000", "510900", "420000", "110000"])),
    st.builds(Key, st.just("topic"), st.sampled_from([*TOPICS, "登記", "无"])),
    st.builds(Key, st.just("author"), st.sampled_from([*AUTHORS, "示例記者甲", "示例 记者乙", "无名"])),
    st.builds(Key, st.just("script"), st.sampled_from(["Hans", "Hant", "Hant-converted", "x"])),
    st.builds(Key, st.just("id"), st.sampled_from(["c1", "c70", "c3", "C3", "nil"])),
)
dates = st.one_of(
    st.builds(Dates, st.none() | days, st.none() | days, st.booleans()),
    st.just(Dates(unknown=True)),
    st.builds(lambda day: Dates(day, day + timedelta(days=40)), days),
)
variants = st.builds(
    lambda texts, parts: Variants(Phrase(texts[0], True, parts), tuple(Phrase(one, True, parts) for one in texts[1:])),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4, unique=True),
    st.sampled_from(PARTS),
)
leaves = st.one_of(words, words, nears, keys, dates, variants, st.just(Everything()), st.just(Nothing()))
#: What is weighed: a prefix over all parts only, for the index counts its words by article.
prefixes = st.builds(Prefix, st.sampled_from(["登", "消", "网格", "cov", "复"]))
whole_leaves = st.one_of(
    words,
    nears,
    variants,
    prefixes,
    keys,
    dates,
)


def combined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """And, Or, and And with a Not."""
    return st.one_of(
        st.builds(lambda parts: And(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: Or(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda part, less: And((part, Not(less))), inner, inner),
        st.builds(lambda less: And((Everything(), Not(less))), inner),
    )


trees: st.SearchStrategy[Node] = st.recursive(leaves, combined, max_leaves=8)
whole_trees: st.SearchStrategy[Node] = st.recursive(whole_leaves, combined, max_leaves=6)
VALUES = {
    "place": [*PLACES, "420000", "420100", "999999"],
    "date": ["2020", "2020-02", "2020-03", "2020-02-24", "2020-02~", "2020-03~", "2020~", "~"],
    "outlet": ["shili-0", "shili-1", "shili-2"],
    "outlet_place": ["510000", "510900", "330000"],
    "topic": list(TOPICS),
    "script": ["Hans", "Hant", "Hant-converted"],
}
filters = st.dictionaries(st.sampled_from(FACETS), st.just(None), max_size=3).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=3).map(tuple) for name in names}
    )
)
many = settings(max_examples=4 * settings.default.max_examples, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("text", ["网格员", "示例", "口罩", "员"])
@pytest.mark.parametrize("distance", [0, 3, 12, 40, 200])
def test_a_string_that_is_to_stand_twice(
    evaluate: Evaluate, reference: ReferenceEngine, text: str, distance: int
) -> None:
    tree = Near((Phrase(text), Phrase(text)), distance)
    ours, theirs = (engine(Request(tree, limit=None)) for engine in (evaluate, reference.evaluate))
    assert {hit.article_id for hit in ours.hits} == {hit.article_id for hit in theirs.hits}


@many
@given(trees)
def test_any_tree_finds_what_the_reference_finds(evaluate: Evaluate, reference: ReferenceEngine, tree: Node) -> None:
    ours, theirs = (engine(Request(tree, limit=None)) for engine in (evaluate, reference.evaluate))
    assert {hit.article_id for hit in ours.hits} == {hit.article_id for hit in theirs.hits}
    assert ours.total == theirs.total == len(ours.hits)


@many
@given(
    st.sampled_from(["登", "消", "消毒", "網", "网格", "cov", "COVID-1", "复", "后", "ok", "计", "計", "x", "挨家"]),
    st.sampled_from(PARTS),
)
def test_prefixes_find_words_that_begin_so(
    evaluate: Evaluate, reference: ReferenceEngine, prefix: str, parts: tuple[str, ...]
) -> None:
    request = Request(Prefix(prefix, parts), limit=None)  # type: ignore[arg-type]
    assert {hit.article_id for hit in evaluate(request).hits} == {
        hit.article_id for hit in reference.evaluate(request).hits
    }


@many
@given(
    st.one_of(words, trees), filters, st.lists(st.integers(0, 80), max_size=30), st.sampled_from(["all", "originals"])
)
def test_among_named_articles_the_others_are_neither_found_nor_counted(
    evaluate: Evaluate, reference: ReferenceEngine, tree: Node, include: dict, places: list[int], copies: str
) -> None:
    known = [document.id for document in reference.documents]
    named = tuple(known[place % len(known)] for place in places)
    request = Request(tree, include=include, among=named, copies=copies, limit=None, facets=FACETS)  # type: ignore[arg-type]
    ours, theirs = evaluate(request), reference.evaluate(request)
    assert {hit.article_id for hit in ours.hits} == {hit.article_id for hit in theirs.hits} <= set(named)
    assert ours.total == theirs.total
    for name in FACETS:
        assert {(one.value, one.count) for one in ours.facets[name]} == {
            (one.value, one.count) for one in theirs.facets[name]
        }, name


@many
@given(
    st.one_of(words, trees), filters, filters, st.none() | days, st.none() | days, st.booleans(),
    st.sampled_from(["newest", "oldest"]), st.integers(0, 80), st.integers(1, 30),
)  # fmt: skip
def test_filters_orders_pages_and_facets_are_those_of_the_reference(
    evaluate: Evaluate, reference: ReferenceEngine, tree: Node, include: dict, exclude: dict,
    earliest: date | None, latest: date | None, with_sample: bool, sort: str, offset: int, limit: int,
) -> None:  # fmt: skip
    request = Request(
        tree, include=include, exclude=exclude, earliest=earliest, latest=latest, with_sample=with_sample,
        sort=sort, offset=offset, limit=limit, facets=FACETS,
    )  # fmt: skip
    ours, theirs = evaluate(request), reference.evaluate(request)
    assert ours.total == theirs.total
    assert [hit.article_id for hit in ours.hits] == [hit.article_id for hit in theirs.hits]
    for name in FACETS:
        assert {(one.value, one.count) for one in ours.facets[name]} == {
            (one.value, one.count) for one in theirs.facets[name]
        }, name


def test_facets_equal_counts_of_the_database(evaluate: Evaluate) -> None:
    from archive.catalog.models import Article

    response = evaluate(Request(Everything(), facets=FACETS, limit=0))
    published = Article.objects.published()
    assert response.total == published.count()
    for one in response.facets["place"]:
        assert one.count == published.about(one.value).count(), one
    for one in response.facets["outlet"]:
        assert one.count == published.filter(outlet__slug=one.value).count(), one
    for one in response.facets["script"]:
        assert one.count == published.filter(current_version__script=one.value).count(), one
    months = {one.value: one.count for one in response.facets["date"] if len(one.value) == 7}
    for value, count in months.items():
        year, month = map(int, value.split("-"))
        first, last = date(year, month, 1), date(year, month + 1, 1) - timedelta(days=1)
        assert count == published.between(first, last).count(), value


def test_facet_counts_are_what_choosing_the_value_gives(evaluate: Evaluate, reference: ReferenceEngine) -> None:
    node = Phrase("示例", word=True)
    response = evaluate(Request(node, facets=FACETS, limit=0))
    for name in FACETS:
        assert response.facets[name], name
        for one in response.facets[name]:
            assert evaluate(Request(node, include={name: (one.value,)}, limit=0)).total == one.count, (name, one)
            assert evaluate(Request(node, exclude={name: (one.value,)}, limit=0)).total == response.total - one.count
    assert any(value.endswith("~") for one in reference.documents for value in facet_values("date", one))


def test_walking_all_pages_meets_every_article_once_in_one_order(evaluate: Evaluate) -> None:
    node = Or((Phrase("口罩", word=True), Phrase("登记", word=True), Phrase("消毒", word=True)))
    for sort in ("relevance", "newest", "oldest"):
        whole = [hit.article_id for hit in evaluate(Request(node, sort=sort, limit=None)).hits]  # type: ignore[arg-type]
        walked = [
            hit.article_id
            for offset in range(0, len(whole) + 7, 7)
            for hit in evaluate(Request(node, sort=sort, offset=offset, limit=7)).hits  # type: ignore[arg-type]
        ]
        assert walked == whole and len(set(whole)) == len(whole) > 20


def test_beyond_the_end_there_is_a_total_and_no_hit(evaluate: Evaluate) -> None:
    response = evaluate(Request(Phrase("口罩"), offset=10**6, limit=20))
    assert response.total > 0 and response.hits == ()
