"""Personal data is covered in all that readers see, and comes back to the letter when an editor lifts it."""

import re

import pytest
from django.contrib.auth.models import User
from django.forms.models import model_to_dict

from archive.catalog import services
from archive.catalog.bulk import NewVersions
from archive.catalog.looking_over import look_over, look_over_rest
from archive.catalog.masking import COVER, cover, cover_rest, keep, lift, secrets_of, uncovered
from archive.catalog.models import Article, Capture, CopyPrint, Doubt, Evidence, Mask, Proposal, Status
from archive.catalog.personal_data import find_masks
from tests.factories import Made, make_article

pytestmark = pytest.mark.django_db
PHONE, HOME = "13800001234", "示例鎮東街3棟2單元501室"


@pytest.fixture
def editor():
    return User.objects.create_user("editor", is_staff=True)


@pytest.fixture
def article(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    article = make_article(
        Made(
            number=1,
            title="示例村尋人",
            paragraphs=("村裡人都戴口罩。", f"患者家住{HOME},電話{PHONE}。", f"再留一次電話:{PHONE}。"),
            captions=[f"圖為公告,電話{PHONE}"],
            script="Hant",
            keep_bytes=True,
        )
    )
    Evidence.objects.create(
        version=article.current_version, field="about", value="510923", rule="county", text=f"家住{HOME}",
        confidence=0.8, basis="stated",
    )  # fmt: skip
    return article


def stored(version):
    version.refresh_from_db()
    return model_to_dict(version), list(version.evidence.order_by("pk").values_list("text", "value"))


def test_covering_reaches_every_part_and_lifting_gives_all_back(article, editor, client):
    version = article.current_version
    before = stored(version)
    assert find_masks([version]) == 4
    assert find_masks([version]) == 4  # the same places; each is kept once
    assert Mask.objects.count() == 4
    cover(masks=list(Mask.objects.all()), by=editor, reason="保护患者")
    assert not Mask.objects.exclude(state=Mask.State.APPLIED).exists()
    for address in ("", "?text=simplified", "?text=repairs", "history/"):
        page = client.get(article.get_absolute_url() + address).content.decode()
        assert PHONE not in page
        assert "501" not in page, address
    assert COVER * 11 in client.get(article.get_absolute_url()).content.decode()
    version.refresh_from_db()
    assert len(version.body) == len(version.body_simplified) == sum(len(b["text"]) + 2 for b in version.blocks) - 2
    assert client.get(article.get_absolute_url() + "raw/").status_code == 403
    lift(masks=list(Mask.objects.all()[:1]), by=editor, reason="试")
    lift(masks=list(Mask.objects.filter(state="applied")), by=editor, reason="误判")
    assert stored(version) == before
    assert client.get(article.get_absolute_url() + "raw/").status_code == 200
    assert PHONE not in str(list(article.revisions.values_list("before", "after", "reason")))


@pytest.mark.parametrize("cut", range(1, 11))
def test_a_passage_that_was_cut_inside_a_covered_place_tells_no_piece_of_it(article, editor, client, cut):
    version = article.current_version
    around = version.body
    phone, home = around.index(PHONE), around.index(HOME)
    words = {
        "behind": around[: phone + cut],
        "before": around[phone + 11 - cut :],
        "inside": PHONE[: max(cut, 3)],
        "home": around[home - 4 : home + cut],
    }
    for field, text in words.items():
        Evidence.objects.create(
            version=version, field="body", value=text, rule=field, text=text, confidence=1, basis="stated"
        )
        services.correct(version=version, by=editor, reason=f"据原文{text}", changes={"page_label": field})
    Proposal.objects.create(
        version=version, field="title", before=version.title, after=words["behind"], text=words["before"], rules="9",
        confidence=0.5,
    )  # fmt: skip
    before, told = stored(version), list(article.revisions.order_by("pk").values_list("reason", flat=True))
    find_masks([version])
    cover(masks=list(Mask.objects.all()), by=editor, reason="保护患者")
    held = [version.evidence.get(rule=rule).text for rule in words]
    assert held[0] == around[:home] + COVER * len(HOME) + around[home + len(HOME) : phone] + COVER * cut
    assert held[1].startswith(COVER * cut + "。")
    assert held[2] == COVER * max(cut, 3)
    assert held[3] == around[home - 4 : home] + COVER * cut
    page = client.get(article.get_absolute_url() + "history/").content.decode()
    page += client.get(article.get_absolute_url()).content.decode()
    figures = re.sub(r"\D", " ", page)  # of attributes too; what stands apart is not joined to a number by chance
    start = PHONE[: max(cut, 3)]
    assert not any(run.startswith(start) if cut > 4 else run == start for run in figures.split())
    assert PHONE[:7] not in figures and PHONE[-7:] not in figures  # an editor quotes it after words of their own
    proposal = Proposal.objects.get()
    assert proposal.state == Proposal.State.OUTDATED
    assert PHONE[:3] not in str([proposal.after, proposal.text])
    lift(masks=list(Mask.objects.filter(part="body", before=PHONE)), by=editor, reason="误判")
    lift(masks=list(Mask.objects.filter(state="applied")), by=editor, reason="误判")
    assert stored(version) == before
    assert list(article.revisions.order_by("pk").values_list("reason", flat=True))[: len(told)] == told


def test_codes_and_dates_that_are_alike_stay(article, editor):
    """The first six digits of an identity number are the code of its county, and 420 stands in the 20th of April."""
    number, version = "420106198203120012", article.current_version
    version.body = version.body_simplified = f"身份证号{number}。"
    version.blocks = [{"kind": "paragraph", "text": version.body}]
    version.save()
    for field, value in (("about", "420106"), ("published", "2020-04-20"), ("body", "420106")):
        Evidence.objects.create(
            version=version,
            field=field,
            value=value,
            rule="alike",
            text="发布于2020-04-20",
            confidence=0.5,
            basis="stated",
        )
    services.correct(version=version, by=editor, reason="据原文", changes={"published": "2020-04-20"})
    services.correct(version=version, by=editor, reason="据原文", changes={"published": "2020-04-21"})
    Proposal.objects.create(
        version=version, field="about", before=None, after=["420106", ""], text="武昌区", rules="9", confidence=0.5
    )
    look_over([article], hold=False)
    told = list(article.revisions.values_list("before", "after"))
    doubts = set(Doubt.objects.exclude(field="body").values_list("field", "value"))
    cover(masks=list(Mask.objects.filter(before=number)), by=editor, reason="保护患者")
    found = Evidence.objects.filter(rule="alike").order_by("pk")
    assert [one.value for one in found] == ["420106", "2020-04-20", COVER * 6]
    assert {one.text for one in found} == {"发布于2020-04-20"}
    assert list(article.revisions.order_by("-at", "-pk").values_list("before", "after"))[1:] == told
    assert set(Doubt.objects.exclude(field="body").values_list("field", "value")) == doubts
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.after) == (Proposal.State.OPEN, ["420106", ""])
    version.refresh_from_db()
    assert uncovered(version) == 0


