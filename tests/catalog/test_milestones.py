"""Rows that the software brings: loaded once, renewed where nobody edited them, offered where somebody did."""

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from archive.catalog.models import Milestone, Wording
from archive.catalog.shipping import keep_own, load_tables, milestone_rows, ship, take_offered, wording_rows
from archive.catalog.usages import shipped_usages
from tests.factories import make_regions

ROW = {"key": "shili", "date": "2020-02-03", "title": "示例的事", "title_en": "An example", "source": "示例公告"}


@pytest.fixture
def tables(db):
    Milestone.objects.all().delete()
    Wording.objects.all().delete()


def test_a_migration_brings_all_rows_and_a_second_one_changes_nothing(db):
    load_tables()
    before = [list(model.objects.order_by("pk").values()) for model in (Milestone, Wording)]
    assert {row["key"] for row in before[0]} == {row["key"] for row in milestone_rows()}
    assert len(before[1]) == len(wording_rows()) > 70
    load_tables()
    assert [list(model.objects.order_by("pk").values()) for model in (Milestone, Wording)] == before
    assert not any(one.edited for model in (Milestone, Wording) for one in model.objects.all())


def test_shipped_rows_are_sound_and_say_whether_their_source_was_read(db):
    for model in (Milestone, Wording):
        for one in model.objects.all():
            one.full_clean()
    for row in milestone_rows():
        assert row["title_en"] and row["source"]
        assert ("read_on" in row) <= row["url"].startswith("http")


def test_the_table_reads_dates_as_the_shipped_rows_do(db):
    held = sorted(Wording.objects.usages(), key=lambda one: (one.words.pattern, one.spans))
    assert held == sorted(shipped_usages(), key=lambda one: (one.words.pattern, one.spans))


@pytest.mark.parametrize(
    "place",
    [
        "瑞丽",
        "姐告",
        "绥芬河",
        "舒兰",
        "藁城",
        "额济纳",
        "鲅鱼圈",
        "望奎",
        "枫亭",
        "爱辉区",
        "蛟川",
        "咸水沽",
        "泗县",
        "灵璧",
    ],
)
def test_the_name_of_a_place_alone_is_no_sign_of_a_date(place):
    text = f"{place}的村民在江边种菜，{place}的干部走访农户。"
    assert [one.words.pattern for one in shipped_usages() if one.words.search(text)] == []


@pytest.mark.parametrize(
    "place", ["绥芬河", "舒兰", "藁城", "额济纳", "鲅鱼圈", "望奎", "枫亭", "爱辉区", "蛟川", "咸水沽", "泗县"]
)
def test_an_outbreak_at_a_place_is_one(place):
    assert [one for one in shipped_usages() if one.words.search(f"受{place}本地疫情影响，村口设卡。")]


@pytest.mark.parametrize(
    "text",
    [
        "额济纳旗的牧民给邻近的十几户送口罩和宣传单，疫情防控的要求一条条讲给大家听。",
        "记者从额济纳旗疫情防控指挥部获悉，苏木的党员轮流值守。",
        "额济纳旗的医生驰援武汉。",
        "万宁市疫情防控工作指挥部在村口设了值守点。",
        "琼海的村民等疫情过去了再聚。",
    ],
)
def test_measures_against_the_epidemic_at_a_place_are_no_sign_of_a_later_outbreak(text):
    later = [one for one in shipped_usages() if one.words.search(text)]
    assert [one.words.pattern for one in later if "额济纳" in one.words.pattern or "万宁" in one.words.pattern] == []


