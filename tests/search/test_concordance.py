"""Keyword in context: which lines, in which order, in printed characters."""

import itertools
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from archive.catalog.models import Article
from archive.search import concordance as module
from archive.search import keywords
from archive.search.concordance import Line, concordance, concordance_lines
from archive.search.highlights import wanted
from archive.search.language import UnclosedQuotation
from archive.search.tree import Phrase
from archive.text.fold import fold

from .making import article_of, region, save_article, version_of
from .reference import ReferenceEngine, documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(db) -> None:
    save_article(
        "示例村发放口罩五百只。\n\n村民领口罩　要登记。", "口罩发到户", public_id="a1", captions=["图为分口罩。", "另一张口罩图。"],
        dates=(date(2020, 2, 3), date(2020, 2, 3)), places=[region("510903")],
    )  # fmt: skip
    save_article(
        "示例鎮登記後領口罩。", public_id="a2", script="Hant", dates=(date(2020, 2, 5), date(2020, 2, 5)),
    )  # fmt: skip
    save_article("领ＯＫ口罩八只。", public_id="a3", dates=(date(2020, 1, 30), date(2020, 1, 30)))
    save_article("口罩的草稿。", public_id="a4", status="draft")
    save_article("口罩的内部稿。", public_id="a5", access="staff")


def engine(request):
    return ReferenceEngine(documents()).evaluate(request)


def kwic(query: str, **asked):
    return concordance(query, evaluate=engine, **asked)


def shown(lines) -> list[str]:
    return [f"{line.left}[{line.keyword}]{line.right}" for line in lines]


def printed(line: Line) -> str:
    version = line.article.current_version
    captions = [one["text"] for one in version.captions]
    return {"title": version.title_as_printed or version.title, "body": version.body, "caption": (captions or [""])[line.number]}[line.part]  # fmt: skip


def test_every_place_of_what_readers_may_see_is_a_line_by_what_follows(archive) -> None:
    page = kwic("口罩")
    assert shown(page.lines) == [
        "图为分[口罩]。",
        "示例鎮登記後領[口罩]。",
        "领ＯＫ[口罩]八只。",
        "[口罩]发到户",
        "另一张[口罩]图。",
        "示例村发放[口罩]五百只。 村民领口罩 要登记。",
        "示例村发放口罩五百只。 村民领[口罩] 要登记。",
    ]
    assert (page.total, page.articles, page.whole, page.first, page.last) == (7, 3, True, 1, 7)
    assert [line.part for line in page.lines] == ["caption", "body", "body", "title", "caption", "body", "body"]
    assert page.explanation.sentence == "含有“口罩”的文章"


def test_by_what_goes_before_contexts_in_both_scripts_stand_together(archive) -> None:
    page = kwic("口罩", order="left", width=5)
    before = [line.left[-1:] for line in page.lines]
    assert before == ["", "Ｋ", "放", "分", "領", "领", "张"]


