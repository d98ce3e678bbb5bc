"""The door of the search, on a database of invented articles and the reference as engine."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.catalog.models import Article, Outlet
from archive.search.language import LoneOperator
from archive.search.records import Response
from archive.search.service import search as search_with

from .making import region, save_article
from .reference import ReferenceEngine, documents
from .test_language import SYNTAX

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(starter_thesaurus: None) -> None:
    paper = Outlet.objects.create(name="示例日报", slug="shili-ribao", region=region("510900"))
    other = Outlet.objects.create(name="示例晚报", slug="shili-wanbao", region=region("420000"))
    save_article(
        "示例村的干部挨家挨户发放口罩。", "示例村发口罩", public_id="a1", outlet=paper, places=[region("510903")],
        dates=(date(2020, 2, 3), date(2020, 2, 3)), authors=["示例记者甲"], topics=["物资"],
    )  # fmt: skip
    save_article(
        "示例鎮的網格員逐戶登記，發放口罩與消毒水。" * 3, "示例鎮的一天", public_id="a2", script="Hant", outlet=other,
        places=[region("420106")], dates=(date(2020, 2, 1), date(2020, 2, 29)), precision="month",
    )  # fmt: skip
    save_article(
        "村民委员会复工复产。", "复工", public_id="a3", dates=(date(2021, 1, 5), date(2021, 1, 5)), is_sample=True
    )
    save_article("口罩的草稿。", public_id="a4", status="draft")
    save_article("口罩的内部稿。", public_id="a5", access="staff")
    save_article("关于口罩的摘录。" + "村里人各家各户都记得。" * 60, public_id="a6", access="snippet")


def engine(request):
    return ReferenceEngine(documents()).evaluate(request)


def search(query: str, **more):
    return search_with(query, evaluate=engine, **more)


def ids(page) -> list[str]:
    return [result.article.public_id for result in page.results]


def test_finds_what_readers_may_see_in_order_with_marks(archive) -> None:
    page = search("口罩", sort="oldest")
    assert (page.total, ids(page)) == (3, ["a2", "a1", "a6"])
    assert page.error is None and page.notices == ()
    second = page.results[1]
    assert [second.article.current_version.title[mark.start : mark.end] for mark in second.title_marks] == ["口罩"]
    assert second.snippets[0].text == "示例村的干部挨家挨户发放口罩。"
    assert ids(search("网格员")) == ["a2"] == ids(search('"發放口罩與"'))


def test_the_sentence_tells_words_forms_variants_fields_and_filters(archive) -> None:
    page = search(
        "村委会 标题:复工 -学校 地区:四川", include={"date": ["2020-02"]}, exclude={"outlet": ["shili-ribao"]}
    )
    assert page.explanation.sentence == (
        "含有“村委会”或“村民委员会”，标题含有“复工”，不含“学校”，关于四川省，日期在2020年2月，除去（来源为示例日报）的文章"
    )
    assert page.explanation.variants == (("村委会", ("村民委员会",)),)
    assert "“村民委员会”" in page.explanation.also and "村委會" in page.explanation.forms
    assert search("").explanation.sentence == "全部文章"
    assert search('"口罩" OR 消毒').explanation.sentence == "含有原文“口罩”，或含有“消毒”的文章"
    assert search('"口罩 消毒"~5 防控*').explanation.sentence == "含有相距不过5字的“口罩”“消毒”、以“防控”开头的词的文章"


def test_variants_widen_and_can_be_switched_off(archive) -> None:
    assert ids(search("村委会")) == ["a3"]
    assert ids(search("村委会", synonyms=False)) == []
    assert search("村委会", synonyms=False).explanation.variants == ()


def test_an_error_gives_a_sentence_a_repair_and_no_results(archive) -> None:
    page = search("口罩 AND")
    assert isinstance(page.error, LoneOperator) and page.error.repaired == "口罩"
    assert (page.total, page.results, page.explanation.sentence) == (0, (), page.error.sentence)


def test_unknown_filters_are_told_and_ignored(archive) -> None:
    page = search("口罩", include={"outlet": ["no-such"], "place": ["510000", "x"], "colour": ["red"]}, sort="best")
    assert page.include == {"place": ("510000",)} and ids(page) == ["a1"]
    assert len(page.notices) == 4 and all(notice.endswith("。") for notice in page.notices)
    odd = {"date": ["2020-13", "2020-02-30", "２０２０", "~", "2020-02~"], "script": ["Hans", "x"]}
    assert search("", include=odd).include == {"date": ("~", "2020-02~"), "script": ("Hans",)}


def test_facets_have_names_and_keep_what_was_chosen(archive) -> None:
    page = search("口罩", include={"outlet": ["shili-ribao"]}, exclude={"script": ["Hant"]})
    outlets = {one.value: (one.label, one.count, one.included) for one in page.facets["outlet"]}
    assert outlets == {"shili-ribao": ("示例日报", 1, True)}
    assert {(one.value, one.label) for one in page.facets["place"]} == {
        ("510000", "四川省"), ("510900", "遂宁市"), ("510903", "船山区"),
    }  # fmt: skip
    dates = {one.value: one.label for one in search("口罩").facets["date"]}
    assert (
        dates["2020-02~"] == "2020年2月（日不详）"
        and dates["~"] == "日期不详"
        and dates["2020-02-03"] == "2020年2月3日"
    )
    assert [(one.value, one.count, one.excluded) for one in page.facets["script"] if one.excluded] == [
        ("Hant", 0, True)
    ]


def test_pages_beyond_the_end_show_the_last(archive) -> None:
    page = search("口罩", page=999_999, per_page=2)
    assert (page.page, page.pages, page.total, len(page.results), page.first, page.last) == (2, 2, 3, 1, 3, 3)
    assert search("口罩", page=-3, per_page=0).page == 1
    nothing = search("没有这样的词组", page=5)
    assert (nothing.page, nothing.pages, nothing.total, nothing.first) == (1, 1, 0, 0)


def test_all_results_on_one_page(archive) -> None:
    assert len(search("", per_page=None).results) == 4


def test_days_the_wrong_way_round_are_turned(archive) -> None:
    page = search("", earliest=date(2020, 12, 31), latest=date(2020, 1, 1))
    assert sorted(ids(page)) == ["a1", "a2"] and page.notices


def test_the_sample_can_be_left_out(archive) -> None:
    assert "a3" not in ids(search("", with_sample=False))


def test_what_was_withdrawn_since_the_index_was_written_is_not_shown(archive) -> None:
    stale = documents()
    Article.objects.filter(public_id="a1").update(status="withdrawn")
    page = search_with("口罩", evaluate=lambda request: ReferenceEngine(stale).evaluate(request))
    assert "a1" not in ids(page)


def test_of_a_restricted_article_a_page_gets_snippets_only(archive) -> None:
    (result,) = (one for one in search("村里人", snippets=50).results if one.article.public_id == "a6")
    body = result.article.current_version.body
    assert sum(len(one.text) for one in result.snippets) <= len(body) / 3


def test_queries_to_the_database_do_not_grow_with_the_results(archive, monkeypatch) -> None:
    known = documents()
    fixed = ReferenceEngine(known)

    def count(per_page: int) -> int:
        search_with("口罩", per_page=per_page, evaluate=fixed.evaluate)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            search_with("口罩", per_page=per_page, evaluate=fixed.evaluate)
        return len(queries)

    assert count(1) == count(3) <= 8


def test_the_sentence_can_be_read_in_another_language(archive) -> None:
    with translation.override("en"):
        assert search("口罩").explanation.sentence


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(st.text(), st.lists(st.sampled_from([*SYNTAX, "四川", "510903", "朝阳", "城关镇", "示例"])).map("".join))
)
def test_any_string_gives_a_page(archive, query: str) -> None:
    page = search_with(query, evaluate=lambda request: Response(0, ()))
    assert page.explanation.sentence
    if page.error is not None:
        assert search_with(page.error.repaired, evaluate=lambda request: Response(0, ())).error is None


# The command


@pytest.fixture
def command(archive, monkeypatch):
    def run(*arguments: str, stdin: str = "") -> str:
        monkeypatch.setattr("archive.search.engine.evaluate", engine)
        monkeypatch.setattr("sys.stdin", StringIO(stdin))
        out = StringIO()
        call_command("search", *arguments, stdout=out)
        return out.getvalue()

    return run


def test_the_command_prints_one_object_a_line(command) -> None:
    lines = [json.loads(line) for line in command("-", "--json", stdin="口罩\n口罩 OR\n").splitlines()]
    assert [line["query"] for line in lines] == ["口罩", "口罩 OR"]
    assert lines[0]["total"] == 3 and set(lines[0]) == {"query", "total", "hits", "facets"}
    hit = next(hit for hit in lines[0]["hits"] if hit["id"] == "a1")
    assert hit["url"].endswith("/articles/a1/") and hit["outlet"] == "示例日报" and hit["index"] == 0
    assert hit["about"] == {"code": "510903", "names": ["四川省", "遂宁市", "船山区"], "level": "county"}
    assert hit["published"]["value"] == "2020-02-03" and hit["published"]["precision"] == "day"
    (snippet,) = hit["snippets"]
    assert [snippet["text"][a:b] for a, b in snippet["marks"]] == ["口罩"]
    assert {"value": "510000", "label": "四川省", "count": 1} in lines[0]["facets"]["place"]
    assert lines[1] == {"query": "口罩 OR", "error": "“OR”的前后缺少要连接的词。", "repaired": "口罩"}


def test_the_command_takes_a_limit_and_all(command) -> None:
    one, every = (json.loads(command("口罩", "--json", "--limit", limit)) for limit in ("1", "0"))
    assert (one["total"], len(one["hits"]), len(every["hits"])) == (3, 1, 3)


def test_the_command_can_be_read_by_people(command) -> None:
    text = command("口罩", "消毒水")
    assert (
        "含有“口罩”的文章: 3" in text and "【口罩】" in text and "示例鎮" not in text.split("消毒水")[0].split("\n")[1]
    )
    assert "→ 口罩" in command("口罩 AND")
