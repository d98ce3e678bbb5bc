"""An import from receipt to undo: each piece exactly once, nothing half stored, everything undone."""

import gzip
import hashlib
import json

import pytest
from django.core.management import call_command

from archive.catalog import contained, store
from archive.catalog.models import (
    Article,
    Capture,
    Evidence,
    Outlet,
    Repair,
    Status,
    Takedown,
    TextLayer,
    Version,
)
from archive.catalog.services import record_revision, withdraw
from archive.ingest import services
from archive.ingest.models import BatchState, ImportBatch, ImportRow, Outcome
from archive.ingest.services import confirming
from archive.ingest.services.confirming import confirm as confirm_rows
from archive.ingest.services.writing import Writer
from archive.places.models import Level, Region

from .samples import BODY, plain_page, received, zipped
from .test_readers_tables import book
from .test_readers_webarchive import response

PAGE = f"示例村设卡\n来源:示例县报\n2020年2月10日\n\n{BODY}"


@pytest.fixture(autouse=True)
def ground(db, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)
    Region.objects.update_or_create(
        code="510000", defaults={"name": "四川省", "short_name": "四川", "level": Level.PROVINCE}
    )


def bring(*files: tuple[str, bytes | str], **options) -> ImportBatch:
    """Receive and check."""
    batch = services.receive(
        files=[received(name, data) for name, data in files], source=ImportBatch.Source.UPLOAD, **options
    )
    services.check(batch)
    return batch


def load(*files: tuple[str, bytes | str], **options) -> ImportBatch:
    """Receive, check, confirm."""
    batch = bring(*files, **options)
    if batch.state == BatchState.CHECKED:
        services.confirm(batch)
    return batch


def outcomes(batch: ImportBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("outcome", flat=True))


def kept_bytes() -> int:
    """How many files stand in the store."""
    from django.conf import settings

    return sum(1 for path in settings.CAPTURE_DIR.rglob("*") if path.is_file())


def lines(*objects: dict) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects).encode()


def test_checking_makes_no_article_and_confirming_makes_it_with_all_its_parts():
    batch = bring(("页.txt", PAGE.replace("登记", "登〔删〕记")))
    assert (outcomes(batch), Article.objects.count()) == ([Outcome.NEW], 0)
    services.confirm(batch)
    article = Article.objects.get()
    version = article.current_version
    assert (article.status, article.outlet.name, article.outlet.confirmed) == (Status.PUBLISHED, "示例县报", False)
    assert (version.title, version.published, version.published_precision) == ("示例村设卡", "2020-02-10", "day")
    assert version.published_earliest.isoformat() == "2020-02-10"
    assert "登记" in version.body
    assert store.read(version.capture.sha256) == PAGE.replace("登记", "登〔删〕记").encode()
    assert list(version.capture.layers.values_list("kind", flat=True)) == ["decoded", "repaired"]
    repair = Repair.objects.get()
    assert (repair.before, repair.layer.kind) == ("〔删〕", TextLayer.Kind.REPAIRED)
    assert batch.state == BatchState.DONE
    assert batch.rows.get().article == article


def test_the_same_file_twice_adds_nothing_and_says_so():
    load(("页.txt", PAGE))
    again = load(("另一名.txt", PAGE))
    assert outcomes(again) == [Outcome.HELD]
    assert "不再导入" in again.rows.get().problem
    assert "没有可导入的新内容" in again.problem
    assert (Article.objects.count(), Capture.objects.count()) == (1, 1)


def test_the_same_text_in_one_batch_is_taken_once():
    batch = load(("a.txt", PAGE), ("b.txt", PAGE))
    assert outcomes(batch) == [Outcome.NEW, Outcome.HELD]
    assert "第 1 条" in batch.rows.get(number=2).problem
    assert Article.objects.count() == 1


def test_the_same_text_in_another_outlet_is_a_copy():
    load(("a.txt", PAGE))
    batch = load(
        (
            "b.jsonl",
            lines({"title": "示例村设卡", "body": "来源:示例县报\n2020年2月10日\n" + BODY, "outlet": "示例晚报"}),
        )
    )
    assert outcomes(batch) == [Outcome.COPY]
    assert Article.objects.count() == 2


def test_the_same_address_with_another_text_is_a_new_version():
    url = "http://a.example/1"
    load(("a.jsonl", lines({"title": "示例村设卡", "body": "旧文。", "url": url})))
    batch = load(("b.jsonl", lines({"title": "示例村设卡", "body": "新文。", "url": url})))
    assert outcomes(batch) == [Outcome.NEW_VERSION]
    article = Article.objects.get()
    assert [version.body for version in article.versions.all()] == ["旧文。", "新文。"]
    assert article.current_version.body == "新文。"
    services.undo(batch)
    article.refresh_from_db()
    assert article.current_version.body == "旧文。"
    assert article.versions.count() == 1


