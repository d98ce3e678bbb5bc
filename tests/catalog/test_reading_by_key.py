"""Articles by key: the same records as the queryset gives, in as many queries, and no older state."""

from __future__ import annotations

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from archive.catalog.models import Article, Status
from archive.catalog.reading import SIZES, articles_by_key, cards_by_key, kept, printed_by_key
from tests.search.making import save_article

pytestmark = pytest.mark.django_db
UNREAD = ("current_version__blocks", "current_version__furniture")


def told(article: Article) -> object:
    version = article.current_version
    places = [(p.region.code, [u.code for u in p.region.chain()], p.role, p.township) for p in version.places.all()]
    bylines = [(one.name, one.role) for one in version.bylines.all()]
    return (
        model_to_dict(article), model_to_dict(version, exclude=["blocks", "furniture", "regions"]), places, bylines,
        article.outlet and article.outlet.region, article.publisher, version.capture.sha256,
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 3, SIZES[2], SIZES[2] + 1])
def test_the_records_are_those_of_the_queryset(count: int, django_assert_num_queries) -> None:
    for number in range(count):
        save_article(f"示例村第{number}号志愿者登记体温。", f"示例消息{number}", public_id=f"r{number}")
    keys = [*Article.objects.values_list("pk", flat=True), 10**9]
    expected = Article.objects.published().with_parts().defer(*UNREAD).in_bulk(keys)
    with CaptureQueriesContext(connection) as asked:
        found = articles_by_key(keys, without=UNREAD)
        assert {key: told(one) for key, one in found.items()} == {key: told(one) for key, one in expected.items()}
    assert len(asked) == 3
    assert found[keys[0]].current_version.get_deferred_fields() == {"blocks", "furniture"}


def test_what_was_withdrawn_or_changed_since_is_seen_at_once() -> None:
    article = save_article("示例村志愿者登记体温。", "示例消息", public_id="r1")
    assert articles_by_key([article.pk])[article.pk].status == Status.PUBLISHED
    Article.objects.filter(pk=article.pk).update(rights="仅供研究")
    assert articles_by_key([article.pk])[article.pk].rights == "仅供研究"
    Article.objects.filter(pk=article.pk).update(status=Status.DRAFT)
    assert articles_by_key([article.pk]) == {}
    assert articles_by_key([]) == {}


def test_rows_come_as_tuples_and_records_as_records() -> None:
    article = save_article("示例村志愿者登记体温。", "示例消息", public_id="r1")

    def pairs(number: object) -> object:
        return Article.objects.filter(pk=number).values_list("pk", "public_id")

    def records(public_id: object) -> object:
        return Article.objects.filter(public_id=public_id)

    for _time in range(2):
        assert list(kept("pairs", pairs, article.pk)) == [(article.pk, "r1")]
        assert list(kept("pairs", pairs, -5)) == []
        assert list(kept("records", records, "r1")) == [article]
    card = cards_by_key([article.pk])[article.pk]
    assert card.current_version.title == "示例消息" and "body" in card.current_version.get_deferred_fields()
    read = printed_by_key([article.pk, 10**9])[article.pk]
    assert read == article and read.current_version.body == "示例村志愿者登记体温。"
    assert {"body", "captions", "body_simplified"}.isdisjoint(read.current_version.get_deferred_fields())
    assert "body" not in cards_by_key([article.pk], text=True)[article.pk].current_version.get_deferred_fields()


def test_a_few_keys_are_looked_up_as_such(uncounted: None) -> None:
    """What nearly every row has is no way to find ten of them: SQLite would read all that is published."""
    keys = [save_article(f"示例村第{number}号登记。", "示例", public_id=f"r{number}").pk for number in range(3)]
    found = Article.objects.published().filter(pk__in=keys)
    assert {one.pk for one in found} == set(keys)
    if connection.vendor == "sqlite":
        assert "SEARCH catalog_article USING INTEGER PRIMARY KEY" in found.explain()
