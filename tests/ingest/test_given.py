"""What a file states of itself goes before what is read from the text, and stands as evidence."""

import json

import pytest

from archive.ingest.drafts import draft_from_json
from archive.ingest.given_places import UnknownPlace, place_named
from archive.ingest.readers import Source
from archive.ingest.reading import read_source
from archive.ingest.records import ArticleDraft, Author, Block, EvidenceFound, PageRead, Passage, PlaceFound, Published
from archive.text.script import to_simplified

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


def told(**changes: object) -> dict[str, object]:
    """An object of the dry run of a page with a table, unknown values, and text that looks damaged or converted."""
    blocks = [
        Block("heading", "小标题", 0, 3),
        Block("table", "县\t例\n示例县\t2", 5, 14),
        Block("paragraph", "村口設卡〔删〕，又  設卡。", 16, 30),
    ]
    body = "\n\n".join(block.text for block in blocks)
    draft = ArticleDraft(
        "a.html", 0, "显著  进步", body, to_simplified(body), blocks, "Hant-converted", title_as_printed="顯著  進步",
        captions=[Passage("caption", "图：示例", 40, 44)], outlet="示例报", outlet_as_printed="示例報", source_line="來源：示例報",
        authors=[Author("示例 甲", "记者")], published=Published("2020-02", "month", "inferred", "2020-02-01", "2020-02-29", "下月"),
        about=PlaceFound("510923", ("四川省", "遂宁市", "大英县"), "county"),
        places=[
            PlaceFound("510923", ("四川省", "遂宁市", "大英县"), "county"),
            PlaceFound("420000", ("湖北省",), "province", "other"),
        ],
        topics=["农业生产"], source_url="https://example.org/a",
        evidence=[
            EvidenceFound("title", "显著  进步", "headline-above-body", 0, 6, "顯著  進步", 0.92),
            EvidenceFound("published", "2020-02", "inferred-month", 3, 5, "下月", 0.55, "inferred"),
            EvidenceFound("outlet", "示例报", "source-label", 0, 3, "来源", 0.97),
        ],
    )  # fmt: skip
    return {**json.loads(json.dumps(draft.as_json())), **changes}


def test_what_the_dry_run_told_comes_back_the_same_and_is_not_read_again():
    before, after = told(), json.loads(json.dumps(draft_of(**told()).as_json()))
    placed = {"file", "index", "evidence", "blocks", "captions", "span"}
    assert {key: value for key, value in after.items() if key not in placed} == {
        key: value for key, value in before.items() if key not in placed
    }
    for name in ("blocks", "captions"):
        assert [(one["kind"], one["text"]) for one in after[name]] == [
            (one["kind"], one["text"]) for one in before[name]
        ]
    page = read_line(**told())
    for block in page.drafts[0].blocks:
        assert page.repaired[block.start : block.end] == block.text
    evidence = {one["field"]: (one["rule"], one["confidence"], one["basis"], one["start"]) for one in after["evidence"]}
    assert evidence["published"] == ("inferred-month", 0.55, "inferred", None)
    assert evidence["title"] == ("headline-above-body", 0.92, "stated", None)
    assert evidence["about"] == ("key about", 1.0, "stated", None)  # of which nothing was told


def test_what_was_changed_in_a_dry_run_stands_by_the_file():
    draft = draft_of(**told(outlet="另一示例报", body="改过的正文。\n第二行。", authors=None))
    assert (draft.outlet, draft.outlet_as_printed, draft.publisher) == ("另一示例报", None, None)
    assert [block.text for block in draft.blocks] == ["改过的正文。", "第二行。"]
    assert draft.body_simplified == draft.body
    assert draft.authors == []
    (fact,) = [one for one in draft.evidence if one.field == "outlet"]
    assert (fact.rule, fact.value, fact.confidence) == ("key outlet", "另一示例报", 1.0)


@pytest.mark.parametrize("title", ["别的标题", None])
def test_a_title_that_was_written_over_loses_its_form_as_printed(title):
    page = read_line(**told(title=title))
    (draft,) = page.drafts
    assert (draft.title, draft.title_as_printed) == (title, None)
    assert page.repaired.startswith(title or "小标题")
    assert [one.rule for one in draft.evidence if one.field.startswith("title")] == ["key title"] * bool(title)


def test_another_of_the_places_as_what_a_piece_is_about_comes_first_and_none_leaves_all_beside():
    hubei, daying = {"code": "420000", "names": ["湖北省"], "level": "province"}, ("四川省", "遂宁市", "大英县")
    draft = draft_of(**told(about=hubei))
    assert [(one.names, one.role) for one in draft.places] == [(("湖北省",), "primary"), (daying, "other")]
    draft = draft_of(**told(about=None))
    assert (draft.about, [(one.names, one.role) for one in draft.places]) == (
        None, [(daying, "other"), (("湖北省",), "other")],
    )  # fmt: skip


def test_topics_and_authors_written_in_one_line_are_divided():
    draft = draft_of(**told(topics="农业生产、医疗", authors="示例甲、示例乙"))
    assert draft.topics == ["农业生产", "医疗"]
    assert draft.authors == [Author("示例甲", ""), Author("示例乙", "")]


@pytest.mark.parametrize("key", ["published", "evidence", "blocks", "body_simplified"])
def test_what_was_taken_out_of_a_dry_run_leaves_the_rest_as_it_was_told(key):
    draft = draft_of(**told(**{key: None}))
    assert (draft.title, draft.topics, len(draft.places)) == ("显著  进步", ["农业生产"], 2)
    assert (draft.published.value is None) == (key == "published")
    assert ("县\t例\n示例县\t2" in [block.text for block in draft.blocks]) == (key != "blocks")


@pytest.mark.parametrize(
    "changes",
    [
        {"places": [{"code": "51"}]}, {"places": "成都"}, {"authors": [{"name": 3, "role": ""}]}, {"topics": 7},
        {"outlet_as_printed": "a\0"}, {"captions": [{"kind": "caption", "text": "\ud800"}]}, {"about": {"code": "x"}},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_dry_run_writes_is_a_bad_row(changes):
    found = list(pieces("a.jsonl", json.dumps(told(**changes))))
    page = read_source(found[0]) if isinstance(found[0], Source) else None
    skipped = page.skipped if page else found
    assert [one.bad for one in skipped] == [True]
    assert "第 1 行" in skipped[0].reason
    assert page is None or page.drafts == []


def test_no_file_brings_evidence_of_an_editor_or_of_what_is_not_there():
    forged = [
        {"field": "title", "value": "显著  进步", "rule": "x", "text": "", "confidence": 1, "basis": "editor"},
        {"field": "title", "value": "别的", "rule": "x", "text": "", "confidence": 1, "basis": "stated"},
        {"field": "outlet", "value": "示例报", "rule": "x", "text": "", "confidence": 7, "basis": "stated"},
        {"field": "title", "value": ["显著  进步"], "rule": "x", "text": "", "confidence": 1, "basis": "stated"},
        "text",
    ]
    found = [one for one in draft_of(**told(evidence=forged)).evidence if one.field in ("title", "outlet")]
    assert [(one.value, one.rule, one.basis) for one in found] == [
        ("显著  进步", "x", "stated"),
        ("示例报", "key outlet", "stated"),
    ]


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