def test_by_article_lines_come_in_the_order_of_the_text(archive) -> None:
    assert [line.article.public_id for line in kwic("口罩", order="oldest").lines] == ["a3"] + 5 * ["a1"] + ["a2"]
    newest = kwic("口罩", order="newest").lines
    assert [(line.part, line.number) for line in newest if line.article.public_id == "a1"] == [
        ("title", 0), ("body", 0), ("body", 0), ("caption", 0), ("caption", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("query", ["口罩", '"口罩要登记"', "登记 口罩", "領*", '"领 登记"~4', "ok 标题:口罩 OR 五百只"])
def test_places_lead_to_the_printed_characters(archive, query: str) -> None:
    lines = kwic(query).lines
    for line in lines:
        text = printed(line)
        flat = " ".join(text[line.start : line.end].split())
        assert line.keyword == flat
        around = " ".join(text.split())
        assert line.left + line.keyword + line.right in around
    assert lines or "ok" in query


def test_widths_are_kept_and_pages_meet_every_line_once(archive) -> None:
    for order in ("right", "left", "keyword", "newest", "oldest", "relevance"):
        whole = kwic("口罩 OR 登记", order=order, width=6)
        assert all(len(line.left) <= 6 and len(line.right) <= 6 for line in whole.lines)
        pages = [kwic("口罩 OR 登记", order=order, width=6, page=number, per_page=3) for number in (1, 2, 3, 4)]
        assert pages[0].pages == 3 and pages[3].page == 3
        walked = [shown([line])[0] for page in pages[:3] for line in page.lines]
        assert walked == shown(whole.lines) and len(walked) == whole.total == 9
        assert shown(concordance_lines("口罩 OR 登记", order=order, width=6, evaluate=engine)) == walked


def test_filters_narrow_and_words_within_longer_ones_are_no_line_of_their_own(archive) -> None:
    assert {line.article.public_id for line in kwic("口罩", include={"place": ["510000"]}).lines} == {"a1"}
    assert {line.article.public_id for line in kwic("口罩", latest=date(2020, 1, 31)).lines} == {"a3"}
    assert [line.keyword for line in kwic('"发放口罩" OR 口罩', include={"place": ["510903"]}, order="oldest").lines] == [
        "口罩", "发放口罩", "口罩", "口罩", "口罩",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [3, 40])
def test_what_may_only_be_quoted_gives_the_lines_of_one_third(archive, count: int) -> None:
    body = "".join(f"第{number}批口罩一日送到村里。" for number in range(count))
    save_article(body, "口罩", public_id="quoted", access="snippet", captions=["图为口罩。"])
    shown: set[int] = set()
    for query in ("口罩", "村里 OR 第", '"口罩一日"', '"送到村"', "图为 OR 口罩"):
        for line in kwic(query, width=60).lines:
            if line.article.public_id == "quoted" and line.part == "body":
                shown |= set(range(line.start - len(line.left), line.end + len(line.right)))
            assert line.part != "caption" or line.article.public_id != "quoted"
    assert 0 < len(shown) <= len(body) / 3


def test_what_cannot_be_listed_is_said(archive) -> None:
    page = kwic('"口罩')
    assert page.error is not None and page.error.repaired == '"口罩"' and page.lines == ()
    assert page.first == page.last == 0
    with pytest.raises(UnclosedQuotation):
        concordance_lines('"口罩', evaluate=engine)
    for query in ("地区:四川", "-口罩", ""):
        page = kwic(query)
        assert page.total == 0 and "没有可列的行" in page.notices[-1]
    assert "没有这种排序" in kwic("口罩", order="x").notices[0]
    assert kwic("没有的词").total == 0 and kwic("没有的词").notices == ()


def test_more_than_one_page_can_sort_is_said(archive, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_LINES", 4)
    page = kwic("口罩")
    assert (page.total, page.whole) == (4, False) and "前 4 处" in page.notices[-1]
    monkeypatch.setattr(module, "MOST_LINES", 100)
    monkeypatch.setattr(module, "MOST_ARTICLES", 2)
    page = kwic("口罩")
    assert (page.articles, page.whole) == (2, False) and len(page.notices) == 1
    assert len(list(concordance_lines("口罩", evaluate=engine))) == 7


def test_the_number_of_queries_does_not_grow_with_the_lines(archive) -> None:
    counts = []
    for more in (0, 12):
        for number in range(more):
            save_article("又一只口罩。" * 5, f"口罩{number}", public_id=f"more{number}")
        with CaptureQueriesContext(connection) as queries:
            kwic("口罩")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_download_reads_articles_a_few_at_a_time_and_leaves_out_what_was_withdrawn_meanwhile(archive) -> None:
    lines = concordance_lines("口罩", order="oldest", evaluate=engine)
    Article.objects.filter(public_id="a2").update(status="withdrawn")
    assert {line.article.public_id for line in lines} == {"a3", "a1"}


def test_equal_contexts_stand_together_whatever_the_order(archive) -> None:
    for number in range(3):
        save_article(f"发口罩给{'村民' if number % 2 else '學生'}，领口罩给学生。", public_id=f"b{number}")
    rights = [fold(line.right)[:2] for line in kwic("口罩").lines]
    assert all(len(list(group)) == rights.count(text) for text, group in itertools.groupby(rights))


def test_the_command_prints_lines_and_csv(archive) -> None:
    call_command("rebuild_index", interactive=False, verbosity=0)
    out = StringIO()
    call_command("concordance", "口罩", "--limit", "2", stdout=out)
    assert "示例鎮登記後領【口罩】。  a2" in out.getvalue() and "含有“口罩”的文章: 7 / 3" in out.getvalue()
    out = StringIO()
    call_command("concordance", "口罩", "--csv", "--order", "oldest", stdout=out)
    rows = out.getvalue().splitlines()
    assert rows[0].startswith("left,keyword,right,part") and len(rows) == 8
    assert rows[1].startswith("领ＯＫ,口罩,八只。,body,3,5,a3,")
    with pytest.raises(CommandError, match="引号"):
        call_command("concordance", '"口罩', "--csv", stdout=out)


@given(
    st.lists(st.text(st.sampled_from("口罩发 \n\u3000\u2800\u00a0甲乙"), max_size=40), max_size=6),
    st.sampled_from(["right", "left", "keyword", "newest"]),
    st.integers(5, 9),
    st.integers(1, 30),
)
def test_the_first_lines_are_those_of_all_lines_in_order(texts, order, width, number) -> None:
    """Only lines that may come first are written out: which these are is told from the beginnings of their keys."""
    leaves = wanted(Phrase("口"))
    met = [
        spot
        for rank, text in enumerate(texts)
        for spot in keywords._of_article(
            article_of(version_of(f"口{text}口")), rank, leaves, keywords._BRIEF.get(order, keywords._nothing), width
        )
    ]
    every = sorted((keywords.placed(spot, order, width) for spot in met), key=keywords.sort_key)
    assert keywords.first_places(met, number, order, width) == every[:number]
    for spot in met:
        key = keywords.placed(spot, order, width).key[: len(spot.brief)]
        assert tuple(whole[: len(brief)] for whole, brief in zip(key, spot.brief, strict=True)) == spot.brief
