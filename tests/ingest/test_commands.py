"""The commands: the same import and the same report as in the admin."""

import csv
import errno
import json
import os
import zipfile
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import OperationalError

from archive.catalog.models import Article, Outlet, Status
from archive.ingest import services
from archive.ingest.interruptions import sentence_of
from archive.ingest.management.commands import import_articles, load_sample
from archive.ingest.models import BatchState, ImportBatch, ImportRow
from archive.ingest.readers import walk
from archive.ingest.report import progress
from archive.ingest.services import plan_undo

from .samples import BODY, plain_page


@pytest.fixture(autouse=True)
def ground(settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "来稿"
    (root / "二月").mkdir(parents=True)
    (root / "二月" / "a.txt").write_text(f"甲\n来源:示例县报\n2020年2月10日\n{BODY}", encoding="utf-8")
    (root / "二月" / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (root / "b.csv").write_text("标题,正文\n乙,村口设卡登记。\n丙,\n", encoding="gb18030")
    return root


def run(*arguments: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*(str(one) for one in arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_the_dry_run_touches_no_database(folder):
    # No database mark: any query fails this test.
    out, err = run("import_articles", folder, "--dry-run", "--json")
    drafts = [json.loads(line) for line in out.splitlines()]
    assert [(draft["file"], draft["title"]) for draft in drafts] == [("b.csv", "乙"), ("二月/a.txt", "甲")]
    assert "图.png" in err
    assert "第 3 行" in err
    told = [json.loads(line) for line in err.splitlines()]
    assert [(one["file"], one["row"], one["outcome"]) for one in told] == [
        ("b.csv", 3, "bad"),
        ("二月/图.png", 0, "skipped"),
    ]
    assert "甲  2020-02-10  示例县报" in run("import_articles", folder, "--dry-run")[0]


def test_the_dry_run_tells_the_quantities_with_their_sentences(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"title": "甲", "body": "镇里设卡。798名机关干部值守，发放口罩约12.6万只。\n\n没有数字。"}),
        encoding="utf-8",
    )
    (draft,) = [json.loads(line) for line in run("import_articles", tmp_path, "--dry-run", "--json")[0].splitlines()]
    told = [(one["low"], one["high"], one["approximate"], one["unit"], one["noun"]) for one in draft["quantities"]]
    assert told == [(798, 798, False, "名", "机关干部"), (126000, 126000, True, "只", "口罩")]
    assert {one["text"] for one in draft["quantities"]} == {"798名机关干部值守，发放口罩约12.6万只。"}
    first = draft["quantities"][0]
    assert draft["body"][first["start"] : first["end"]] == "798名"
    # Its output is understood as input, and the quantities are read anew.
    (tmp_path / "a.jsonl").write_text(json.dumps(draft), encoding="utf-8")
    (again,) = [json.loads(line) for line in run("import_articles", tmp_path, "--dry-run", "--json")[0].splitlines()]
    assert again["quantities"] == draft["quantities"]


def test_a_page_that_breaks_the_rules_is_named_in_the_dry_run_and_the_others_are_shown(tmp_path, monkeypatch):
    def breaking(data, **options):
        if "坏" in data.decode():
            raise ZeroDivisionError
        return plain_page(data, **options)

    monkeypatch.setattr("archive.ingest.reading.read_page", breaking)
    for name in ("a坏.txt", "b好.txt"):
        (tmp_path / name).write_text(f"{name}\n村口设卡登记。", encoding="utf-8")
    out, err = run("import_articles", tmp_path, "--dry-run", "--json")
    assert [json.loads(line)["file"] for line in out.splitlines()] == ["b好.txt"]
    assert "程序出错" in json.loads(err)["reason"]


def test_names_that_an_older_system_wrote_are_read(db, tmp_path):
    folder = tmp_path / "旧机器"
    folder.mkdir()
    for name, text in (("报纸.txt".encode("gb18030"), "甲\n村口设卡登记。"), (b"\xff\xfe.txt", "乙\n发放口罩两只。")):
        (folder / os.fsdecode(name)).write_text(text, encoding="utf-8")
    out, err = run("import_articles", folder, "--json")
    assert (json.loads(out)["counts"]["new"], err) == (2, "")
    assert set(ImportRow.objects.values_list("file", flat=True)) == {"报纸.txt", "\ufffd\ufffd.txt"}


def test_a_folder_is_imported_and_what_is_skipped_is_named(db, folder):
    out, err = run("import_articles", folder, "--batch-name", "二月来稿")
    assert Article.objects.published().count() == 2
    assert "新文章 2" in out
    assert "非文章 1" in out
    assert "有误 1" in out
    assert "二月/图.png" in err
    assert ImportBatch.objects.get().name == "二月来稿"


def test_the_same_folder_twice_adds_nothing_and_says_so(db, folder):
    run("import_articles", folder)
    out, _err = run("import_articles", folder)
    assert "已收藏 2" in out
    assert "没有可导入的新内容" in out
    assert Article.objects.count() == 2


def test_the_report_can_be_had_as_json_and_drafts_be_left(db, folder):
    out, err = run("import_articles", folder, "--json", "--draft", "--outlet", "示例晚报")
    report = json.loads(out)
    assert [json.loads(line) for line in err.splitlines()] == report["not_imported"]
    assert report["counts"]["new"] == 2
    assert len(report["articles"]) == 2
    assert {entry["outcome"] for entry in report["not_imported"]} == {"skipped", "bad"}
    assert set(Article.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert Outlet.objects.filter(name="示例晚报").exists()


def test_what_was_not_imported_is_written_with_the_rows_as_they_came(db, folder, tmp_path):
    path = tmp_path / "未导入.csv"
    run("import_articles", folder, report=path)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[:3] for row in rows[1:]] == [["b.csv", "3", "有误"], ["二月/图.png", "", "非文章"]]
    assert rows[1][4] == "丙,"


def test_a_path_that_is_not_there_and_a_file_that_is_refused_are_errors(db, tmp_path):
    with pytest.raises(CommandError, match="没有这个文件"):
        run("import_articles", tmp_path / "无")
    (tmp_path / "空.txt").write_bytes(b"")
    with pytest.raises(CommandError, match="空的"):
        run("import_articles", tmp_path / "空.txt")


def test_an_import_is_undone_by_its_token(db, folder):
    run("import_articles", folder)
    token = ImportBatch.objects.get().token
    assert "将删除 2 条" in run("undo_import", token, "--dry-run")[0]
    assert Article.objects.count() == 2
    assert "已删除 2 条" in run("undo_import", token)[0]
    assert not Article.objects.exists()
    with pytest.raises(CommandError):
        run("undo_import", token)
    with pytest.raises(CommandError):
        run("undo_import", "nosuchtoken1")


def test_the_sample_is_loaded_once_also_after_it_was_removed(db, folder, monkeypatch):
    monkeypatch.setattr(load_sample, "SAMPLE", folder)
    (folder / "README.md").write_text("no article", encoding="utf-8")
    assert "新文章 2" in run("load_sample")[0]
    assert set(Article.objects.values_list("is_sample", flat=True)) == {True}
    assert "未再载入" in run("load_sample")[0]
    run("undo_import", ImportBatch.objects.get().token)
    assert "未再载入" in run("load_sample")[0]
    assert not Article.objects.exists()
    assert "新文章 2" in run("load_sample", "--again")[0]


def test_a_sample_that_was_interrupted_is_finished(db, folder, monkeypatch):
    monkeypatch.setattr(load_sample, "SAMPLE", folder)
    run("load_sample")
    ImportBatch.objects.update(state=BatchState.IMPORTING)
    run("load_sample")
    assert ImportBatch.objects.get().state == BatchState.DONE
    assert Article.objects.count() == 2


def test_an_import_that_is_broken_off_says_how_to_go_on(db, folder, monkeypatch):
    from archive.ingest.services.writing import Writer

    def broken(*_all: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr(Writer, "finish", broken)
        with pytest.raises(CommandError, match="--resume"):
            run("import_articles", folder)
    batch = ImportBatch.objects.get()
    assert (batch.state, Article.objects.count()) == (BatchState.IMPORTING, 0)
    assert "新文章 2" in run("import_articles", "--resume", batch.token)[0]
    assert Article.objects.count() == 2
    with pytest.raises(CommandError, match="nosuchtoken1"):
        run("import_articles", "--resume", "nosuchtoken1")
    with pytest.raises(CommandError, match="文件或文件夹"):
        run("import_articles")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("database or disk is full"), "磁盘已满"),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EROFS, "Read-only file system"), "只读"),
        (OperationalError("database is locked"), "被别的程序占用"),
        (OperationalError("server closed the connection unexpectedly"), "server closed the connection"),
    ],
)
def test_what_stops_an_import_from_outside_is_a_sentence_and_the_import_goes_on(db, folder, monkeypatch, error, told):
    def broken(*_arguments, **_options):
        raise error

    with monkeypatch.context() as during:
        during.setattr("archive.ingest.services.confirming._chunk", broken)
        with pytest.raises(CommandError, match=told) as stopped:
            run("import_articles", folder)
    token = ImportBatch.objects.get().token
    assert f"--resume {token}" in str(stopped.value)
    run("import_articles", "--resume", token)
    assert Article.objects.count() == 2


