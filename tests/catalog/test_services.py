"""Writes to the catalog: atomic, told in the history, closed by tombstones."""

import pytest
from django.contrib.auth.models import User

from archive.catalog import services, store
from archive.catalog.models import Article, Capture, Outlet, OutletAlias, Status, Takedown


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"


@pytest.fixture
def article(db):
    capture, _new = services.keep_capture(data="正文".encode(), media_type="text/plain", original_name="示例.txt")
    outlet = services.propose_outlet(name="示例县报")
    article = services.create_article(publisher=outlet, outlet=outlet)
    services.add_version(
        article=article,
        capture=capture,
        text_sha256="0" * 64,
        title="示例村设卡",
        body="村口设卡。",
        body_simplified="村口设卡。",
        blocks=[{"kind": "paragraph", "text": "村口设卡。", "start": 0, "end": 5}],
        script="Hans",
    )
    return article


def test_the_same_receipt_is_kept_once(db):
    first, new = services.keep_capture(data=b"x", media_type="text/plain", source_url="http://a.example/1")
    again, second = services.keep_capture(data=b"x", media_type="text/plain", source_url="http://a.example/1")
    other, third = services.keep_capture(data=b"x", media_type="text/plain", source_url="http://a.example/2")
    assert (new, second, third) == (True, False, True)
    assert first == again
    assert first != other
    assert first.sha256 == other.sha256


def test_an_alias_leads_to_its_outlet(db):
    outlet = Outlet.objects.create(name="示例日报", slug="shili-ribao")
    OutletAlias.objects.create(outlet=outlet, name="示例日报客户端")
    assert services.propose_outlet(name="示例日报客户端") == outlet


def test_two_outlets_that_sound_alike_have_two_addresses(db):
    one = services.propose_outlet(name="示例县报")
    two = services.propose_outlet(name="示例现报")
    assert one.slug != two.slug
    assert not one.confirmed


def test_a_draft_is_not_for_readers_and_a_published_one_is(article):
    assert not Article.objects.published().exists()
    services.publish(article=article)
    assert list(Article.objects.published()) == [article]


def test_an_article_without_text_is_not_published(db):
    empty = services.create_article(publisher=None, outlet=None)
    with pytest.raises(services.CatalogError):
        services.publish(article=empty)


def test_withdrawing_leaves_a_tombstone_with_its_reason(article):
    user = User.objects.create_user("editor")
    services.publish(article=article)
    services.withdraw(article=article, reason="来源要求撤下", by=user)
    article.refresh_from_db()
    assert article.status == Status.WITHDRAWN
    assert not Article.objects.published().exists()
    stone = Takedown.objects.get(public_id=article.public_id)
    assert (stone.reason, stone.kind, stone.lifted_at) == ("来源要求撤下", "withdrawn", None)
    assert [(line.field, line.after, line.role) for line in article.revisions.all()] == [
        ("status", "withdrawn", "editor")
    ]


def test_withdrawing_without_a_reason_is_refused_and_changes_nothing(article):
    services.publish(article=article)
    with pytest.raises(services.CatalogError):
        services.withdraw(article=article, reason="  ")
    article.refresh_from_db()
    assert article.status == Status.PUBLISHED


def test_publishing_again_lifts_the_tombstone(article):
    services.publish(article=article)
    services.withdraw(article=article, reason="核对中")
    services.publish(article=article)
    assert Takedown.objects.get(public_id=article.public_id).lifted_at is not None


def test_removing_what_readers_saw_leaves_a_tombstone_and_a_draft_leaves_none(article):
    public_id = article.public_id
    services.publish(article=article)
    services.remove(article=article, reason="导入已撤销")
    assert Takedown.objects.get(public_id=public_id).article is None
    draft = services.create_article(publisher=None, outlet=None)
    services.remove(article=draft, reason="导入已撤销")
    assert not Takedown.objects.filter(public_id=draft.public_id).exists()


def test_the_page_that_held_a_removed_piece_is_closed_to_readers(article):
    capture = article.current_version.capture
    services.remove(article=article, reason="编辑删除")
    capture.refresh_from_db()
    assert capture.restricted


def test_a_capture_goes_only_when_nothing_needs_it(article, django_capture_on_commit_callbacks):
    capture = article.current_version.capture
    assert services.discard_capture(capture=capture) is False
    services.remove(article=article, reason="导入已撤销")
    with django_capture_on_commit_callbacks(execute=True):
        assert services.discard_capture(capture=capture) is True
    assert not Capture.objects.exists()
    with pytest.raises(store.MissingBytes):
        store.read(capture.sha256)


def test_bytes_stay_while_another_capture_has_them(db, django_capture_on_commit_callbacks):
    one, _ = services.keep_capture(data=b"x", media_type="text/plain", source_url="http://a.example/1")
    two, _ = services.keep_capture(data=b"x", media_type="text/plain", source_url="http://a.example/2")
    with django_capture_on_commit_callbacks(execute=True):
        assert services.discard_capture(capture=one) is True
    assert store.read(two.sha256) == b"x"


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["REUTERS", "reuters", "Ｒｅｕｔｅｒｓ", "Reuters"])
def test_letters_of_another_case_or_width_name_the_same_outlet(other):
    first = services.propose_outlet(name="Reuters")
    assert services.propose_outlet(name=other) == first
    assert services.propose_outlet(name="Reuters2") != first
    assert first.name == "Reuters"


@pytest.mark.django_db
def test_an_alias_is_found_in_another_case_and_signs_stand_for_themselves():
    outlet = services.propose_outlet(name="示例新闻")
    OutletAlias.objects.create(outlet=outlet, name="SL+新闻（APP）")
    assert services.find_outlet("sl＋新闻(app)") == outlet
    assert services.find_outlet("sll新闻(app)") is None
