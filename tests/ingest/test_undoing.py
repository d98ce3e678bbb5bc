"""Undoing by sets: what goes and what stays is what removing one after the other gives; interrupted, it is told as a whole."""

import json

import pytest
from django.apps import apps
from django.db.models import ProtectedError

from archive.catalog.models import Article, Capture, CopyKey, Evidence, Outlet, Printing, Takedown, Version
from archive.catalog.removing import delete, remove_articles
from archive.catalog.services import erase, record_revision, remove, withdraw
from archive.ingest import report, services
from archive.ingest.models import BatchState, ImportBatch
from archive.ingest.services import undoing
from archive.search.models import Waiting

from .samples import plain_page, received

STORY = (
    "村口设卡登记，志愿者轮流值守，为来往的人测量体温，登记姓名和去处，劝返外来车辆，夜里也有人守着灯火。"
    "网格员挨家挨户送菜送药，把独居老人的需要记在本子上；学校停课以后，教师在网上讲课，家长学着打印作业。"
    "工厂复工前消毒车间，食堂改为分餐，返岗的工人坐专车出发，县里派医生随车同行，到站后由企业接走安置。"
)


@pytest.fixture(autouse=True)
def ground(db, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)


def load(*pieces: dict[str, str], name: str = "a.jsonl") -> ImportBatch:
    data = "\n".join(json.dumps(piece, ensure_ascii=False) for piece in pieces)
    batch = services.receive(files=[received(name, data)], source=ImportBatch.Source.COMMAND)
    services.check(batch)
    services.confirm(batch)
    return batch


def pieces(count: int) -> list[dict[str, str]]:
    return [{"title": f"第{n}期", "body": f"第{n}个村口设卡。", "outlet": "示例县报"} for n in range(count)]


class Killed(BaseException):
    pass


def test_an_undo_that_was_interrupted_goes_on_and_tells_of_all_that_went(monkeypatch, admin_user):
    monkeypatch.setattr(undoing, "CHUNK", 3)
    batch = load(*pieces(10))
    edited = Article.objects.get(current_version__title="第4期")
    record_revision(article=edited, by=admin_user, field="title", before="甲", after="乙")
    ids = set(Article.objects.values_list("public_id", flat=True)) - {edited.public_id}

    def dying(count: int) -> None:
        if count >= 6:
            raise Killed

    with pytest.raises(Killed):
        services.undo(batch, progress=dying)
    batch.refresh_from_db()
    assert batch.state == BatchState.UNDOING
    assert Article.objects.count() == 5
    assert report.progress(batch).percent == 50
    told: list[int] = []
    result = services.undo(batch, progress=told.append)
    assert (len(result.go), [row.article for row, _why in result.stay]) == (9, [edited])
    assert told == [8, 10]
    assert list(Article.objects.all()) == [edited]
    assert Takedown.objects.count() == 9
    assert set(Takedown.objects.values_list("public_id", flat=True)) == ids
    assert set(Capture.objects.exclude(members__isnull=False)) == {edited.current_version.capture}
    assert Outlet.objects.count() == 1


def rows_of_all() -> dict[str, int]:
    return {model.__name__: model._base_manager.count() for model in apps.get_models()}


def test_removing_many_leaves_what_removing_each_would(admin_user):
    def made() -> list[Article]:
        load(
            {"title": "甲", "body": STORY, "url": "http://a.example/1"},
            {"title": "乙", "body": STORY + "另", "url": "http://b.example/1"},
        )
        first = load(*pieces(4), name="b.jsonl")
        withdraw(article=Article.objects.get(current_version__title="第0期"), reason="来源要求", by=admin_user)
        for row in first.rows.all()[:1]:
            record_revision(article=row.article, by=admin_user, field="title", before="甲", after="乙")
        return list(Article.objects.exclude(current_version__title="乙").order_by("pk"))

    articles = made()
    for article in articles:
        remove(article=article, reason="所属的导入批次已撤销。")
    alone = rows_of_all()
    assert (alone["Article"], alone["Takedown"], alone["Printing"]) == (1, 5, 0)
    for model in (Takedown, ImportBatch):
        model.objects.all().delete()
    remove(article=Article.objects.get(), reason="清空")
    Takedown.objects.all().delete()
    Capture.objects.filter(container__isnull=False).delete()
    Capture.objects.all().delete()

    remove_articles(made()[:], reason="所属的导入批次已撤销。")
    together = rows_of_all()
    assert together == alone
    assert not Evidence.objects.exclude(version__article__current_version__title="乙").exists()


def test_of_a_story_printed_twice_the_other_printing_leaves_its_cluster_and_the_index_is_told():
    load({"title": "甲", "body": STORY, "url": "http://a.example/1"})
    other = Article.objects.get()
    batch = load({"title": "乙", "body": STORY + "另", "url": "http://b.example/1"}, name="b.jsonl")
    gone = batch.rows.get().article
    assert Printing.objects.count() == 2
    Waiting.objects.all().delete()
    remove_articles([gone], reason="撤销")
    assert not Printing.objects.exists()
    assert set(CopyKey.objects.values_list("article", flat=True)) == {other.pk}
    assert set(Waiting.objects.values_list("article", flat=True)) == {gone.pk, other.pk}


def test_what_others_need_is_not_deleted():
    load(*pieces(1))
    with pytest.raises(ProtectedError):
        delete(Capture, list(Version.objects.values_list("capture", flat=True)))
    assert Version.objects.count() == 1


def test_what_was_erased_or_deleted_before_is_told_apart_from_what_is_kept(admin_client, admin_user):
    batch = load(*pieces(6))
    by_title = {article.current_version.title: article for article in Article.objects.all()}
    record_revision(article=by_title["第1期"], by=admin_user, field="title", before="甲", after="乙")
    erase(article=by_title["第2期"], reason="依法", by=admin_user)
    by_title["第3期"].delete()
    services.undo(batch)
    text = admin_client.get(batch.get_absolute_url()).content.decode()
    assert "已撤销：删除 3 条，保留 1 条。 另有 2 条在撤销以前已删除。" in text
