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


def shown_form(response) -> dict[str, object]:
    """What a browser would send of the page as it is shown."""
    form = response.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in data.items()}


def test_a_correction_of_one_field_leaves_the_lists_as_they_were(editor, article):
    version = article.current_version
    version.editors, version.topics = ["示例甲", "示例乙"], ["社区防控"]
    version.save()
    url = reverse("admin:catalog_version_change", args=[version.pk])
    sent = form_of(version) | shown_form(editor.get(url)) | {"title": "示例村守村口", "reason": "据原报"}
    assert editor.post(url, sent).status_code == 302
    version.refresh_from_db()
    assert (version.title, version.editors, version.topics) == ("示例村守村口", ["示例甲", "示例乙"], ["社区防控"])
    assert list(article.revisions.values_list("field", flat=True)) == ["title"]


def test_what_another_editor_withdrew_is_not_published_again_by_an_old_list(editor, article):
    url = reverse("admin:catalog_article_changelist")
    services.withdraw(article=article, reason="当事人请求")
    old_list = {"action": "publish_selected", "_selected_action": [article.pk]}
    assert "已撤回" in editor.post(url, old_list, follow=True).content.decode()
    article.refresh_from_db()
    assert article.status == "withdrawn"
    restore = {"action": "restore_selected", "_selected_action": [article.pk]}
    asked = editor.post(url, restore)
    assert "理由" in asked.content.decode()
    (seen,) = asked.context["seen"]
    services.withdraw(article=article, reason="另一请求")
    stale = {**restore, "reason": "误撤", "seen": f"{seen[0]}:{seen[1]}"}
    assert "被别人改过" in editor.post(url, stale, follow=True).content.decode()
    article.refresh_from_db()
    editor.post(url, {**stale, "seen": f"{article.pk}:{article.changes}"})
    article.refresh_from_db()
    assert article.status == "published"
    assert article.revisions.order_by("-pk").first().reason == "误撤"


def outlet_form(response) -> dict[str, object]:
    forms = {f"aliases-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    return shown_form(response) | forms


def test_the_second_of_two_editors_of_an_outlet_is_told_and_nothing_is_overwritten(editor, article):
    outlet = Outlet.objects.get()
    url = reverse("admin:catalog_outlet_change", args=[outlet.pk])
    first, second = outlet_form(editor.get(url)), outlet_form(editor.get(url))
    assert editor.post(url, first | {"rights": "版权归示例县报所有。"}).status_code == 302
    told = editor.post(url, second | {"homepage": "https://example.org/"})
    assert "被别人改过" in told.content.decode()
    outlet.refresh_from_db()
    assert (outlet.rights, outlet.homepage) == ("版权归示例县报所有。", "")
    anew = outlet_form(editor.get(url)) | {"homepage": "https://example.org/"}
    assert editor.post(url, anew).status_code == 302
    outlet.refresh_from_db()
    assert (outlet.rights, outlet.homepage) == ("版权归示例县报所有。", "https://example.org/")


def test_the_access_of_an_outlet_closes_and_opens_what_is_held_of_it(editor, article, client):
    outlet = Outlet.objects.get()
    other = services.propose_outlet(name="示例晚报")
    own = services.create_article(publisher=outlet, outlet=other, access="snippet")  # set for this one alone
    url = reverse("admin:catalog_outlet_change", args=[outlet.pk])
    refused = editor.post(url, outlet_form(editor.get(url)) | {"access": "staff"})
    assert "须写明理由" in refused.content.decode()
    editor.post(url, outlet_form(editor.get(url)) | {"access": "staff", "reason": "报社要求"})
    article.refresh_from_db()
    own.refresh_from_db()
    outlet.refresh_from_db()
    assert (outlet.access, article.access, own.access) == ("staff", "staff", "snippet")
    assert article.revisions.get(field="access").reason == "报社要求"
    assert "村口设卡" not in client.get(article.get_absolute_url()).content.decode()
    other.access = "staff"
    other.save()
    shared = services.create_article(publisher=outlet, outlet=other)
    services.open_outlet(outlet=outlet, access="full", reason="报社同意")
    article.refresh_from_db()
    shared.refresh_from_db()
    assert (article.access, shared.access) == ("full", "staff")  # the other outlet still asks for less


def test_evidence_that_reads_the_same_is_told_once(editor, article):
    version = article.current_version
    told = {
        "version": version,
        "field": "about",
        "value": "510923",
        "rule": "named",
        "text": "大英县",
        "confidence": 0.5,
    }
    for start, more in ((0, {}), (9, {}), (20, {"text": "大英"})):
        Evidence.objects.create(**{**told, "basis": "stated", "start": start, "end": start + 3, **more})
    page = editor.get(reverse("admin:catalog_version_change", args=[version.pk])).content.decode()
    assert page.count(">文中的地名</") == 2
