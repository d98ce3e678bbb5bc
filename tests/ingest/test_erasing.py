"""What erasure by law leaves of a text among the rows of imports: nothing, also where it came a second time or in a bad line."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings

from archive.catalog import contained
from archive.catalog.models import Article, Repair, TextLayer
from archive.catalog.sanity.store import check_store
from archive.catalog.services import erase, erase_bytes
from archive.ingest import services
from archive.ingest.models import ImportBatch, ImportRow

from .samples import plain_page, received, zipped

SAID = "榕溪坳的夜巡队提着马灯走了七里山路，天亮才回。"
OTHER = "邻村的志愿者在村口设卡登记，测量体温。"


@pytest.fixture(autouse=True)
def ground(db, settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)


def checked(name: str, *pieces: dict[str, str], ascii_only: bool = False) -> ImportBatch:
    data = "\n".join(json.dumps(piece, ensure_ascii=ascii_only) for piece in pieces)
    batch = services.receive(files=[received(name, data)], source=ImportBatch.Source.COMMAND)
    services.check(batch)
    return batch


def telling() -> set[tuple[str, int]]:
    """The rows in which the text can still be read, in whatever spelling."""
    escaped = json.dumps(SAID[:8])[1:-1]
    rows = (
        (row, f"{row.original}{row.problem}{json.dumps(row.draft, ensure_ascii=False)}")
        for row in ImportRow.objects.all()
    )
    return {(row.file, row.number) for row, text in rows if SAID[:8] in text or escaped in text}


@pytest.mark.parametrize(
    "body",
    [
        "\n\n".join(f"第{number}巷的网格员走到第{number}户门口敲门。" for number in range(700)), "榕溪坳夜巡队" * 1300,
        f"他说：\"{SAID}\"\t后来\\又说。", "\n\n".join(SAID[:14]),
    ],
    ids=["many paragraphs", "one long paragraph", "marks that formats escape", "short paragraphs alone"],
)  # fmt: skip
def test_a_text_is_told_in_any_spelling_and_length(admin_user, body):
    services.confirm(checked("a.jsonl", {"title": "夜巡", "body": body}))
    bad = {"title": "又", "body": body, "published": "2020-02-31"}
    checked("b.jsonl", bad, {"title": "设卡", "body": OTHER, "published": "2020-02-31"})
    checked("c.jsonl", bad, ascii_only=True)
    table = '标题,正文,日期\n又,"' + body.replace('"', '""') + '",2020-02-31\n'
    services.check(services.receive(files=[received("d.csv", table)], source=ImportBatch.Source.COMMAND))
    assert ImportRow.objects.exclude(original="").count() == 4
    erase(article=Article.objects.get(current_version__title="夜巡"), reason="法院裁定", by=admin_user)
    kept = list(ImportRow.objects.exclude(original="").values_list("file", "number", "original"))
    assert len(kept) == 1, kept
    assert json.loads(kept[0][2])["body"] == OTHER


def test_no_row_but_that_of_another_printing_tells_an_erased_text(admin_user):
    bad_day = {"published": "2020-02-31"}
    first = checked(
        "a.jsonl",
        {"title": "夜巡", "body": SAID, "outlet": "甲报"},
        {"title": "设卡", "body": OTHER},
        {"title": "夜巡", "body": SAID[:8], **bad_day},
    )
    services.confirm(first)
    article = Article.objects.get(current_version__title="夜巡")
    services.confirm(checked("b.jsonl", {"title": "夜巡", "body": SAID, "outlet": "乙报"}))
    checked("c.jsonl", {"title": "夜巡", "body": SAID, "outlet": "丙报"}, {"title": "又", "body": SAID, **bad_day})
    checked(
        "d.jsonl",
        {"title": "又", "body": SAID, **bad_day},
        {"title": "设卡", "body": OTHER, **bad_day},
        ascii_only=True,
    )
    beside = {("b.jsonl", 1)}  # another outlet's printing is an article of its own, and was not erased
    assert telling() - beside == {("a.jsonl", 1), ("a.jsonl", 3), ("c.jsonl", 1), ("c.jsonl", 2), ("d.jsonl", 1)}
    erase(article=article, reason="法院裁定", by=admin_user)
    assert telling() == beside
    other = ImportRow.objects.get(file="d.jsonl", number=2)  # a bad line that does not quote it keeps its words
    assert json.loads(other.original)["body"] == OTHER
    copied = ImportRow.objects.get(file="b.jsonl")
    assert copied.done
    assert copied.article is not None
    assert copied.draft["title"] == "夜巡"


NEW = "河滩上的卡口搭起了棚子，来往的车都要量体温。"


def lines(*bodies: str) -> bytes:
    return "\n".join(json.dumps({"title": one[:4], "body": one}, ensure_ascii=False) for one in bodies).encode()


def sheet(*bodies: str) -> bytes:
    book, packed = openpyxl.Workbook(), io.BytesIO()
    book.active.append(("标题", "正文"))
    for one in bodies:
        book.active.append((one[:4], one))
    book.save(packed)
    return packed.getvalue()


MADE = {
    "a.jsonl": lines,
    "a.xlsx": sheet,
    "a.zip": lambda *bodies: zipped({"in/a.jsonl": lines(*bodies), "in/b.jsonl": lines(OTHER + "乙")}),
    "b.zip": lambda *bodies: zipped({"in/a.xlsx": sheet(*bodies)}),
}


def stored_telling(said: str) -> set[str]:
    """The stored files, by hash, in which the text can be read, also packed."""
    found = set()
    for path in Path(settings.CAPTURE_DIR).glob("??/??/*"):
        waiting = [path.read_bytes()]
        while waiting:
            data = waiting.pop()
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as package:
                    waiting += [package.read(name) for name in package.namelist()]
            elif said in data.decode("utf-8", "replace"):
                found.add(path.name)
    return found


@pytest.mark.parametrize(
    ("end", "more"),
    [("cancel", ()), ("undo", ()), ("undo", (NEW,))],
    ids=["cancelled", "the same file, confirmed and undone", "with a new piece, confirmed and undone"],
)
@pytest.mark.parametrize("name", list(MADE))
def test_a_later_upload_keeps_no_bytes_of_an_erased_text(
    admin_user, django_capture_on_commit_callbacks, name: str, end: str, more: tuple[str, ...]
):
    def upload(*bodies: str) -> ImportBatch:
        file = received(name, MADE[name](*bodies))
        batch = services.receive(files=[file], source=ImportBatch.Source.COMMAND)
        services.check(batch)
        return batch

    with django_capture_on_commit_callbacks(execute=True):
        services.confirm(upload(SAID, OTHER))
    assert stored_telling(SAID)
    with django_capture_on_commit_callbacks(execute=True):
        erase(article=Article.objects.get(current_version__body=SAID), reason="法院裁定", by=admin_user)
    assert not stored_telling(SAID)
    with django_capture_on_commit_callbacks(execute=True):
        batch = upload(SAID, OTHER, *more)
    row = batch.rows.get(problem__contains="依法删除")
    assert row.draft is None
    assert telling() == set()
    assert not stored_telling(SAID)
    with django_capture_on_commit_callbacks(execute=True):
        if end == "cancel":
            services.cancel(batch)
        else:
            services.confirm(batch)
    assert not stored_telling(SAID)
    if more:
        article = Article.objects.get(current_version__body=NEW)
        assert NEW in contained.read(article.current_version.capture).decode()
    if end == "undo":
        with django_capture_on_commit_callbacks(execute=True):
            services.undo(batch)
    assert not stored_telling(SAID)
    assert [one.kind for one in check_store()] == []


@pytest.mark.parametrize("name", list(MADE))
def test_an_upload_that_waits_loses_the_bytes_of_what_is_erased_meanwhile(
    admin_user, django_capture_on_commit_callbacks, name: str
):
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm(checked("first.jsonl", {"title": SAID[:4], "body": SAID, "outlet": "甲报"}))
        waiting = services.receive(
            files=[received(name, MADE[name](SAID, NEW))], source=ImportBatch.Source.COMMAND, outlet="乙报"
        )
        services.check(waiting)
    assert waiting.rows.get(text_sha256=Article.objects.get().current_version.text_sha256).outcome == "copy"
    with django_capture_on_commit_callbacks(execute=True):
        erase(article=Article.objects.get(), reason="法院裁定", by=admin_user)
    assert not stored_telling(SAID)
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm(waiting)
    assert not stored_telling(SAID)
    article = Article.objects.get(current_version__body=NEW)
    assert NEW in contained.read(article.current_version.capture).decode()
    assert [one.kind for one in check_store()] == []


@pytest.mark.parametrize("confirmed", [False, True], ids=["waiting", "confirmed"])
@pytest.mark.parametrize("more", [(), (NEW,)], ids=["alone", "beside a new piece"])
@pytest.mark.parametrize("name", list(MADE))
def test_an_upload_in_which_a_text_was_held_already_loses_its_bytes_at_the_erasure(
    admin_user, django_capture_on_commit_callbacks, name: str, more: tuple[str, ...], confirmed: bool
):
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm(checked("first.jsonl", {"title": SAID[:4], "body": SAID}))
        again = services.receive(files=[received(name, MADE[name](SAID, *more))], source=ImportBatch.Source.COMMAND)
        services.check(again)
        if confirmed:
            services.confirm(again)
    assert (
        again.rows.get(text_sha256=Article.objects.get(current_version__body=SAID).current_version.text_sha256).outcome
        == "held"
    )
    with django_capture_on_commit_callbacks(execute=True):
        erase(article=Article.objects.get(current_version__body=SAID), reason="法院裁定", by=admin_user)
    assert not stored_telling(SAID)
    assert telling() == set()
    if not confirmed:
        with django_capture_on_commit_callbacks(execute=True):
            services.confirm(again)
        assert not stored_telling(SAID)
    for body in more:
        article = Article.objects.get(current_version__body=body)
        assert body in contained.read(article.current_version.capture).decode()
    assert [one.kind for one in check_store()] == []


def test_a_page_of_a_zip_whose_other_story_was_held_loses_its_bytes_at_the_erasure(
    admin_user, django_capture_on_commit_callbacks
):
    """The page is a capture of its own in a file that goes: it must not be saved as a neighbour."""
    page = f"# 夜巡\n\n{SAID}\n\n# 设卡\n\n{NEW}\n".encode()
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm(checked("first.jsonl", {"title": "夜巡", "body": SAID}))
        again = services.receive(
            files=[received("a.zip", zipped({"in/a.txt": page}))], source=ImportBatch.Source.COMMAND
        )
        services.check(again)
        services.confirm(again)
    assert sorted(again.rows.values_list("outcome", flat=True)) == ["held", "new"]
    with django_capture_on_commit_callbacks(execute=True):
        erase(article=Article.objects.get(current_version__body=SAID), reason="法院裁定", by=admin_user)
    assert not stored_telling(SAID)
    assert Article.objects.get().current_version.body == NEW
    assert [one.kind for one in check_store()] == []


def test_a_check_that_is_going_on_at_the_erasure_lets_go_of_the_bytes_at_its_end(
    admin_user, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr("archive.ingest.services.checking.CHUNK", 1)
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm(checked("first.jsonl", {"title": SAID[:4], "body": SAID}))
        again = services.receive(
            files=[received("a.jsonl", lines(SAID, NEW, OTHER))], source=ImportBatch.Source.COMMAND
        )

    def between(rows: int) -> None:
        if rows == 1:
            erase(article=Article.objects.get(), reason="法院裁定", by=admin_user)

    with django_capture_on_commit_callbacks(execute=True):
        services.check(again, progress=between)
    assert list(again.rows.values_list("outcome", flat=True)) == ["held", "new", "new"]
    assert not stored_telling(SAID)
    assert telling() == set()
    with django_capture_on_commit_callbacks(execute=True):
        services.confirm(again)
    assert {one.current_version.body for one in Article.objects.all()} == {NEW, OTHER}
    assert [one.kind for one in check_store()] == []


def test_what_was_read_of_the_neighbours_stays_when_the_bytes_of_an_erased_page_come_again(admin_user):
    services.confirm(checked("a.jsonl", {"title": "夜巡", "body": SAID}))
    capture = Article.objects.get().current_version.capture
    erase(article=Article.objects.get(), reason="依法", by=admin_user)
    layer, _created = TextLayer.objects.get_or_create(
        capture=capture, kind=TextLayer.Kind.REPAIRED, defaults={"text": ""}
    )
    of_a_neighbour = Repair.objects.create(
        layer=layer, rule="示例", start=900, end=901, before="x", after="", confidence=1, state="applied"
    )
    erase_bytes(captures=[capture])
    assert Repair.objects.filter(pk=of_a_neighbour.pk).exists()
