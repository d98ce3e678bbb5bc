"""What a file states of itself goes before what is read from the text, and stands as evidence."""

import json

import pytest

from archive.ingest.drafts import draft_from_json
from archive.ingest.given_places import UnknownPlace, place_named
from archive.ingest.reading import read_source
from archive.ingest.records import PageRead

from .samples import BODY, pieces, plain_page


@pytest.fixture(autouse=True)
def plain(monkeypatch):
    monkeypatch.setattr("archive.ingest.reading.read_page", plain_page)


def read_line(**fields: object) -> PageRead:
    (source,) = pieces("a.jsonl", json.dumps(fields, ensure_ascii=False))
    return read_source(source)


def draft_of(**fields: object):
    (draft,) = read_line(**fields).drafts
    return draft


def test_a_body_is_kept_whole_and_in_order_with_its_places():
    page = read_line(title="示例", body="# 小标题\n第一段。\n\n# 又一个\n　　第二段。\n责任编辑:示例丙")
    (draft,) = page.drafts
    assert draft.body == "# 小标题\n\n第一段。\n\n# 又一个\n\n第二段。\n\n责任编辑:示例丙"
    for block in draft.blocks:
        assert page.repaired[block.start : block.end] == block.text
    assert draft.title == "示例"


def test_a_body_without_a_title_stays_without_one():
    draft = draft_of(body=BODY)
    assert draft.title is None
    assert draft.body == BODY


def test_title_and_body_are_repaired_and_the_title_as_given_is_told():
    draft = draft_of(title="示〔删〕例", body=f"{BODY}〔删〕")
    assert draft.title == "示例"
    assert draft.body == BODY
    (fact,) = [one for one in draft.evidence if one.field == "title"]
    assert (fact.rule, fact.text) == ("key title", "示〔删〕例")


def test_names_and_title_of_a_traditional_text_are_simplified_and_kept_as_printed():
    draft = draft_of(
        title="示例縣設卡", body="村口設卡登記,志願者輪流值守,發放口罩。", outlet="示例縣報", script="Hant-converted"
    )
    assert (draft.title, draft.title_as_printed) == ("示例县设卡", "示例縣設卡")
    assert (draft.outlet, draft.outlet_as_printed) == ("示例县报", "示例縣報")
    assert draft.body.startswith("村口設卡")
    assert draft.body_simplified.startswith("村口设卡登记")


def test_a_page_in_a_column_is_read_as_a_page_under_the_given_title():
    draft = draft_of(title="给定", text=f"页上的标题\n来源:示例县报\n{BODY}")
    assert draft.title == "给定"
    assert draft.outlet == "示例县报"


def test_a_page_of_several_stories_gives_them_all_unless_a_title_says_it_is_one():
    text = f"# 一\n{BODY}\n# 二\n另一件事。"
    assert [draft.title for draft in read_line(text=text).drafts] == ["一", "二"]
    (draft,) = read_line(title="一篇", text=text).drafts
    assert draft.title == "一篇"
    assert "另一件事" in draft.body


def test_original_source_and_publisher_settle_the_outlet():
    assert draft_of(title="一", body=BODY, publisher="示例网").outlet == "示例网"
    draft = draft_of(title="一", body=BODY, publisher="示例网", original_source="示例日报")
    assert (draft.outlet, draft.publisher) == ("示例日报", "示例网")
    assert draft_of(title="一", body=BODY, outlet="示例晚报").publisher == "示例晚报"


def test_the_dry_run_output_reads_back_as_it_was():
    draft = draft_of(title="示例", body=BODY, outlet="示例县报", date="2020-02", about="510923", authors=["示例甲"])
    again = draft_from_json(json.loads(json.dumps(draft.as_json())))
    assert again == draft
    twice = draft_of(**{key: value for key, value in draft.as_json().items() if key not in ("file", "index")})
    for name in ("title", "body", "blocks", "outlet", "publisher", "authors", "published", "about", "script"):
        assert getattr(twice, name) == getattr(draft, name), name


def test_bytes_that_are_no_text_reach_records_as_replacement_characters(monkeypatch):
    def escaping(data, **options):
        page = plain_page("坏字 标题\n正文 坏字。".encode(), **options)
        page.repaired = page.decoded = page.repaired.replace(" ", "\udc80")
        for draft in page.drafts:
            draft.body = draft.body.replace(" ", "\udc80")
        return page

    monkeypatch.setattr("archive.ingest.reading.read_page", escaping)
    (source,) = pieces("a.txt", "x")
    page = read_source(source)
    assert page.drafts[0].body == "正文\ufffd坏字。"
    assert "\udc80" in page.decoded
    json.dumps(page.drafts[0].as_json(), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("text", "code", "last"),
    [
        ("510923", "510923", "大英县"),
        ("四川省遂宁市大英县", "510923", "大英县"),
        ("四川 遂宁 大英", "510923", "大英县"),
        ("大英县", "510923", "大英县"),
        ("四川省", "510000", "四川省"),
        ("510923100", "510923", "蓬莱镇"),
    ],
)
def test_a_place_is_found_by_code_or_names(text, code, last):
    found = place_named(text)
    assert (found.code, found.names[-1]) == (code, last)


@pytest.mark.parametrize(
    ("text", "words"), [("乌有县", "无法识别"), ("999999", "没有这个"), ("湖北省大英县", "对不上"), ("城关镇", "同名")]
)
def test_a_place_that_is_none_or_many_is_refused_with_the_mend(text, words):
    with pytest.raises(UnknownPlace, match=words):
        place_named(text)