def test_a_covered_piece_is_not_looked_for_by_itself(article, editor):
    """A passage cut behind 电话13 has its 13 covered; the 13th of February in the text stays."""
    version = article.current_version
    version.body = version.body_simplified = f"2月13日,患者電話{PHONE},累計138例。"
    version.blocks = [{"kind": "paragraph", "text": version.body}]
    version.save()
    for text in ("2月13日,患者電話13", "患者電話138", PHONE[:4]):
        Evidence.objects.create(
            version=version, field="body", value="", rule="cut", text=text, confidence=1, basis="stated"
        )
    find_masks([version])
    cover(masks=list(Mask.objects.all()), by=editor, reason="保护患者")
    version.refresh_from_db()
    assert version.body == f"2月13日,患者電話{COVER * 11},累計138例。"
    assert list(version.evidence.filter(rule="cut").order_by("-text").values_list("text", flat=True)) == [
        f"患者電話{COVER * 3}", COVER * 4, f"2月13日,患者電話{COVER * 2}",
    ]  # fmt: skip
    assert {secret.text for secret in secrets_of(version)} == {PHONE}
    assert uncovered(version) == 0
    assert cover_rest(article) == 0
    version.refresh_from_db()
    assert version.body == f"2月13日,患者電話{COVER * 11},累計138例。"


def test_what_the_public_history_tells_is_covered_too(article, editor, client):
    version = article.current_version
    services.correct(
        version=version,
        by=editor,
        reason=f"来电{PHONE}核对",
        changes={"title": f"寻人电话{PHONE}", "source_line": PHONE},
    )
    services.correct(version=version, by=editor, reason="改正", changes={"title": "寻人"})
    services.set_access(article=article, access="snippet", reason=f"{PHONE}请求", by=editor)
    services.set_access(article=article, access="full", reason="", by=editor)
    told = list(article.revisions.order_by("pk").values_list("before", "after", "reason"))
    find_masks([version])
    cover(masks=list(Mask.objects.filter(before=PHONE)), by=editor, reason="保护患者")
    for address in ("", "history/"):
        assert PHONE not in client.get(article.get_absolute_url() + address).content.decode()
    assert PHONE not in str(list(article.revisions.values_list("before", "after", "reason")))
    lift(masks=list(Mask.objects.filter(before=PHONE)), by=editor, reason="误判")
    assert list(article.revisions.order_by("pk").values_list("before", "after", "reason"))[: len(told)] == told


