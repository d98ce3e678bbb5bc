"""The page of an article: its text, its repairs, its history, its bytes, its tombstone."""

import json
import re

import pytest
from django.contrib.auth.models import User

from archive.browse.reading.paragraphs import anchor
from archive.catalog import store
from archive.catalog.models import Article, Evidence, Mask, Outlet, Takedown
from archive.catalog.services import add_version, record_revision, remove, withdraw
from tests import factories
from tests.factories import Made, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"


@pytest.fixture
def read(client, search_engine):
    def get(article, query="", prefix=""):
        search_engine()
        return client.get(f"{prefix}/articles/{article.public_id}/{query}").content.decode()

    return get


def test_anchors_survive_changes_to_the_neighbours(read):
    first = make_article(Made(number=1, paragraphs=("村口设卡。", "网格员登记车辆。", "村口设卡。")))
    second = make_article(Made(number=2, paragraphs=("新写的一段。", "网格员登记车辆。")))
    name = anchor("网格员登记车辆。")
    assert f'<p id="{name}">' in read(first) and f'<p id="{name}">' in read(second)
    ids = re.findall(r'<p id="(p-[^"]+)"', read(first))
    assert len(set(ids)) == 3 and ids[2] == ids[0] + "-2"


def test_marks_stand_on_the_characters_as_printed(read):
    article = make_article(Made(number=1, title="村口設卡", paragraphs=("網格員登記車輛。",), script="Hant"))
    assert "<mark>網格員</mark>登記" in read(article, "?q=网格员")
    assert "<mark>设卡</mark>" in read(article, "?q=設卡&text=simplified")
    assert "<mark>" not in read(article, "?q=%22")


def test_the_text_is_tagged_with_its_script(read):
    traditional = make_article(Made(number=1, title="村口設卡", paragraphs=("網格員登記車輛。",), script="Hant"))
    assert '<div class="text" lang="zh-Hant"' in read(traditional, prefix="/en")
    assert '<div class="text" lang="zh-Hans"' in read(traditional, "?text=simplified")
    assert "网格员登记车辆。" in read(traditional, "?text=simplified")
    plain = make_article(Made(number=2))
    assert '<div class="text" lang="zh-Hans"' in read(plain) and 'class="switch"' not in read(plain)


def test_each_repair_is_shown_in_its_place(read):
    made = Made(
        number=1, title="设卡", paragraphs=("网格员关注返乡的人。", "村口有人守着。"),
        repairs=[(4 + 4, "(guān)", ""), (4 + 4 + 6 + 1, "反", "返")],
    )  # fmt: skip
    text = read(make_article(made), "?text=repairs")
    assert '网格员关<del title="pinyin note">(guān)</del>注' in text
    assert '<del title="pinyin note">反</del><ins title="pinyin note">返</ins>乡' in text
    assert "修复（2 处）" in text


def test_repairs_of_white_space_are_told_by_code_point(read):
    article = make_article(Made(number=1, title="设卡", paragraphs=("网格员来了。",), repairs=[(2, "\r\n", "\n")]))
    text = read(article)
    assert "U+000D U+000A" in text and 'class="switch"' not in text


def test_html_in_a_text_is_shown_and_never_run(read):
    article = make_article(
        Made(number=1, title="<script>alert(1)</script>", paragraphs=("<img src=x onerror=alert(1)>",))
    )
    text = read(article, "?q=alert")
    assert "<script>alert" not in text and "<img src=x" not in text
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1]
    assert json.loads(data)["headline"] == "<script>alert(1)</script>"


def test_an_article_without_a_title_shows_its_beginning_in_brackets(read):
    text = read(make_article(Made(number=1, title="", paragraphs=("村口搭起了帐篷。夜里有人守着，天亮换班。",))))
    assert "[村口搭起了帐…]" in text and "原文没有标题" in text


def test_a_month_is_not_shown_as_its_first_day(read):
    text = read(make_article(Made(number=1, published="2020-02", standing="inferred")))
    assert '<time datetime="2020-02">2020年2月</time>' in text and "2020年2月1日" not in text
    assert "只知月份" in text and "推断" in text


def test_what_is_not_known_is_called_unknown(read):
    text = read(make_article(Made(number=1, published="", standing="unknown", authors=())))
    assert "日期不详" in text and "<time" not in text
    assert text.count("不详") >= 3  # date, outlet, place


def test_zotero_reads_a_newspaper_article(read):
    outlet = Outlet.objects.create(name="示例日报", slug="o", kind="newspaper")
    text = read(
        make_article(Made(number=1, outlet=outlet, authors=[("示例甲", ""), ("示例乙", "")], page_label="第02版"))
    )
    assert '<meta property="z:itemType" content="newspaperArticle">' in text
    assert text.count('<meta name="citation_author"') == 2
    assert '<meta name="citation_publication_date" content="2020/02/24">' in text
    assert '<meta name="citation_publication_title" content="示例日报">' in text
    assert '<meta name="DC.date" content="2020-02-24">' in text


def test_the_bytes_are_given_as_received_and_cannot_run(client):
    article = make_article(Made(number=1, keep_bytes=True))
    response = client.get(f"/articles/{article.public_id}/raw/")
    sha256 = article.current_version.capture.sha256
    assert response.content == store.read(sha256)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sha256 in response["ETag"]
    capture = article.current_version.capture
    capture.media_type = "text/html"
    capture.save()
    response = client.get(f"/articles/{article.public_id}/raw/")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


