"""Newer rules read what is held again: what differs waits, nothing is overwritten, each piece is found in its capture."""

import io
import json
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from archive.catalog.masking import COVER, cover
from archive.catalog.models import Article, Mask, Proposal
from archive.catalog.services import correct
from archive.ingest import services
from archive.ingest.models import ImportBatch
from archive.ingest.records import PlaceFound
from archive.ingest.services.rederiving import NotFound, rederive

from .samples import BODY, plain_page, received

pytestmark = pytest.mark.django_db
TEXT = "示例县的网格员登记车辆，老人听得懂大喇叭，志愿者把菜送到门口，果农把橘子装上车，村医每晚来量体温。" * 3
PAGE = f"示例村设卡\n来源:示例县报\n2020年2月10日\n\n{BODY}{TEXT}"
ROW = {
    "title": "示例村捐菜",
    "text": f"示例村的人捐了三车菜，电话13800001234。{BODY}",
    "outlet": "示例晚报",
    "date": "2020-03-01",
}


@pytest.fixture
def held(settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)
    files = [received("a.txt", PAGE), received("b.jsonl", json.dumps(ROW, ensure_ascii=False))]
    batch = services.receive(files=files, source=ImportBatch.Source.UPLOAD)
    services.check(batch)
    services.confirm(batch)
    return {article.current_version.title: article.current_version for article in Article.objects.all()}


def newer(monkeypatch, change):
    def read(data, **options):
        page = plain_page(data, **options)
        for draft in page.drafts:
            change(draft)
        return page

    monkeypatch.setattr("archive.ingest.reading.read_page", read)


def test_the_same_rules_propose_nothing(held):
    out = io.StringIO()
    call_command("rederive", stdout=out)
    assert out.getvalue() == "2 articles read: nothing differs.\n"


def test_what_newer_rules_find_waits_and_what_editors_or_columns_said_stays(held, monkeypatch):
    editor = User.objects.create_user("editor")
    page, row = held["示例村设卡"], held["示例村捐菜"]
    correct(version=page, by=editor, reason="据原报", changes={"page_label": "第02版"})
    cover(
        masks=[*Mask.objects.filter(version=row)] or [pytest.fail("the telephone number was not found")],
        by=editor,
        reason="电话",
    )

    def change(draft):
        draft.title = f"新{draft.title}"
        draft.outlet = draft.publisher = "新媒体"
        draft.page_label = "第09版"
        draft.dateline = "示例电 13800001234"

    newer(monkeypatch, change)
    call_command("rederive", "--dry-run", stdout=io.StringIO())
    assert not Proposal.objects.exists()
    out = io.StringIO()
    call_command("rederive", stdout=out)
    assert "title 1" in out.getvalue()
    assert set(Proposal.objects.filter(version=page).values_list("field", flat=True)) == {
        "title", "outlet", "publisher", "dateline",
    }  # fmt: skip
    assert dict(Proposal.objects.filter(version=row).values_list("field", "after")) == {
        "page_label": "第09版", "dateline": f"示例电 {COVER * 11}",
    }  # fmt: skip
    page.refresh_from_db()
    assert page.title == "示例村设卡"


def test_the_code_of_a_county_is_no_piece_of_a_covered_number(held, monkeypatch):
    row = held["示例村捐菜"]
    Mask.objects.create(
        version=row, kind="id", part="body", start=0, end=18, before="420106198203120012", confidence=1, state="applied"
    )

    def change(draft):
        draft.about = PlaceFound("420106", ("湖北省", "武汉市", "武昌区"), "county")
        draft.published = replace(draft.published, value="2020-04-20")
        draft.dateline = "编号420106"

    newer(monkeypatch, change)
    rederive(row)
    after = dict(Proposal.objects.filter(version=row).values_list("field", "after"))
    assert after["about"] == ["420106", ""]
    assert after["dateline"] == f"编号{COVER * 6}"
    assert COVER not in str(after.get("published"))


def test_a_piece_that_the_rules_no_longer_find_is_named(held, monkeypatch):
    newer(monkeypatch, lambda draft: setattr(draft, "body_simplified", "别的文字，与原来的毫无关系。" * 20))
    with pytest.raises(NotFound):
        rederive(held["示例村设卡"])
    out = io.StringIO()
    call_command("rederive", held["示例村设卡"].article.public_id, stdout=out)
    assert "找不到" in out.getvalue()
