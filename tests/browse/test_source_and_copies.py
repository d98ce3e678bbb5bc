"""The page of an article tells what the source changed and when, and who else printed the story."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from archive.catalog.models import Article, Capture, Version
from archive.catalog.reprints import find_copies
from archive.catalog.services import add_version, record_sighting
from tests.factories import Made, make_article, make_outlets, make_regions

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
STORY = tuple(
    f"示例村第{one}组的{who}把{what}送到村口，登记的本子写了{one * 7}页，大喇叭从早说到晚。"
    for one, who, what in [
        (1, "会计", "姜汤"),
        (2, "果农", "橘子"),
        (3, "村医", "口罩"),
        (4, "教师", "炭火"),
        (5, "木匠", "路牌"),
    ]
)


@pytest.fixture
def article(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    make_regions()
    daily, evening, *_rest = make_outlets()
    first = make_article(Made(number=1, paragraphs=STORY, outlet=daily, published="2020-02-10"))
    second = make_article(Made(number=2, paragraphs=STORY[:4], outlet=daily, publisher=evening, published="2020-02-12"))
    find_copies([first, second])
    return first


def newer(article: Article, moment: datetime, paragraphs, title: str) -> Version:
    body = "\n\n".join(paragraphs)
    capture = Capture.objects.create(
        sha256=f"{moment:%Y}".zfill(64), size=1, media_type="text/plain", identity=f"{moment:%Y}", captured_at=moment
    )
    return add_version(
        article=article, capture=capture, text_sha256="2" * 64, title=title, body=body, body_simplified=body,
        blocks=[{"kind": "paragraph", "text": one, "start": 0, "end": 0} for one in paragraphs], script="Hans",
    )  # fmt: skip


def test_the_changes_of_the_source_are_told_in_the_order_in_which_they_were_seen(article, client):
    url = article.get_absolute_url()
    assert "源站的改动" not in client.get(url).content.decode()
    Capture.objects.filter(versions__article=article).update(captured_at=datetime(2020, 2, 11, 8, tzinfo=SHANGHAI))
    newer(article, datetime(2021, 5, 6, 9, 30, tzinfo=SHANGHAI), STORY[:3], "示例村里的一天")
    # Comes here later, but was seen in between.
    newer(article, datetime(2020, 8, 1, 9, tzinfo=SHANGHAI), (*STORY, "新添的一段。"), "示例村设卡")
    record_sighting(article=article, kind="gone", at=datetime(2022, 1, 1, 12, tzinfo=SHANGHAI), note="网址返回 404")
    page = client.get(url).content.decode()
    told = [page.index(one) for one in ("源站已删除这篇文章", "标题改了；删去 3 段", "增加 1 段")]
    assert told == sorted(told)
    assert "2021-05-06 09:30" in page
    assert "网址返回 404" in page
    history = client.get(url + "history/").content.decode()
    assert history.index("见于 2021-05-06") < history.index("见于 2020-08-01") < history.index("见于 2020-02-11")
    assert "<ins>新添的一段。</ins>" in history
    article.access = "snippet"
    article.save()
    page = client.get(url).content.decode()
    assert "源站改过这篇文章" in page
    assert "删去" not in page
    assert "新添的一段" not in client.get(url + "history/").content.decode()


def test_the_printings_of_a_story_stand_with_overlap_lag_and_province(article, client):
    page = client.get(article.get_absolute_url()).content.decode()
    assert "本馆收有这篇报道的 2 次刊载，刊载者在 2 个省份，前后 2 日。" in page
    assert "迟 2 日" in page
    assert "湖北省" in page
    assert "100%" in page
    other = Article.objects.exclude(pk=article.pk).get()
    english = client.get("/en" + other.get_absolute_url()).content.decode()
    assert "2 days later" in english
    other.status = "draft"
    other.save()
    assert "各次刊载" not in client.get(article.get_absolute_url()).content.decode()
