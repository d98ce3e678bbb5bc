"""The review queue: the most doubtful first, decided one by one or together, never over another editor's head."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from archive.catalog import services
from archive.catalog.admin.review import PER_PAGE
from archive.catalog.doubts import find_doubts
from archive.catalog.fields import FIELDS, FieldError
from archive.catalog.models import Article, Doubt, Evidence, Outlet, Proposal
from archive.catalog.proposing import Found, accept_proposal, propose, reject_proposal
from archive.catalog.reviewing import decide, open_doubts
from archive.ingest.roles import ensure_groups
from tests.factories import Made, make_article, make_regions

pytestmark = pytest.mark.django_db
QUEUE = "admin:catalog_doubt_changelist"


@pytest.fixture
def article(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    regions = make_regions(["510923"])
    article = make_article(Made(number=1, regions=[regions["510923"]], standing="inferred", published="2020-02-24"))
    version = article.current_version
    for field, value, rule, text, confidence in [
        ("about", "510923", "county", "示例村的网格员", 0.77),
        ("authors", "示例记者甲", "byline", "(示例记者甲)", 0.6),
        ("authors", "示例记者乙", "byline", "(示例记者乙)", 0.95),
        ("topics", "志愿服务", "keyword", "村口设卡", 0.95),
    ]:
        basis = "inferred" if field == "topics" else "stated"
        Evidence.objects.create(
            version=version, field=field, value=value, rule=rule, text=text, confidence=confidence, basis=basis
        )
    find_doubts([version])
    return article


@pytest.fixture
def editor(client):
    user = User.objects.create_user("editor", password="only for tests", is_staff=True)
    ensure_groups()
    user.groups.add(*user.groups.model.objects.filter(name="editor"))
    client.force_login(user)
    return user


def test_inferred_and_unsure_fields_wait_the_most_doubtful_first(article):
    # A title at .98 and topics, inferred by nature at .95, do not; of several authors the least sure counts.
    assert list(open_doubts().values_list("field", "confidence")) == [
        ("authors", 0.6),
        ("about", 0.77),
        ("published", 0.9),
    ]
    find_doubts([article.current_version])
    assert open_doubts().count() == 3


def test_the_page_shows_the_sentence_and_takes_decisions_without_script(article, editor, client):
    page = client.get(reverse(QUEUE)).content.decode()
    assert page.index("60%") < page.index("77%") < page.index("90%")
    assert "<mark>示例村的网格员</mark>在村口设卡" in re.sub(r"\s*\n\s*", "", page)
    assert 'name="value" value="510923 四川省遂宁市大英县"' in page
    assert "autofocus" in page
    doubt = Doubt.objects.get(field="about")
    url = reverse("admin:catalog_doubt_decide", args=[doubt.pk])
    data = {"value": "四川省遂宁市大英县示例镇", "reason": "据原文", "seen": article.changes, "back": "field=about"}
    response = client.post(url, {**data, "act": "enter"})
    assert response["Location"] == reverse(QUEUE) + "?field=about"
    following = re.findall(r'name="next" value="(\d*)"', page)
    assert following == [*re.findall(r'id="d(\d+)"', page)[1:], ""]
    response = client.post(url, {**data, "act": "enter", "next": following[0]})
    assert response["Location"].endswith(f"#d{following[0]}")
    place = article.current_version.places.get()
    assert (place.region.code, place.township) == ("510923", "示例镇")
    assert Doubt.objects.get(field="about").verdict == "corrected"
    article.refresh_from_db()
    date = Doubt.objects.get(field="published")
    client.post(
        reverse("admin:catalog_doubt_decide", args=[date.pk]),
        {"value": "2020-02-24", "reason": "", "seen": article.changes, "act": "enter"},
    )
    article.refresh_from_db()
    assert article.current_version.published_standing == "editor"
    assert Doubt.objects.get(field="published").verdict == "accepted"
    people = Doubt.objects.get(field="authors")
    client.post(reverse("admin:catalog_doubt_decide", args=[people.pk]), {"act": "unknown", "seen": article.changes})
    assert not article.current_version.bylines.exists()
    assert not open_doubts().exists()
    assert "没有待核的项目" in client.get(reverse(QUEUE)).content.decode()
    assert list(article.revisions.order_by("pk").values_list("field", flat=True)) == ["about", "published", "authors"]
    find_doubts([article.current_version])
    assert not open_doubts().exists()


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(article, editor, client):
    seen = article.changes
    doubt = Doubt.objects.get(field="about")
    services.correct(version=article.current_version, by=editor, reason="据原报", changes={"title": "另一个标题"})
    answer = client.post(
        reverse("admin:catalog_doubt_decide", args=[doubt.pk]), {"act": "unknown", "seen": seen}, follow=True
    ).content.decode()
    assert "被别人改过" in answer
    assert article.current_version.places.exists()
    assert Doubt.objects.get(field="about").verdict == ""
    url = reverse("admin:catalog_version_change", args=[article.current_version_id])
    form = client.get(url).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    inlines = {f"{one}-{n}_FORMS": 0 for one in ("places", "bylines", "evidence") for n in ("TOTAL", "INITIAL")}
    services.correct(version=article.current_version, by=editor, reason="再改", changes={"page_label": "第02版"})
    answer = client.post(
        url, {**data, **inlines, "page_label": "第03版", "reason": "我看是三版"}, follow=True
    ).content.decode()
    assert "被别人改过" in answer
    article.current_version.refresh_from_db()
    assert article.current_version.page_label == "第02版"
    url = reverse("admin:catalog_article_change", args=[article.pk])
    inlines = {f"{one}-{n}_FORMS": 0 for one in ("versions", "revisions") for n in ("TOTAL", "INITIAL")}
    change = {
        **inlines,
        "outlet": "",
        "publisher": "",
        "access": "staff",
        "rights": "",
        "reason": "来源要求",
        "seen": 0,
    }
    assert "被别人改过" in client.post(url, change, follow=True).content.decode()
    article.refresh_from_db()
    assert article.access == "full"
    client.post(url, {**change, "seen": article.changes})
    article.refresh_from_db()
    assert article.access == "staff"
    assert article.revisions.filter(field="access", reason="来源要求").exists()


def test_several_are_decided_together_and_those_that_cannot_be_are_named(article, editor, client):
    chosen = [f"{doubt.pk}:{article.changes}" for doubt in open_doubts()]
    url = reverse("admin:catalog_doubt_decide_selected")
    client.post(url, {"doubt": chosen[:2], "act": "accept"})
    assert open_doubts().count() == 1
    answer = client.post(url, {"doubt": chosen[2:], "act": "accept"}, follow=True).content.decode()
    assert "被别人改过" in answer
    assert open_doubts().count() == 1
    assert "没有选中" in client.post(url, {"act": "accept"}, follow=True).content.decode()


def test_who_may_not_correct_sees_the_queue_and_decides_nothing(article, editor, client):
    editor.groups.set(editor.groups.model.objects.filter(name="reader"))
    assert "更正</button>" not in client.get(reverse(QUEUE)).content.decode()
    doubt = open_doubts()[0]
    assert client.post(reverse("admin:catalog_doubt_decide", args=[doubt.pk]), {"act": "accept"}).status_code == 403
    assert client.post(reverse("admin:catalog_doubt_decide_selected"), {"act": "accept"}).status_code == 403


def test_a_wrong_value_gets_a_sentence_and_changes_nothing(article, editor, client):
    date = Doubt.objects.get(field="published")
    url = reverse("admin:catalog_doubt_decide", args=[date.pk])
    data = {"act": "correct", "value": "去年二月", "reason": "试", "seen": article.changes}
    assert "无法识别" in client.post(url, data, follow=True).content.decode()
    assert not article.revisions.exists()


def test_the_queue_has_pages(article, editor, client, django_assert_max_num_queries):
    for number in range(2, PER_PAGE + 3):
        version = make_article(Made(number=number)).current_version
        find_doubts([version])
    with django_assert_max_num_queries(90):
        page = client.get(reverse(QUEUE), {"page": "2", "field": "published"})
    assert "2 / 2" in page.content.decode()


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_the_words_of_a_field_are_read_back_as_its_value(article, name):
    Outlet.objects.get_or_create(name="示例日报", defaults={"slug": "shili"})
    value = {
        "title": "示例村值守", "published": "2020-02-24T08:30", "about": ["510923", "示例镇"], "outlet": "示例日报",
        "publisher": "示例晚报", "original_source": "示例网", "authors": [["示例甲", "记者"], ["示例乙", ""]],
        "editors": ["示例丙"], "topics": ["志愿服务", "学校"], "source_line": "来源：示例", "page_label": "第02版",
        "dateline": "本报讯",
    }[name]  # fmt: skip
    field, version = FIELDS[name], article.current_version
    assert field.parse(field.words(value)) == value
    field.write(version, value, standing="editor", why="试")
    version.save()
    version = Article.objects.get(pk=article.pk).current_version
    assert field.read(version) == value
    field.write(version, field.parse(""), standing="editor", why="试")
    assert not field.read(version)


def test_a_place_is_read_by_its_names_and_not_guessed(article):
    make_regions(["420106"])
    about = FIELDS["about"]
    assert about.parse("大英县") == ["510923", ""]
    assert about.parse("四川省大英县蓬莱镇") == ["510923", "蓬莱镇"]
    for wrong in ("没有的县", "999999"):
        with pytest.raises(FieldError):
            about.parse(wrong)


def test_newer_rules_propose_and_never_overwrite(article, editor):
    version = article.current_version
    found = [
        Found("title", "示例村口设卡", "headline-above-body", "示例村口设卡", 0.95, "stated"),
        Found("published", "2020-02-25", "dateline", "2月25日电", 0.92, "stated"),
        Found("page_label", "", "not found", "", 0.0, "inferred"),
    ]
    assert propose(version=version, found=found, rules="2027-01") == 2
    assert propose(version=version, found=found, rules="2027-01") == 2
    assert Proposal.objects.count() == 2
    version.refresh_from_db()
    assert (version.title, version.published) == ("示例村设卡", "2020-02-24")
    accept_proposal(proposal=Proposal.objects.get(field="title"), by=editor)
    reject_proposal(proposal=Proposal.objects.get(field="published"), by=editor)
    version.refresh_from_db()
    assert (version.title, version.published) == ("示例村口设卡", "2020-02-24")
    assert article.revisions.get().after == "示例村口设卡"
    assert propose(version=version, found=found, rules="2027-01") == 0
    # What an editor decided is not even proposed about; an open proposal falls when its field is decided.
    another = Found("title", "别的标题", "x", "", 0.9, "stated")
    assert propose(version=version, found=[another], rules="2027-02") == 1
    decide(doubt=Doubt.objects.get(field="about"), by=editor, act="accept")
    services.correct(version=version, by=editor, reason="据原报", changes={"title": "编辑的标题"})
    assert Proposal.objects.filter(field="title", state="outdated").exists()
    assert propose(version=version, found=[another], rules="2027-03") == 0
    with pytest.raises(services.CatalogError):
        accept_proposal(proposal=Proposal.objects.filter(state="outdated")[0], by=editor)