def test_versions_within_one_batch_follow_one_another():
    url = "http://a.example/1"
    batch = load(("a.jsonl", lines(*({"title": "示例村设卡", "body": f"第{n}稿。", "url": url} for n in "一二三"))))
    assert outcomes(batch) == [Outcome.NEW, Outcome.NEW_VERSION, Outcome.NEW_VERSION]
    assert Article.objects.get().versions.count() == 3
    assert services.undo(batch).stay == []
    assert not Article.objects.exists()


def test_the_stories_of_one_page_share_an_address_without_being_versions():
    page = f"# 第一篇\n{BODY}\n# 第二篇\n另一件事。\n# 第三篇\n又一件事。"
    load(("a.jsonl", lines({"text": page, "url": "http://a.example/p"})))
    assert Article.objects.count() == 3
    assert Capture.objects.filter(container=None).count() == 1
    second = load(("a.jsonl", lines({"text": page.replace("又一件事", "又一件大事"), "url": "http://a.example/p"})))
    assert outcomes(second) == [Outcome.HELD, Outcome.HELD, Outcome.NEW_VERSION]


def test_given_fields_win_and_their_evidence_names_the_column():
    table = "标题,正文,日期,来源,作者,省份\n给定标题,来源:别报\n".replace(
        "来源:别报", '"第一段。\n来源:别报",2021-03,示例晚报,示例甲,四川省'
    )
    load(("表.csv", table))
    version = Version.objects.get()
    assert version.title == "给定标题"
    assert version.body == "第一段。\n\n来源:别报"
    assert version.article.outlet.name == "示例晚报"
    assert (version.published, version.published_precision) == ("2021-03", "month")
    assert [byline.name for byline in version.bylines.all()] == ["示例甲"]
    assert version.primary_region.region.code == "510000"
    rules = dict(Evidence.objects.filter(version=version).values_list("field", "rule"))
    assert rules["title"] == "column 标题"
    assert rules["about"] == "column 省份"
    assert set(Evidence.objects.values_list("basis", flat=True)) == {"stated"}


def test_a_place_that_is_not_one_is_a_bad_row_and_the_others_are_kept():
    batch = load(("表.csv", "标题,正文,地点\n一,正文一,乌有县\n二,正文二,四川省\n"))
    assert outcomes(batch) == [Outcome.BAD, Outcome.NEW]
    assert "“地点”" in batch.rows.get(number=1).problem


def test_rows_keep_their_own_bytes_and_the_text_that_was_read():
    data = "标题,正文\n一,正文一\n".encode("gb18030")
    load(("表.csv", data))
    capture = Version.objects.get().capture
    assert contained.read(capture) == "一,正文一\n".encode("gb18030")
    assert store.read(capture.container.sha256) == data
    layers = {layer.kind: layer for layer in capture.layers.all()}
    assert layers["decoded"].encoding == "gb18030"
    assert layers["extracted"].text == "一\n\n正文一"


def test_bytes_of_contained_pieces_stand_once_in_their_container_and_are_found_there():
    inner = zipped({"二月/甲.txt": f"包中甲\n{BODY}", "表.csv": "标题,正文\n包中乙,正文乙。\n"})
    page = f"<html><body><h1>存档一篇</h1>\n<p>{BODY}</p></body></html>"
    files = {
        "包.zip": zipped({"内.zip": inner, "外.txt": f"包中丙\n{BODY}另"}),
        "表.xlsx": book(("标题", "正文", ""), ("表中一篇", "正文丁。", "备注"), ("表中二篇", "正文戊。", None)),
        "行.jsonl": (
            "\ufeff" + '{"title": "宽行一", "body": "正文己。"}\n{"title": "宽行二", "body": "正文庚。"}'
        ).encode("utf-16-le"),
        "存.warc.gz": gzip.compress(response(1, page.encode()))
        + gzip.compress(response(2, page.replace("一篇", "二篇").encode())),
    }
    load(*files.items())
    versions = Version.objects.select_related("capture__container__container")
    assert len(versions) == 9
    with contained.Reader() as reader:
        for version in versions:
            data = reader.read(version.capture)
            assert hashlib.sha256(data).hexdigest() == version.capture.sha256
            assert not store.path_of(version.capture.sha256).exists()
    # The four files, and within them the inner zip, its table, and the sheet of the workbook.
    assert kept_bytes() == 7
    capture = Version.objects.get(title="宽行二").capture
    path = store.path_of(capture.container.sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace("庚".encode("utf-16-le"), "辛".encode("utf-16-le")))
    with pytest.raises(store.DamagedBytes):
        contained.read(capture)
    path.unlink()
    with pytest.raises(store.MissingBytes):
        contained.read(capture)