def test_bytes_that_hold_a_withdrawn_neighbour_are_closed(client, search_engine):
    open_one = make_article(Made(number=1, keep_bytes=True))
    neighbour = make_article(Made(number=2, keep_bytes=True))
    assert open_one.current_version.capture.sha256 == neighbour.current_version.capture.sha256
    assert client.get(f"/articles/{open_one.public_id}/raw/").status_code == 200
    withdraw(article=neighbour, reason="示例理由")
    response = client.get(f"/articles/{open_one.public_id}/raw/")
    assert response.status_code == 403 and "不对读者开放" in response.content.decode()


def test_bytes_are_closed_when_restricted_or_only_excerpts_are_open(client, search_engine):
    restricted = make_article(Made(number=1, keep_bytes=True))
    restricted.current_version.capture.restricted = True
    restricted.current_version.capture.save()
    excerpt = make_article(Made(number=2, title="示例乙", keep_bytes=True, access="snippet"))
    for article in (restricted, excerpt):
        assert client.get(f"/articles/{article.public_id}/raw/").status_code == 403


def test_lost_bytes_are_told_in_a_sentence(client):
    article = make_article(Made(number=1))
    response = client.get(f"/articles/{article.public_id}/raw/")
    assert response.status_code == 503 and "原件的文件缺失" in response.content.decode()


def test_an_article_of_which_only_excerpts_are_open_shows_no_more(read):
    paragraphs = tuple(f"示例村的第{number}天,值守的人轮流吃饭,村口一直有人。" for number in range(40))
    article = make_article(Made(number=1, paragraphs=paragraphs, access="snippet", captions=["图为示例村。"]))
    hidden = "值守的人在最后一天轮流到河边打水，晚上才回村"
    version = article.current_version
    version.body = version.body_simplified = version.body + "\n\n" + hidden
    version.save()
    for passage in (hidden, "第0天,值守的人"):
        Evidence.objects.create(
            version=version, field="about", value="示例", rule="示例", start=0, end=1, text=passage, confidence=0.5,
            basis="inferred",
        )  # fmt: skip
    text = read(article, "?q=第20天")
    assert "只开放摘录" in text
    assert hidden not in text and '<td lang="zh-Hans">第0天,值守的人' in text
    assert sum(f"第{number}天" in text for number in range(40)) < 14
    assert "图为示例村" not in text and 'id="p-' not in text


def test_a_number_whose_newer_text_waits_for_an_editor_is_not_said_to_be_unknown(client):
    article = make_article(Made(number=1))
    version = article.current_version
    version.pk, version.number, version.item = None, 2, 9
    version.save()
    mask = {"kind": "phone", "part": "body", "start": 0, "end": 2, "before": "号码", "confidence": 1.0}
    Mask.objects.create(version=version, **mask)
    Article.objects.filter(pk=article.pk).update(status="draft", current_version=version)
    page = client.get(article.get_absolute_url())
    assert page.status_code == 404 and "正由编辑核定" in page.content.decode()
    Mask.objects.update(state="kept")
    assert "没有编号为" in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize("rest", ["", "history/", "raw/", "cite.bib", "cite.ris", "cite.json", "?text=repairs&q=设卡"])
def test_a_withdrawn_article_leaves_a_tombstone_and_nothing_else(client, rest):
    article = make_article(Made(number=1, title="示例村撤下的标题", keep_bytes=True))
    withdraw(article=article, reason="含有个人信息")
    response = client.get(f"/articles/{article.public_id}/{rest}")
    text = response.content.decode()
    assert response.status_code == 410
    assert "含有个人信息" in text and article.public_id in text
    assert "示例村" not in text and "网格员" not in text


def test_a_removed_article_leaves_its_id_and_reason(client):
    article = make_article(Made(number=1))
    public_id = article.public_id
    remove(article=article, reason="导入有误", kind=Takedown.Kind.UNDONE)
    response = client.get(f"/articles/{public_id}/")
    assert response.status_code == 410 and "导入有误" in response.content.decode()


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"access": "staff"}])
def test_what_is_not_for_readers_is_not_there(client, changes):
    article = make_article(Made(number=1, **changes))
    for rest in ("", "history/", "raw/", "cite.bib"):
        assert client.get(f"/articles/{article.public_id}/{rest}").status_code == 404


def test_history_shows_role_reason_and_difference_but_no_name(client, search_engine):
    article = make_article(Made(number=1, title="示例村设卡", paragraphs=("村口设卡。", "车辆登记。")))
    other = make_article(Made(number=2, title="别的"))
    capture = other.current_version.capture
    add_version(
        article=article, capture=capture, item=9, text_sha256="0" * 64, title="示例村设卡", body="村口设卡点。\n\n车辆登记。",
        body_simplified="村口设卡点。\n\n车辆登记。", script="Hans",
        blocks=[{"kind": "paragraph", "text": "村口设卡点。", "start": 0, "end": 6}],
    )  # fmt: skip
    editor = User.objects.create_user("wangsan")
    record_revision(
        article=article, by=editor, field="published", before="2020-02", after="2020-02-24", reason="版面载明"
    )
    text = client.get(f"/articles/{article.public_id}/history/").content.decode()
    assert "村口设卡<ins>点</ins>。" in text
    assert "版面载明" in text and "2020-02-24" in text and "wangsan" not in text


def test_the_number_of_queries_does_not_grow_with_the_article(client, search_engine, django_assert_max_num_queries):
    regions = factories.make_regions()
    long = make_article(
        Made(
            number=1, paragraphs=tuple(f"第{number}段。" for number in range(200)), regions=list(regions.values())[:9],
            authors=[(f"示例{number}", "记者") for number in range(12)], repairs=[(9 + number, "x", "") for number in range(0, 90, 3)],
        )
    )  # fmt: skip
    search_engine()
    with django_assert_max_num_queries(16):
        assert client.get(f"/articles/{long.public_id}/").status_code == 200