def test_what_is_held_back_is_published_once_an_editor_has_decided(article, editor):
    assert look_over([article], hold=True) == {article.pk}
    article.refresh_from_db()
    assert article.status == Status.DRAFT
    with pytest.raises(services.CatalogError):
        services.publish(article=article, by=editor)
    keep(masks=list(Mask.objects.filter(kind="phone")), by=editor, reason="公开的值班电话")
    cover(masks=list(Mask.objects.filter(kind="address")), by=editor, reason="住址")
    services.publish(article=article, by=editor)
    assert Article.objects.published().exists()
    find_masks([article.current_version])
    assert not Mask.objects.filter(state="found").exists()


def test_masks_want_one_article_and_a_reason(article, editor):
    find_masks([article.current_version])
    with pytest.raises(services.CatalogError):
        cover(masks=list(Mask.objects.all()), by=editor, reason=" ")
    with pytest.raises(services.ChangedMeanwhile):
        cover(masks=list(Mask.objects.all()), by=editor, reason="住址", seen=article.changes + 7)
    assert not Mask.objects.filter(state="applied").exists()


def test_looking_over_the_rest_takes_each_article_once(article):
    assert look_over_rest() == 1
    assert look_over_rest() == 0
    assert CopyPrint.objects.count() == 1
    assert set(Doubt.objects.values_list("field", "confidence")) == {("published", 0.9), ("about", 0.8)}


def newer(article, number, text):
    """Another text of the article, as a capture of its source shows it, looked over as an import does."""
    capture = Capture.objects.create(sha256=str(number) * 64, size=1, media_type="text/plain", identity=f"c{number}")
    versions = NewVersions()
    version = versions.add(
        Article.objects.get(pk=article.pk), capture=capture, text_sha256="0" * 64, title=f"示例村{number}", body=text,
        body_simplified=text, script="Hans", blocks=[{"kind": "paragraph", "text": text, "start": 0, "end": len(text)}],
    )  # fmt: skip
    versions.save()
    look_over([version.article], hold=True, versions=[version])
    return version


def current(article):
    article.refresh_from_db()
    return article.status, article.current_version.number


def test_a_version_with_personal_data_waits_and_the_covered_one_before_it_stays(article, editor, client):
    find_masks([article.current_version])
    cover(masks=list(Mask.objects.all()), by=editor, reason="保护患者")
    second = newer(article, 2, "第二次的文字，电话13900005678，另一处13900009999。")
    assert current(article) == ("published", 1)
    services.correct(version=second, by=editor, reason="改正", changes={"title": "等着的题目"})
    third = newer(article, 3, "第三次的文字。")
    assert current(article) == ("published", 1)
    for address in ("", "history/", "json"):
        page = client.get(article.get_absolute_url() + address).content.decode()
        assert not any(word in page for word in ("第二次", "第三次", "等着的题目", "13900005678")), address
    assert client.get(article.get_absolute_url()).status_code == 200
    services.withdraw(article=article, reason="来源要求", by=editor)
    services.publish(article=article, by=editor, reason="恢复")
    assert current(article) == ("published", 1)
    cover(masks=list(Mask.objects.filter(before="13900005678")), by=editor, reason="住户的电话")
    assert current(article) == ("published", 1)
    keep(masks=list(Mask.objects.filter(before="13900009999")), by=editor, reason="值班电话")
    assert current(article) == ("published", 3)
    assert CopyPrint.objects.get(article=article).version == third
    page = client.get(article.get_absolute_url() + "history/").content.decode()
    assert "等着的题目" in page and COVER * 11 in page and "13900005678" not in page and PHONE not in page


def test_a_version_that_waits_closes_the_bytes_it_shares(article, client):
    second = newer(article, 2, "第二次的文字，电话13900005678。")
    neighbour = make_article(Made(number=2, title="邻村", keep_bytes=True))
    address = neighbour.get_absolute_url() + "raw/"
    assert client.get(address).status_code == 200
    second.capture = neighbour.current_version.capture
    second.item = 1
    second.save()
    assert client.get(address).status_code == 403


def test_a_draft_takes_its_new_version_and_stays_a_draft(article, editor):
    article.status = Status.DRAFT
    article.save()
    newer(article, 2, "第二次的文字，电话13900005678。")
    assert current(article) == ("draft", 2)
    with pytest.raises(services.CatalogError):
        services.publish(article=article, by=editor)
