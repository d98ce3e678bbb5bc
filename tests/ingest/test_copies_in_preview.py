"""The preview names the held article that a new piece is a cut copy of; confirmed, both stand in one cluster."""

import json

import pytest

from archive.catalog.models import Article, Printing
from archive.ingest import services
from archive.ingest.models import ImportBatch

from .samples import plain_page, received

STORY = "".join(
    f"示例村第{one}组的{who}把{what}送到村口，登记的本子写了{one * 7}页，大喇叭从早说到晚。"
    for one, who, what in [
        (1, "会计", "姜汤"),
        (2, "果农", "橘子"),
        (3, "村医", "口罩"),
        (4, "教师", "炭火"),
        (5, "木匠", "路牌"),
    ]
)


def bring(outlet: str, text: str) -> ImportBatch:
    row = {"title": f"{outlet}的标题", "text": text, "outlet": outlet, "date": "2020-02-10"}
    batch = services.receive(
        files=[received("a.jsonl", json.dumps(row, ensure_ascii=False))], source=ImportBatch.Source.UPLOAD
    )
    services.check(batch)
    return batch


@pytest.mark.django_db
def test_the_preview_names_what_a_piece_is_a_copy_of(settings, tmp_path, monkeypatch):
    settings.CAPTURE_DIR = tmp_path / "captures"
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)
    first = bring("示例日报", STORY)
    assert first.rows.get().problem == ""
    services.confirm(first)
    second = bring("示例晚报", STORY[: len(STORY) * 2 // 3])
    row = second.rows.get()
    assert row.twin == Article.objects.get()
    assert f"与文章 {row.twin.public_id} 大体相同（重合 100%）" in row.problem
    services.confirm(second)
    assert Printing.objects.filter(cluster=Printing.objects.first().cluster).count() == 2
    assert Article.objects.originals().count() == 1
