"""The record of an article as JSON says what its page says, and nothing that its page does not."""

from archive.catalog import services as catalog
from archive.catalog.models import Access


def test_a_record_holds_the_facts_with_their_precision_and_reasons(client, archive):
    for article in archive[:12]:
        version = article.current_version
        said = client.get(f"/articles/{article.public_id}.json").json()
        assert said["address"].endswith(article.get_absolute_url())
        assert said["text"] == version.body
        assert said["published"]["edtf"] == (version.published or None)
        assert said["published"]["precision"] == (version.published_precision or None)
        assert [one["code"] for one in said["places"]] == [one.region.code for one in version.places.all()]
        assert len(said["evidence"]) == version.evidence.count()
        assert said["capture"]["sha256"] == version.capture.sha256
        assert said["citation"]["id"] == article.public_id


def test_the_anchors_of_a_record_are_those_of_the_page(client, archive):
    article = archive[0]
    page = client.get(article.get_absolute_url()).content.decode()
    anchors = [one["anchor"] for one in client.get(f"/articles/{article.public_id}.json").json()["paragraphs"]]
    assert anchors and all(f'id="{one}"' in page for one in anchors)
    assert f'type="application/json" href="/articles/{article.public_id}.json"' in page


def test_a_piece_taken_down_leaves_only_that_it_was(client, archive):
    article = archive[1]
    catalog.withdraw(article=article, reason="来源要求撤下")
    response = client.get(f"/articles/{article.public_id}.json")
    assert response.status_code == 410
    said = response.json()
    assert set(said) == {"id", "address", "gone", "at", "reason"} and said["reason"] == "来源要求撤下"


def test_a_text_open_in_snippets_is_not_in_its_record(client, archive):
    article = archive[2]
    article.access = Access.SNIPPET
    article.save()
    said = client.get(f"/articles/{article.public_id}.json").json()
    assert said["text"] is said["paragraphs"] is said["captions"] is None
    assert article.current_version.body[:30] not in str(said)


def test_a_record_asks_the_database_the_same_number_of_times(client, archive, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        client.get(f"/articles/{archive[3].public_id}.json")
