"""A pasted quotation: which open article holds it, where, in which version; or what comes nearest."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.catalog.models import Capture
from archive.catalog.services import add_version
from archive.search.verifying import LONGEST, parts_of
from tests.factories import Made, make_article

pytestmark = pytest.mark.django_db
STORY = (
    "示例湾的会计把姜汤送到村口，登记的本子写了七页。",
    "果农说，橘子先给值守的人，再给隔离的人家，一天跑三趟也不觉得累。",
    "大喇叭从早说到晚，老人都听得懂。",
)


@pytest.fixture
def story(search_engine):
    article = make_article(Made(number=1, title="示例湾的一天", paragraphs=STORY, captions=["图为示例湾的橘子。"]))
    make_article(
        Made(number=2, title="示例屯的一天", paragraphs=("示例屯設卡登記，姜湯熱著，計畫寫在牆上。",), script="Hant")
    )
    search_engine()
    return article


def ask(client, text: str, prefix: str = "") -> str:
    response = client.post(prefix + "/verify/", {"text": text})
    assert response.status_code == 200 and not response.cookies
    assert "no-store" in response["Cache-Control"] and response["X-Robots-Tag"] == "noindex"
    return response.content.decode()


def test_paragraph_version_and_article_are_told(client, story):
    page = ask(client, "橘子先给值守的人，\n再给隔离的人家")
    assert "在 1 篇文章里" in page and "正文第 2 段" in page and "现行版本（第 1 版）" in page
    assert "<mark>橘子先给值守的人，再给隔离的人家</mark>" in page and f"/articles/{story.public_id}/#p-" in page
    assert "图注 1" in ask(client, "图为示例湾的橘子") and ">标题<" in ask(client, "“示例湾的一天”")
    assert "stands in 1 article" in ask(client, "示例湾的一天", "/en")
    anchor = page.split(f"/articles/{story.public_id}/#")[1].split('"')[0]
    assert f'id="{anchor}"' in client.get(story.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "typed", ["示例屯设卡登记，姜汤热著，计划写在墙上", "計畫寫在牆上", "计划写在墙上", "計画寫在墙上"]
)
def test_both_scripts_are_one(client, story, typed):
    assert "在 1 篇文章里" in ask(client, typed)


@pytest.mark.parametrize("dots", ["……", "...", "…", "（……）", "[...]"])
def test_parts_between_ellipses_must_follow_one_another(client, story, dots):
    assert "在 1 篇文章里" in ask(client, f"姜汤送到村口{dots}一天跑三趟{dots}老人都听得懂")
    assert "在 1 篇文章里" not in ask(client, f"老人都听得懂{dots}姜汤送到村口")
    assert parts_of(f"甲{dots}乙") == ("甲", "乙")


def test_parts_in_another_order_are_told_so_and_all_of_them_are_marked(client, story):
    page = ask(client, "老人都听得懂……姜汤送到村口")
    assert "没有与此一字不差的文字" in page and "不是这样的先后次序" in page and "%" not in page.split("verdict")[1]
    assert "<mark>老人都听得懂</mark>" in page and "<mark>姜汤送到村口</mark>" in page
    assert page.index("<mark>姜汤") < page.index("<mark>老人")
    assert "not in this order" in ask(client, "老人都听得懂……姜汤送到村口", "/en")


@pytest.mark.parametrize("typed", ["姜汤送到村口……姜汤送到村口", "姜汤送到村……送到村口"])
def test_parts_that_would_have_to_share_a_place_are_not_told_to_stand_there(client, story, typed):
    page = ask(client, typed)
    assert "但不是这样的先后次序" not in page and "在 1 篇文章里" not in page
    assert "这段文字里另外找不到引文的这些部分" in page and "相同的字占 100%" not in page


def test_a_part_that_stands_in_the_title_is_not_told_to_be_missing_in_the_article(client, story):
    page = ask(client, "示例湾的一天……橘子先给值守的人，再也给隔离的人家")
    assert "这篇文章里没有引文" not in page and "这段文字里另外找不到引文的这些部分" in page


def test_a_share_that_is_no_binary_fraction_is_told_as_it_is(client, story, monkeypatch):
    monkeypatch.setattr("archive.search.nearest.Nearest.agreement", 0.29)
    assert "29%" in "".join(ask(client, "橘子先给值守的人，再也给隔离的人家").split())


def test_a_part_that_is_missing_counts_and_is_named(client, story):
    page = ask(client, "橘子先给值守的人，再给隔离的人家……这一句谁也没有写过")
    assert "这段文字里另外找不到引文的这些部分" in page and ">这一句谁也没有写过</q>" in page
    assert "相同的字占 64%" in page


def test_a_mark_that_is_missing_is_no_hundred_per_cent(client, story):
    assert "相同的字占 95%" in ask(client, "橘子先给值守的人再给隔离的人家，一天跑三趟")


def test_one_other_character_is_not_the_same_and_is_marked(client, story):
    page = ask(client, "橘子先给值守的干部，再给隔离的人家，一天跑两趟也不觉得累")
    assert "没有与此一字不差的文字" in page
    assert "<del>干部</del><ins>人</ins>" in page and "<del>两</del><ins>三</ins>" in page
    assert "也没有接近的" in ask(client, "这里写的是完全不同的另外一件事情和另外一个地方")


def test_an_older_version_is_told_as_such(client, story):
    capture = Capture.objects.create(sha256="3" * 64, size=1, media_type="text/plain", identity="second")
    body = "\n\n".join(STORY[:1])
    add_version(
        article=story, capture=capture, text_sha256="2" * 64, title="示例湾的一天", body=body, body_simplified=body,
        blocks=[{"kind": "paragraph", "text": body, "start": 0, "end": 0}], script="Hans",
    )  # fmt: skip
    page = ask(client, "老人都听得懂")
    assert "只在从前的版本里（第 1 版）" in page and "/history/#v1" in page
    assert 'id="v1"' in client.get(story.get_absolute_url() + "history/").content.decode()
    assert "有它的版本：第 1、2 版" in ask(client, "登记的本子写了七页")
    for access in ("snippet", "staff"):
        story.access = access
        story.save()
        assert "馆藏里有这段文字" not in ask(client, "老人都听得懂")


@pytest.mark.parametrize("access,status", [("snippet", "published"), ("staff", "published"), ("full", "withdrawn"), ("full", "draft")])  # fmt: skip
def test_only_open_texts_answer(client, story, access, status):
    story.access, story.status = access, status
    story.save()
    for typed in (STORY[1], STORY[1].replace("三", "四")):
        page = ask(client, typed)
        assert "也没有接近的" in page and story.public_id not in page


def test_nonsense_and_length_give_a_sentence(client, story):
    for typed in ("", " ", "\0", "……", "“”", "a" * 3000, "🦠", "<script>", "的" * LONGEST, "一" * 5 + "\ud7ff"):
        assert client.post("/verify/", {"text": typed}).status_code == 200
    assert "引文太长" in ask(client, "长" * (LONGEST + 1))
    assert "引文太长" in ask(client, "长" * 300_000)
    assert client.post("/verify/").status_code == 200
    assert STORY[1] not in client.get("/verify/", {"text": STORY[1]}).content.decode()
    assert "<script>" not in ask(client, "<script>甲乙丙")
    assert client.put("/verify/").status_code == 405
    assert "在 1 篇文章里" in ask(client, "".join(STORY))


def test_the_number_of_queries_does_not_grow(client, story, search_engine):
    counts = []
    for more in (0, 8):
        for number in range(more):
            make_article(Made(number=10 + number, paragraphs=STORY))
        search_engine()
        with CaptureQueriesContext(connection) as queries:
            ask(client, STORY[0])
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