def test_what_nobody_edited_is_renewed_and_goes_when_it_is_no_longer_shipped(tables):
    assert ship(model=Milestone, rows=[ROW]).made == 1
    newer = ROW | {"title": "更准确的标题", "date": "2020-02"}
    told = ship(model=Milestone, rows=[newer])
    one = Milestone.objects.get()
    assert (told.made, told.renewed, one.title) == (0, 1, "更准确的标题")
    assert (one.earliest, one.latest) == (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    assert ship(model=Milestone, rows=[]).dropped == 1 and not Milestone.objects.exists()


def test_an_editors_change_is_never_overwritten_and_newer_values_wait(tables):
    ship(model=Milestone, rows=[ROW])
    one = Milestone.objects.get()
    one.title = "编辑改过的标题"
    one.save()
    assert one.edited
    ship(model=Milestone, rows=[ROW])  # the same row again
    one.refresh_from_db()
    assert (one.title, one.offered) == ("编辑改过的标题", None)
    newer = ROW | {"note": "后来查到的。"}
    assert ship(model=Milestone, rows=[newer]).offered == 1
    assert ship(model=Milestone, rows=[newer]).offered == 0
    one.refresh_from_db()
    assert (one.title, one.note, one.offered["note"]) == ("编辑改过的标题", "", "后来查到的。")
    keep_own(record=one)
    assert ship(model=Milestone, rows=[newer]).offered == 0  # turned down once
    assert ship(model=Milestone, rows=[newer | {"note": "又一版。"}]).offered == 1
    one.refresh_from_db()
    take_offered(record=one)
    one.refresh_from_db()
    assert (one.title, one.note, one.offered, one.edited) == ("示例的事", "又一版。", None, False)
    assert ship(model=Milestone, rows=[]).dropped == 1


def test_an_edited_row_and_an_editors_own_outlive_what_is_shipped(tables):
    ship(model=Milestone, rows=[ROW])
    Milestone.objects.update(title="编辑改过的标题")
    own = Milestone.objects.create(date="2021-01", title="编辑所加")
    assert own.key == "own-1" and own.edited and not own.shipped
    assert ship(model=Milestone, rows=[]).dropped == 0
    assert Milestone.objects.count() == 2
    with pytest.raises(ValueError):
        take_offered(record=own)


@pytest.mark.parametrize(
    "date", ["", "2020-13", "2020-02-30", "2020-02-03T08:00", "2020-03/2020-02", "正月初六", "2020-01-23/"]
)
def test_a_date_that_is_none_is_refused(db, date):
    with pytest.raises(ValidationError) as caught:
        Milestone(key="x", date=date, title="示例").full_clean()
    assert "date" in caught.value.message_dict


def test_bounds_follow_from_the_date_and_the_database_keeps_them_in_order(db):
    one = Milestone.objects.create(date="2020-05-12/2020-06", title="一段")
    assert (one.earliest, one.latest) == (datetime.date(2020, 5, 12), datetime.date(2020, 6, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(pk=one.pk).update(latest=datetime.date(2020, 1, 1))
    with pytest.raises(ValidationError):
        Milestone(key="x", date="2020-01", title="示例", place="999999").full_clean()
    with pytest.raises(ValidationError):  # read, but what?
        Milestone(key="x", date="2020-01", title="示例", read_on=datetime.date(2026, 1, 1)).full_clean()


@pytest.mark.parametrize("words", ["(坏", "", "(?:一*)*二", "(?:(?:封控){1,}.{0,300})+", ".*"])
def test_a_pattern_that_is_none_or_could_run_for_ever_is_refused(db, words):
    day = datetime.date(2020, 1, 1)
    with pytest.raises(ValidationError):
        Wording(key="x", words=words, first=day, last=day, source="示例").full_clean()


@pytest.mark.parametrize("spans", [[["2022-03-01"]], [["2022-03-02", "2022-03-01"]], ["2022"], {"a": 1}, [["x", "y"]]])
def test_spans_that_are_none_are_refused(db, spans):
    day = datetime.date(2020, 1, 1)
    with pytest.raises(ValidationError):
        Wording(key="x", words="示例", first=day, last=day, source="示例", spans=spans).full_clean()


@pytest.fixture
def editor(client, db):
    user = User.objects.create_user("bianji", password="示例密码一二三", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    client.force_login(user)
    return client


def test_an_editor_adds_changes_and_decides_in_the_staff_pages(editor):
    make_regions(["420106"])
    form = {
        "date": "2020-01-23", "title": "示例之事", "title_en": "", "place": "武汉市", "source": "示例公告", "url": "",
        "read_on": "", "note": "", "active": "on", "key": "",
        "wordings-TOTAL_FORMS": "0", "wordings-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert editor.post("/staff/catalog/milestone/add/", form).status_code == 302
    own = Milestone.objects.get(title="示例之事")
    assert (own.place, own.shipped, own.earliest) == ("420100", "", datetime.date(2020, 1, 23))
    page = editor.post(
        "/staff/catalog/milestone/add/", form | {"place": "不存在的市", "date": "2020-13"}
    ).content.decode()
    assert "不是恰好一个地区的名称" in page and "无法识别" in page

    held = Milestone.objects.get(key="wuhan-closes")
    address = f"/staff/catalog/milestone/{held.pk}/change/"
    kept = {name: getattr(held, name) for name in ("date", "title_en", "source", "url", "note")}
    shown = editor.get(address).content.decode()
    assert "随程序附带" in shown and "deletelink" not in shown
    rows = {"wordings-TOTAL_FORMS": "0", "wordings-INITIAL_FORMS": "0"}
    change = {**kept, "title": "编辑改过", "place": "420100", "read_on": "", "active": "on", **rows}
    assert editor.post(address, change).status_code == 302
    held.refresh_from_db()
    assert held.title == "编辑改过" and held.edited
    Milestone.objects.filter(pk=held.pk).update(offered=held.row() | {"title": "更新的标题"})
    listed = editor.get("/staff/catalog/milestone/?offered=1").content.decode()
    assert listed.count("编辑改过，随附的有新内容") == 1
    editor.post("/staff/catalog/milestone/", {"action": "take", "_selected_action": [held.pk]})
    held.refresh_from_db()
    assert (held.title, held.offered) == ("更新的标题", None)
    assert "deletelink" in editor.get(f"/staff/catalog/milestone/{own.pk}/change/").content.decode()


def test_a_reader_of_the_staff_pages_changes_nothing(client, db):
    user = User.objects.create_user("duzhe", is_staff=True)
    user.groups.add(Group.objects.get(name="reader"))
    client.force_login(user)
    one = Milestone.objects.get(key="wuhan-closes")
    assert client.get("/staff/catalog/milestone/").status_code == 200
    assert client.post(f"/staff/catalog/milestone/{one.pk}/change/", {"title": "x"}).status_code == 403
    assert client.get("/staff/catalog/wording/add/").status_code == 403
