"""What the query language reads, what it refuses, and that it never fails in any other way."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.search import language as lang
from archive.search.language import Choice, QueryError, parse, quote
from archive.search.tree import And, Dates, Everything, Key, Near, Node, Not, Or, Phrase, Prefix, Variants


class Names(lang.EmptyVocabulary):
    """An invented catalogue."""

    def places(self, name: str) -> list[Choice]:
        hall = Choice(("990300",), "示例省丙县堂镇", "示例省丙县堂镇", township="堂镇")
        return {
            "堂镇": [hall],
            "桥镇": [hall, Choice(("990400",), "示例省丁县桥镇", "示例省丁县桥镇", township="桥镇")],
            "示例省": [Choice(("990000",), "示例省", "示例省")],
            "990000": [Choice(("990000",), "示例省", "示例省")],
            "990106": [Choice(("990106",), "示例省甲市钟楼区", "示例省甲市钟楼区")],
            "990206": [Choice(("990206",), "示例省乙市钟楼区", "示例省乙市钟楼区")],
            "钟楼区": [
                Choice(("990106",), "示例省甲市钟楼区", "示例省甲市钟楼区"),
                Choice(("990206",), "示例省乙市钟楼区", "示例省乙市钟楼区"),
            ],
        }.get(name, [])

    def outlets(self, name: str) -> list[str]:
        return {"示例日报": ["shili-ribao"], "示例": ["shili-ribao", "shili-wanbao"]}.get(name, [])


NAMES = Names()
THESAURUS = {"新冠肺炎": ("新冠", "COVID-19"), "网格员": ("网格管理员",)}


def word(text: str, *parts: str) -> Phrase:
    return Phrase(text, word=True, parts=parts) if parts else Phrase(text, word=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", Everything()),
        ("　 ", Everything()),
        ("口罩", word("口罩")),
        ("口罩 消毒", And((word("口罩"), word("消毒")))),
        ("疫情防控", And((word("疫情"), word("防控")))),
        ("疫情，防控。", And((word("疫情"), word("防控")))),
        ("口罩 口罩", word("口罩")),
        ("COVID-19", word("COVID-19")),
        ("体温37.3度", And((word("体温"), word("37.3"), word("度")))),
        ('"疫情防控"', Phrase("疫情防控")),
        ("“疫情防控”", Phrase("疫情防控")),
        ("「疫情『防控』」", Phrase("疫情『防控』")),
        ("『疫情』", Phrase("疫情")),
        ("“他说“不出门””", Phrase("他说“不出门”")),
        ("“甲” “乙”", And((Phrase("甲"), Phrase("乙")))),
        ("＂疫情＂", Phrase("疫情")),
        (r'"他说\"好\"。"', Phrase('他说"好"。')),
        (r'"反斜\"', Phrase("反斜\\")),
        ('"他说“好”"', Phrase("他说“好”")),
        ("口罩 AND 消毒", And((word("口罩"), word("消毒")))),
        ("口罩 与 消毒", And((word("口罩"), word("消毒")))),
        ("口罩 OR 消毒", Or((word("口罩"), word("消毒")))),
        ("口罩 或 消毒", Or((word("口罩"), word("消毒")))),
        ("口罩|消毒", Or((word("口罩"), word("消毒")))),
        ("口罩 ｜ 消毒", Or((word("口罩"), word("消毒")))),
        ("口罩 NOT 消毒", And((word("口罩"), Not(word("消毒"))))),
        ("口罩 非 消毒", And((word("口罩"), Not(word("消毒"))))),
        ("口罩 -消毒", And((word("口罩"), Not(word("消毒"))))),
        ("口罩 AND NOT 消毒", And((word("口罩"), Not(word("消毒"))))),
        ("-消毒", And((Everything(), Not(word("消毒"))))),
        ("-消毒 -口罩", And((Everything(), Not(word("消毒")), Not(word("口罩"))))),
        ("口罩 OR -消毒", Or((word("口罩"), And((Everything(), Not(word("消毒"))))))),
        ("NOT NOT 口罩", word("口罩")),
        ("and", word("and")),
        ("甲乡 乙乡 OR 丙乡", Or((And((word("甲乡"), word("乙乡"))), word("丙乡")))),
        ("（口罩 OR 消毒） 村", And((Or((word("口罩"), word("消毒"))), word("村")))),
        ("标题:口罩", word("口罩", "title")),
        ("標題：口罩", word("口罩", "title")),
        ("Title:口罩", word("口罩", "title")),
        ("标题:疫情防控", And((word("疫情", "title"), word("防控", "title")))),
        ("正文:(口罩 OR “消毒”)", Or((word("口罩", "body"), Phrase("消毒", parts=("body",))))),
        ("来源:示例日报", Key("outlet", "shili-ribao")),
        ("source:示例", Or((Key("outlet", "shili-ribao"), Key("outlet", "shili-wanbao")))),
        ("地区:示例省", Key("place", "990000")),
        ("place:990000", Key("place", "990000")),
        ("地区:堂镇", And((Key("place", "990300"), Phrase("堂镇")))),
        ("-地区:示例省", And((Everything(), Not(Key("place", "990000"))))),
        ("地区:(990106 OR 990206)", Or((Key("place", "990106"), Key("place", "990206")))),
        ("来源地区:示例省", Key("outlet_place", "990000")),
        ("作者:示例记者甲", Key("author", "示例记者甲")),
        ("主题:复工复产", Key("topic", "复工复产")),
        ("文字:繁体", Or((Key("script", "Hant"), Key("script", "Hant-converted")))),
        ("script:Hans", Key("script", "Hans")),
        ("编号:abc123", Key("id", "abc123")),
        ("日期:2020", Dates(date(2020, 1, 1), date(2020, 12, 31))),
        ("日期:2020-02", Dates(date(2020, 2, 1), date(2020, 2, 29))),
        ("日期:2020年2月", Dates(date(2020, 2, 1), date(2020, 2, 29))),
        ("日期：２０２０年２月２４日", Dates(date(2020, 2, 24), date(2020, 2, 24))),
        ("date:20200224", Dates(date(2020, 2, 24), date(2020, 2, 24))),
        ("日期:2020-02..2020-04", Dates(date(2020, 2, 1), date(2020, 4, 30))),
        ("日期:2020年2月至2020年4月", Dates(date(2020, 2, 1), date(2020, 4, 30))),
        ("日期:2020.2.1..", Dates(date(2020, 2, 1), None)),
        ("日期:..2020-04-08", Dates(None, date(2020, 4, 8))),
        ("日期:不详", Dates(unknown=True)),
        ('"口罩 发放"~10', Near((Phrase("口罩"), Phrase("发放")), 10)),
        ("“口罩 发放”～５", Near((Phrase("口罩"), Phrase("发放")), 5)),
        ('"疫情防控"~3', Near((Phrase("疫情"), Phrase("防控")), 3)),
        ('标题:"口罩 发放"~10', Near((Phrase("口罩", parts=("title",)), Phrase("发放", parts=("title",))), 10)),
        ("防控*", Prefix("防控")),
        ("cov＊", Prefix("cov")),
        ("标题:防控*", Prefix("防控", parts=("title",))),
        ("疫情防控*", And((Phrase("疫情防控"), Prefix("防控")))),
        ("12:30", And((word("12"), word("30")))),
        ("记者从会议上获悉:好", And((word("记者"), word("从"), word("会议"), word("上"), word("获悉"), word("好")))),
    ],
)
def test_reads(query: str, tree: Node) -> None:
    assert parse(query, vocabulary=NAMES) == tree


@pytest.mark.parametrize(
    ("query", "error", "repaired"),
    [
        ('"疫情', lang.UnclosedQuotation, '"疫情"'),
        ("口罩 「疫情", lang.UnclosedQuotation, "口罩 「疫情」"),
        ('口罩 “疫情" 消毒', lang.UnclosedQuotation, "口罩 “疫情” 消毒"),
        ('"疫情”', lang.UnclosedQuotation, '"疫情"'),
        ('口罩 ""', lang.EmptyQuotation, "口罩"),
        ("AND", lang.LoneOperator, ""),
        ("- |", lang.LoneOperator, ""),
        ("口罩 OR", lang.LoneOperator, "口罩"),
        ("或 口罩", lang.LoneOperator, "口罩"),
        ("口罩 OR OR 消毒", lang.LoneOperator, "口罩 OR   消毒"),
        ("口罩 - 消毒", lang.LoneOperator, "口罩   消毒"),
        ("NOT", lang.LoneOperator, ""),
        ("，。！", lang.NothingToSearch, '"，。！"'),
        ("(口罩", lang.UnclosedGroup, "(口罩)"),
        ("口罩)", lang.UnclosedGroup, "口罩"),
        ("口罩 ()", lang.EmptyGroup, "口罩"),
        ("标题:", lang.EmptyField, ""),
        ("标题: 口罩", lang.EmptyField, "标题:口罩"),
        ("消毒 标题:-口罩", lang.EmptyField, "消毒 -标题:口罩"),
        ('口罩 来源:""', lang.EmptyField, "口罩"),
        ("题材:口罩", lang.UnknownField, "题材 口罩"),
        ("http://example.org", lang.UnknownField, "http //example.org"),
        ("日期:2020-02-30", lang.BadDate, "日期:2020-02"),
        ("日期:2020-13", lang.BadDate, "日期:2020"),
        ("日期:2020-04..2020-02", lang.BadDate, "日期:2020-02..2020-04"),
        ("口罩 日期:昨天", lang.BadDate, "口罩"),
        ("日期:..", lang.BadDate, ""),
        ("日期:2020-02-2020-04", lang.BadDate, "日期:2020-02..2020-04"),
        ("日期:>=2020-02", lang.BadDate, "日期:2020-02.."),
        ("日期:＜2020年2月3日", lang.BadDate, "日期:..2020年2月3日"),
        ("防*控", lang.MisplacedWildcard, "防 控"),
        ("*防控", lang.MisplacedWildcard, "防控"),
        ("*", lang.MisplacedWildcard, ""),
        ('"口罩 发放"~', lang.BadDistance, '"口罩 发放"~10'),
        ('"口罩 发放"~99999', lang.BadDistance, '"口罩 发放"~200'),
        ('"口罩"~5', lang.BadDistance, '"口罩"'),
        ("消毒 口罩 NEAR/5 发放", lang.BadDistance, '消毒 "口罩 发放"~5'),
        ("口罩 NEAR 发放", lang.BadDistance, '"口罩 发放"~10'),
        ("口罩 NEAR", lang.BadDistance, "口罩"),
        ("地区:桃源仙境", lang.UnknownPlace, "桃源仙境"),
        ("地区:桥镇", lang.AmbiguousPlace, "桥镇"),
        ("来源:某报", lang.UnknownOutlet, "某报"),
        ("文字:篆书 口罩", lang.UnknownScript, "口罩"),
        ("口" * 201, lang.QueryTooLong, "口" * 200),
        ("(" * 11 + "口罩" + ")" * 11, lang.QueryTooDeep, "口罩"),
    ],
)
def test_refuses_with_a_type_a_sentence_and_a_repair(query: str, error: type[QueryError], repaired: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, vocabulary=NAMES)
    assert type(caught.value) is error
    assert caught.value.repaired == repaired
    assert caught.value.sentence.endswith("。") and "%(" not in caught.value.sentence
    parse(repaired, vocabulary=NAMES)


def test_an_ambiguous_place_offers_each_and_all() -> None:
    with pytest.raises(lang.AmbiguousPlace) as caught:
        parse("口罩 地区:钟楼区 村", vocabulary=NAMES)
    assert [(one.label, one.query) for one in caught.value.alternatives] == [
        ("示例省甲市钟楼区", "口罩 地区:示例省甲市钟楼区 村"),
        ("示例省乙市钟楼区", "口罩 地区:示例省乙市钟楼区 村"),
    ]
    assert caught.value.repaired == "口罩 地区:(990106 OR 990206) 村"


def test_terms_of_the_thesaurus_bring_their_variants_and_only_widen() -> None:
    tree = parse("新冠肺炎防控", thesaurus=THESAURUS)
    either = Variants(word("新冠肺炎"), (word("新冠"), word("COVID-19")))
    assert tree == And((Or((And((word("新冠"), word("肺炎"))), either)), word("防控")))
    assert parse('"新冠肺炎"', thesaurus=THESAURUS) == Phrase("新冠肺炎")
    traditional = parse("標題:網格員", thesaurus=THESAURUS)
    assert traditional == Variants(word("網格員", "title"), (word("网格管理员", "title"),)) or isinstance(
        traditional, Or
    )


def test_a_term_that_ends_within_a_word_is_no_term() -> None:
    assert parse("刷新冠军", thesaurus={"新冠": ("COVID-19",)}) == And((word("刷新"), word("冠军")))


SYNTAX = ["口罩", "疫情防控", '"', "“", "”", "「", "」", "(", ")", "（", "）", "AND", "OR", "NOT", "与", "或", "非", "-", "－",
          "|", "*", "~", "~3", "标题:", "来源:", "地区:", "日期：", "title:", "示例省", "钟楼区", "2020-02", "..", " ", "　", "\\",
          "，", "😀", "\0", "\ud800", "a:b", "作者:", "文字:", "2020-02-31"]  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(SYNTAX), max_size=14).map("".join)))
@example('标题:"')
@example("地区:(钟楼区")
def test_any_string_parses_or_gives_a_query_error_whose_repair_parses(query: str) -> None:
    try:
        parse(query, vocabulary=NAMES, thesaurus=THESAURUS)
    except QueryError as error:
        assert (error.sentence and "%(" not in error.message % error.details) or "%(" in query
        parse(error.repaired, vocabulary=NAMES)
        for alternative in error.alternatives:
            assert alternative.label and alternative.query != query


@settings(max_examples=500, deadline=None)
@given(st.text(min_size=1, max_size=60))
@example("反斜\\")
@example('反斜\\"')
@example("全角＂引号")
def test_any_text_can_be_quoted(text: str) -> None:
    if lang_blank(text):
        return
    asked = Phrase(text.replace("\0", " ") + (" " if text.endswith("\\") else ""))
    assert parse(quote(text)) == asked
    assert parse(f"{quote(text)} 口罩") == And((asked, word("口罩")))


def lang_blank(text: str) -> bool:
    return not text.replace("\0", "").strip()