def test_an_error_of_another_kind_is_no_sentence_of_these():
    assert sentence_of(OSError(errno.ENOENT, "No such file")) is None


def test_each_step_shows_how_far_it_is(db, tmp_path):
    rows = "".join(f"第{n}期,第{n}个村口设卡登记。\n" for n in range(450))
    (tmp_path / "many.csv").write_text(f"标题,正文\n{rows}", encoding="utf-8")
    told = run("import_articles", tmp_path / "many.csv")[1].splitlines()
    assert [line for line in told if line.startswith("检查")][-1] == "检查 88% 400"
    assert [line for line in told if line.startswith("导入")] == ["导入 55% 250", "导入 100% 450"]
    undone = run("undo_import", ImportBatch.objects.get().token)[1].splitlines()
    assert undone == ["撤销 55% 250", "撤销 100% 450"]


def test_on_a_terminal_the_progress_is_a_bar(monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    out = OutputWrapper(StringIO())
    with import_articles.progress_to(out, "导入", import_articles.share_of(200)) as show:
        show(50)
        show(100)
    assert out.getvalue() == (
        "\r导入 [#######.......................]  25% 50\r导入 [###############...............]  50% 100\n"
    )


def test_the_percent_of_a_workbook_and_of_a_zip_moves_with_what_is_read_of_it(db, tmp_path, monkeypatch):
    monkeypatch.setattr("archive.ingest.services.checking.CHUNK", 20)
    book = openpyxl.Workbook()
    book.active.append(["标题", "正文"])
    for n in range(100):
        book.active.append([f"第{n}期", f"第{n}个村口设卡登记。"])
    book.save(tmp_path / "many.xlsx")
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as package:
        for n in range(100):
            package.writestr(
                f"{n}.txt",
                f"第{n}期设卡\n第{n}个村口设卡登记，志愿者轮流值守，为来往的人测量体温并登记姓名，劝返外来的车辆。",
            )
    for name in ("many.xlsx", "many.zip"):
        batch = services.receive(files=list(walk([tmp_path / name])), source=ImportBatch.Source.COMMAND)
        told: list[int] = []
        services.check(batch, progress=lambda _count, told=told, batch=batch: told.append(progress(batch).percent))
        assert told[:-1] == sorted(told[:-1])
        assert len(set(told)) >= 4, (name, told)
        assert 0 < told[0] < 50


def test_a_plan_to_undo_holds_no_texts(db, folder):
    run("import_articles", folder)
    row = plan_undo(ImportBatch.objects.get()).go[0]
    assert {"body", "blocks"} <= row.version.get_deferred_fields()
    assert {"body", "blocks"} <= row.article.current_version.get_deferred_fields()
