"""Snippets and marks: what they show, where they are cut, and what they never show."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.highlights import marks
from archive.search.language import QueryError, parse
from archive.search.records import Snippet, Span
from archive.search.snippets import LONGEST, excerpt, snippets, title_marks

from .making import article_of, version_of

FILLER = "示例村的干部挨家挨户登记体温,把米面油送到门口。"
BODY = (
    "示例镇二月三日起设卡。" + FILLER * 6 + "\n\n村里的口罩由示例药店统一发放,每户每周五只。" + FILLER * 8
    + "\n\n网格员老甲说,消毒药水已经用完。" + FILLER * 3
)  # fmt: skip


def marked(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def of(query: str, body: str = BODY, count: int = 3, **more: object) -> tuple[Snippet, ...]:
    return snippets(parse(query), article_of(version_of(body, **more)), count)


def test_several_snippets_in_the_order_of_the_text_each_with_its_mark() -> None:
    first, second = of("消毒 口罩")
    assert marked(first.text, first.marks) == ["口罩"]
    assert marked(second.text, second.marks) == ["消毒"]
    assert first.text.startswith("村里的口罩由示例药店")
    assert first.before and first.after


def test_snippets_begin_with_a_sentence_and_have_60_to_80_characters() -> None:
    for snippet in of("口罩 消毒 登记", count=3):
        assert 60 <= len(snippet.text) <= 80
        at = BODY.replace("\n\n", " ").index(snippet.text)
        assert at == 0 or BODY.replace("\n\n", " ")[at - 1] in "。 "


def test_marks_cross_script_and_paragraph_ends() -> None:
    body = "村裡的計畫\n\n公布後，網格員逐戶登記。" + "示例鄉鎮的幹部輪流值守村口，測量體溫並登記來往車輛。" * 4
    (snippet,) = of('"计划公布"', body, script="Hant")
    assert marked(snippet.text, snippet.marks) == ["計畫 公布"]
    assert marks(parse("网格员"), body, True) == (Span(11, 14),)
    assert marked(body, marks(parse('"计划公布"'), body, True)) == ["計畫\n\n公布"]


def test_captions_have_snippets_of_their_own() -> None:
    shown = of("横幅", captions=["图为示例村村口的横幅。", "图为示例药店。"])
    assert [(one.part, one.text, marked(one.text, one.marks)) for one in shown] == [
        ("caption", "图为示例村村口的横幅。", ["横幅"])
    ]


def test_without_a_hit_the_beginning_is_shown() -> None:
    (snippet,) = of("标题:口罩")
    assert BODY.startswith(snippet.text[:11]) and snippet.marks == () and not snippet.before and snippet.after


def test_negated_words_are_not_marked() -> None:
    assert all("消毒" not in marked(one.text, one.marks) for one in of("登记 -消毒"))


def test_function_words_are_not_marked_beside_others() -> None:
    assert marked("村里的口罩", marks(parse("的 口罩"), "村里的口罩", False)) == ["口罩"]
    assert marked("村里的口罩", marks(parse("的"), "村里的口罩", False)) == ["的"]
    assert marked("村里的口罩", marks(parse('"的" 口罩'), "村里的口罩", False)) == ["的口罩"]


def test_proximity_marks_only_what_stands_near() -> None:
    text = "口罩。" + "村" * 30 + "。发放口罩。消毒。" + "村" * 30 + "发放。"
    assert marks(parse('"口罩 发放"~3'), text, False) == (Span(34, 38),)
    assert marks(parse('"口罩 发放 消毒"~3'), text, False) == (Span(34, 38), Span(39, 41))
    assert marks(parse('"发放 消毒"~1'), text, False) == ()


def test_a_prefix_marks_whole_words() -> None:
    assert marked("registered at Registry", marks(parse("regist*"), "registered at Registry", False)) == [
        "registered",
        "Registry",
    ]


def test_the_title_is_marked_as_printed() -> None:
    article = article_of(version_of(BODY, "示例縣發放口罩", script="Hant"))
    assert title_marks(parse("发放"), article) == (Span(3, 5),)
    assert title_marks(parse("正文:发放"), article) == ()


@pytest.mark.parametrize("closed", [{"status": "withdrawn"}, {"status": "draft"}, {"access": "staff"}])
def test_nothing_of_a_closed_article(closed: dict[str, str]) -> None:
    article = article_of(version_of(BODY, "口罩"), **closed)
    assert snippets(parse("口罩"), article, 3) == ()
    assert title_marks(parse("口罩"), article) == ()


SHORT = "青石县二月三日起设卡。干部挨家登记体温，米面油送到门口。口罩由药店统一发放，每户五只，网格员说药水用完。"


def places_shown(body: str, captions: list[str], queries: list[str]) -> set[int]:
    """Which letters of body and captions any of these searches gives out of an article open in snippets only."""
    article = article_of(version_of(body, captions=captions), access="snippet")
    flat = " ".join(body.split())
    shown: set[int] = set()
    for query in queries:
        for one in snippets(parse(query), article, 5):
            assert one.part == "body", one
            assert one.after
            at = flat.index(one.text)
            shown |= set(range(at, at + len(one.text)))
    return shown


@pytest.mark.parametrize(
    "body", [SHORT, BODY, "口罩。" * 3, "封村"], ids=["short", "long", "nine letters", "two letters"]
)
def test_of_a_restricted_article_all_searches_together_show_a_third_at_most(body: str) -> None:
    runs = [body[at : at + 3] for at in range(len(body) - 2)]
    queries = ["登记 口罩 消毒 设卡", "标题:无", "横幅", *(f'"{run}"' for run in runs if run.strip() == run)]
    shown = places_shown(body, ["图为村口的横幅。"], queries)
    assert len(shown) <= len("".join(body.split())) / 3
    assert bool(shown) == (len(body) > 2)
    assert {one for one, _spans in excerpt(parse("口罩"), article_of(version_of(body)))} == set()
    whole = excerpt(parse("设卡"), article_of(version_of(body), access="snippet"))
    assert len("".join("".join(one.split()) for one, _spans in whole)) <= len("".join(body.split())) / 3
    assert all(marked(one, spans) == ["设卡"] * one.count("设卡") for one, spans in whole)


def test_a_hit_longer_than_a_snippet_is_shown_from_its_beginning() -> None:
    phrase = FILLER * 4
    shown = of(f'"{phrase}"', count=1)
    assert len(shown[0].text) == LONGEST and shown[0].marks == (Span(0, LONGEST),)


CHARS = st.text(alphabet="村口罩发放登记。，\n 計畫后後", max_size=400)


@settings(max_examples=200, deadline=None)
@given(CHARS, st.lists(st.sampled_from(["口罩", "发放", "登", '"计划"', "村*", '"村 口"~2', "-罩"]), min_size=1))
def test_snippets_are_pieces_of_the_text_that_do_not_overlap(body: str, pieces: list[str]) -> None:
    try:
        node = parse(" ".join(pieces))
    except QueryError:
        return
    flat = " ".join(body.split())
    article = article_of(version_of(body, script="Hant"))
    shown = snippets(node, article, 4)
    at = 0
    for snippet in shown:
        assert len(snippet.text) <= LONGEST
        at = flat.index(snippet.text, at) + len(snippet.text)
        assert all(0 <= one.start < one.end <= len(snippet.text) for one in snippet.marks)
    whole = marks(node, body, True)
    assert bool(whole) == any(snippet.marks for snippet in shown)
