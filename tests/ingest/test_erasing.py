"""What erasure by law leaves of a text among the rows of imports: nothing, also where it came a second time or in a bad line."""

import json

import pytest

from archive.catalog.models import Article
from archive.catalog.services import erase
from archive.ingest import services
from archive.ingest.models import ImportBatch, ImportRow

from .samples import plain_page, received

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