def test_an_outlet_for_pieces_that_name_none_is_evidence_of_the_editor():
    load(("a.txt", f"甲\n{BODY}"), ("b.txt", f"乙\n来源:示例县报\n{BODY}二"), outlet="示例日报")
    assert {a.current_version.title: a.outlet.name for a in Article.objects.all()} == {
        "甲": "示例日报",
        "乙": "示例县报",
    }
    assert Evidence.objects.get(rule="batch 媒体").basis == "editor"


def test_a_bad_file_is_refused_with_its_sentence_and_nothing_stays(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = bring(("空.txt", ""))
    assert (batch.state, batch.problem) == (BatchState.FAILED, "文件是空的。")
    assert (Capture.objects.count(), kept_bytes()) == (0, 0)
    with pytest.raises(services.BatchRefused):
        services.confirm(batch)


def test_a_table_that_breaks_off_leaves_none_of_its_rows_also_inside_a_zip():
    broken = "标题,正文\n" + "一,正文\n" * 60 + '二,"没有关上'
    batch = bring(("表.csv", broken), ("页.txt", PAGE))
    assert outcomes(batch) == [Outcome.BAD, Outcome.NEW]
    batch = bring(("包.zip", zipped({"a.txt": f"别的\n{BODY}", "表.csv": broken})))
    assert outcomes(batch) == [Outcome.NEW, Outcome.BAD]
    assert Capture.objects.filter(media_type="text/csv").count() == 0


def test_cancelling_leaves_nothing_but_the_name(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = bring(("包.zip", zipped({"a.txt": PAGE, "坏.txt": ""})))
        services.cancel(batch)
    assert batch.state == BatchState.CANCELLED
    assert (batch.rows.count(), Capture.objects.count(), kept_bytes()) == (0, 0, 0)


def test_cancelling_one_of_two_batches_with_the_same_file_leaves_the_other_whole(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = bring(("a.txt", PAGE)), bring(("a.txt", PAGE))
        services.cancel(first)
    services.confirm(second)
    assert Article.objects.count() == 1


def test_what_was_confirmed_meanwhile_is_held_at_confirmation():
    first, second = bring(("a.txt", PAGE)), bring(("a.txt", PAGE))
    services.confirm(first)
    services.confirm(second)
    assert outcomes(second) == [Outcome.HELD]
    assert Article.objects.count() == 1


def test_of_a_page_whose_pieces_are_all_held_at_the_end_nothing_is_kept(django_capture_on_commit_callbacks):
    first, second = "# 甲\n村口设卡。\n登记。\n", "# 乙\n每户发放口罩。\n两只。\n"
    with django_capture_on_commit_callbacks(execute=True):
        load(("a.txt", first))
        batch = bring(("p.txt", first + second))
        load(("b.txt", second))
        services.confirm(batch)
    assert outcomes(batch) == [Outcome.HELD, Outcome.HELD]
    assert (Capture.objects.count(), kept_bytes()) == (2, 2)
    assert not batch.rows.filter(capture__isnull=False).exists()


def test_a_page_stays_that_one_piece_of_it_needs_in_a_later_transaction(monkeypatch):
    monkeypatch.setattr(confirming, "CHUNK", 1)
    first, second = "# 甲\n村口设卡。\n登记。\n", "# 乙\n每户发放口罩。\n两只。\n"
    batch = bring(("p.txt", first + second))
    load(("a.txt", first))
    services.confirm(batch)
    assert outcomes(batch) == [Outcome.HELD, Outcome.NEW]
    assert Version.objects.filter(capture__original_name="p.txt").count() == 1


def test_a_confirmation_that_is_killed_goes_on_and_makes_each_article_once(monkeypatch):
    batch = bring(("a.jsonl", lines(*({"title": f"第{n}篇", "body": f"正文{n}。"} for n in range(25)))))
    monkeypatch.setattr(confirming, "CHUNK", 4)
    real, calls = Writer.write, 0

    def dying(writer, row, article=None):
        nonlocal calls
        calls += 1
        if calls == 11:
            raise KeyboardInterrupt
        return real(writer, row, article)

    monkeypatch.setattr(Writer, "write", dying)
    with pytest.raises(KeyboardInterrupt):
        services.confirm(batch)
    batch.refresh_from_db()
    assert batch.state == BatchState.IMPORTING
    assert Article.objects.count() == batch.rows.filter(done=True).count() == 8
    assert confirm_rows(batch) == 17
    assert Article.objects.count() == Version.objects.count() == 25
    assert batch.state == BatchState.DONE
    with pytest.raises(services.BatchRefused):
        services.confirm(batch)


def test_a_check_that_is_killed_starts_anew():
    batch = services.receive(files=[received("a.txt", PAGE)], source=ImportBatch.Source.UPLOAD)
    ImportRow.objects.create(batch=batch, number=1, outcome=Outcome.NEW)
    services.check(batch)
    assert outcomes(batch) == [Outcome.NEW]
    assert batch.rows.get().draft


def test_one_page_that_breaks_the_rules_is_named_and_the_others_are_read(monkeypatch):
    def breaking(data, **options):
        if b"boom" in data:
            raise RuntimeError
        return plain_page(data, **options)

    monkeypatch.setattr("archive.ingest.reading.read_page", breaking)
    batch = load(("a.txt", "boom"), ("b.txt", PAGE))
    assert outcomes(batch) == [Outcome.BAD, Outcome.NEW]
    assert Article.objects.count() == 1


def test_undoing_removes_all_and_leaves_tombstones(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = load(("包.zip", zipped({"a.txt": PAGE, "b.txt": f"乙\n{BODY}二"})))
        ids = set(Article.objects.values_list("public_id", flat=True))
        services.undo(batch)
    assert batch.state == BatchState.UNDONE
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()
    assert (Capture.objects.count(), kept_bytes()) == (0, 0)
    assert {(stone.public_id, stone.kind) for stone in Takedown.objects.all()} == {(one, "undone") for one in ids}
    with pytest.raises(services.BatchRefused):
        services.undo(batch)


def test_undoing_keeps_and_lists_what_was_edited_or_grown_since(admin_user):
    url = "http://a.example/2"
    batch = load(
        (
            "a.jsonl",
            lines(
                {"title": "甲", "body": "一。"},
                {"title": "乙", "body": "二。", "url": url},
                {"title": "丙", "body": "三。"},
                {"title": "丁", "body": "四。"},
            ),
        )
    )
    articles = {article.current_version.title: article for article in Article.objects.all()}
    record_revision(article=articles["甲"], by=admin_user, field="title", before="甲", after="甲甲")
    load(("b.jsonl", lines({"title": "乙", "body": "二,改。", "url": url})))
    withdraw(article=articles["丙"], reason="来源要求撤下", by=admin_user)
    plan = services.plan_undo(batch)
    assert [row.article.current_version.title for row in plan.go] == ["丁"]
    result = services.undo(batch)
    assert {row.article.current_version.title for row, _why in result.stay} == {"甲", "乙", "丙"}
    assert Article.objects.count() == 3
    assert Takedown.objects.get(public_id=articles["丁"].public_id).kind == "undone"


def test_rows_keep_no_text_once_the_batch_is_confirmed_and_nothing_once_it_is_undone():
    batch = load(("a.txt", PAGE), ("b.txt", PAGE))
    for row in batch.rows.all():
        assert row.draft["title"] == "示例村设卡"
        assert not {"body", "blocks", "body_simplified", "captions", "furniture", "repairs"} & row.draft.keys()
    services.undo(batch)
    assert batch.rows.get(number=1).draft is None


def test_drafts_leave_no_tombstone():
    batch = load(("a.txt", PAGE), publish=False)
    assert Article.objects.get().status == Status.DRAFT
    services.undo(batch)
    assert not Takedown.objects.exists()


def test_what_was_undone_can_be_imported_again_under_another_id():
    batch = load(("a.txt", PAGE))
    old = Article.objects.get().public_id
    services.undo(batch)
    again = load(("a.txt", PAGE))
    assert outcomes(again) == [Outcome.NEW]
    assert Article.objects.get().public_id != old


def test_html_is_kept_as_received_and_its_scripts_never_reach_a_record():
    html = f"<html><head><script>alert('x')</script></head><body><h1>示例村设卡</h1><p>{BODY}</p></body></html>"
    load(("a.html", html))
    version = Version.objects.get()
    assert b"alert" in store.read(version.capture.sha256)
    assert "alert" not in version.body + version.title + version.capture.layers.get(kind="extracted").text


def test_sample_articles_and_outlets_are_marked():
    batch = services.receive(files=[received("a.txt", PAGE)], source=ImportBatch.Source.SAMPLE)
    services.check(batch)
    services.confirm(batch)
    assert Article.objects.get().is_sample
    assert Outlet.objects.get().is_sample


def test_a_row_of_a_file_keeps_the_index_that_the_dry_run_gives(db, settings, tmp_path, capsys):
    settings.CAPTURE_DIR = tmp_path / "captures"
    body = "示例县石桥镇的党员和志愿者连日来守好村口，设卡登记，为过往的村民测量体温。"
    path = tmp_path / "多行.jsonl"
    rows = [{"title": f"第{number}篇", "body": f"{body}今天是第{number}班。"} for number in range(1, 4)]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    call_command("import_articles", str(path), dry_run=True, json=True)
    told = {(row["title"], row["index"]) for row in map(json.loads, capsys.readouterr().out.splitlines())}
    call_command("import_articles", str(path), verbosity=0)
    assert {(version.title, version.item) for version in Version.objects.all()} == told
