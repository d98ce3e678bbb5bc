"""Editors publish, withdraw and correct in the admin; nothing happens without a trace."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from archive.catalog import services
from archive.catalog.fields import FIELDS
from archive.catalog.models import Article, Evidence, Outlet, Takedown
from archive.places.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    province = Region.objects.create(code="510000", name="四川省", short_name="四川", level="province")
    prefecture = Region.objects.create(
        code="510900", name="遂宁市", short_name="遂宁", level="prefecture", parent=province
    )
    return Region.objects.create(code="510923", name="大英县", short_name="大英", level="county", parent=prefecture)


@pytest.fixture
def article(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    capture, _new = services.keep_capture(data="正文".encode(), media_type="text/plain")
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
    return services.publish(article=article)


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor", password="only for tests"))
    return client


def form_of(version, **changes):
    data = {name: field.words(field.read(version)) for name, field in FIELDS.items()}
    forms = {
        f"{inline}-{name}_FORMS": 0
        for inline in ("places", "bylines", "evidence", "quantities")
        for name in ("TOTAL", "INITIAL")
    }
    return {**data, **forms, "reason": "", "seen": version.article.changes, **changes}


@pytest.mark.parametrize(
    "model", ["article", "version", "outlet", "capture", "textlayer", "repair", "evidence", "revision", "takedown"]
)
def test_each_record_has_a_list_that_can_be_searched(editor, article, model):
    response = editor.get(reverse(f"admin:catalog_{model}_changelist"), {"q": "示例"})
    assert response.status_code == 200


def test_withdrawing_asks_for_a_reason_first(editor, article):
    url = reverse("admin:catalog_article_changelist")
    data = {"action": "withdraw_selected", "_selected_action": [article.pk]}
    asked = editor.post(url, data)
    assert "理由" in asked.content.decode()
    assert not Takedown.objects.exists()
    editor.post(url, {**data, "reason": "来源要求撤下"})
    assert Takedown.objects.get().reason == "来源要求撤下"
    assert not Article.objects.published().exists()


def test_deleting_leaves_a_tombstone(editor, article):
    editor.post(reverse("admin:catalog_article_delete", args=[article.pk]), {"post": "yes"})
    assert not Article.objects.exists()
    assert Takedown.objects.get().public_id == article.public_id


def test_a_correction_is_written_to_the_history_with_its_reason(editor, article, county):
    version = article.current_version
    url = reverse("admin:catalog_version_change", args=[version.pk])
    response = editor.post(
        url,
        form_of(version, title="示例村守村口", published="2020-02", about="四川省遂宁市大英县示例镇", reason="据原报"),
    )
    assert response.status_code == 302, response.content.decode()
    version.refresh_from_db()
    assert version.title == "示例村守村口"
    assert (version.published_precision, version.published_standing) == ("month", "editor")
    assert (version.published_earliest, version.published_latest) == (date(2020, 2, 1), date(2020, 2, 29))
    assert (version.primary_region.region, version.primary_region.township) == (county, "示例镇")
    assert set(article.revisions.values_list("field", "reason")) == {
        ("title", "据原报"),
        ("published", "据原报"),
        ("about", "据原报"),
    }
    assert set(Evidence.objects.values_list("field", "basis")) == {
        ("title", "editor"),
        ("published", "editor"),
        ("about", "editor"),
    }


def test_a_correction_without_a_reason_changes_nothing(editor, article):
    version = article.current_version
    response = editor.post(
        reverse("admin:catalog_version_change", args=[version.pk]), form_of(version, title="别的标题")
    )
    assert "更正须写明理由" in response.content.decode()
    version.refresh_from_db()
    assert version.title == "示例村设卡"
    assert not article.revisions.exists()


@pytest.mark.parametrize(("field", "value"), [("published", "2020-13"), ("published", "去年"), ("about", "999999")])
def test_a_wrong_date_or_place_gets_a_sentence(editor, article, field, value):
    version = article.current_version
    response = editor.post(
        reverse("admin:catalog_version_change", args=[version.pk]), form_of(version, reason="试", **{field: value})
    )
    assert response.status_code == 200
    assert value in response.content.decode()
    assert not article.revisions.exists()


def test_saving_a_version_unchanged_writes_no_history(editor, article):
    version = article.current_version
    editor.post(reverse("admin:catalog_version_change", args=[version.pk]), form_of(version))
    assert not article.revisions.exists()


def test_the_outlet_list_confirms_what_an_import_proposed(editor, article):
    outlet = Outlet.objects.get()
    editor.post(reverse("admin:catalog_outlet_changelist"), {"action": "confirm", "_selected_action": [outlet.pk]})
    outlet.refresh_from_db()
    assert outlet.confirmed
