"""The import reads dates by the words that editors keep, in this process and in others."""

import datetime
import json

import pytest

from archive.catalog.models import Wording
from archive.catalog.usages import shipped_usages, usage
from archive.ingest import services
from archive.ingest.models import ImportBatch
from archive.ingest.parallel import in_order
from archive.ingest.pipeline import read_page
from archive.ingest.readers import Source
from tests.ingest.samples import received

TEXT = (
    "示例村守好村口\n\n示例村的干部在村口登记过往的车辆,给司机倒热水,大家说示例暗号来了,心里踏实。\n\n"
    "3月5日,示例村的示例暗号站开张,几位老人帮着烧水做饭,一直忙到天黑才回家休息。\n"
)


def found(usages):
    (draft,) = read_page(TEXT.encode(), file="一.txt", usages=usages).drafts
    return draft.published.value


def test_words_that_are_handed_in_decide_the_year():
    span = [(datetime.date(2022, 3, 1), datetime.date(2022, 3, 31))]
    assert found(shipped_usages()) != "2022-03"
    assert found((*shipped_usages(), usage("示例暗号", span, 6.0, True, "示例"))) == "2022-03"


def test_they_cross_to_the_reading_processes():
    span = [(datetime.date(2022, 3, 1), datetime.date(2022, 3, 31))]
    rows = (usage("示例暗号", span, 6.0, True, "示例"),)
    source = Source(name="一.txt", data=TEXT.encode(), media_type="text/plain")
    [(_piece, prepared)] = list(in_order([source], "", 1, rows))
    assert json.loads(prepared.drafts[0].json)["published"]["value"] == "2022-03"


@pytest.mark.django_db
def test_an_editors_row_dates_the_next_import(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    Wording.objects.create(
        words="示例暗号", first=datetime.date(2022, 3, 1), last=datetime.date(2022, 3, 31), weight=6.0, firm=True,
        source="示例公告",
    )  # fmt: skip
    batch = services.receive(files=[received("a.txt", TEXT)], source=ImportBatch.Source.UPLOAD)
    services.check(batch)
    assert batch.rows.get().draft["published"]["value"] == "2022-03"
    Wording.objects.filter(words="示例暗号").update(active=False)
    again = services.receive(files=[received("b.txt", TEXT)], source=ImportBatch.Source.UPLOAD)
    services.check(again)
    assert again.rows.get().draft["published"]["value"] != "2022-03"
