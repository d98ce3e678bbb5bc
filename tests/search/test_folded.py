"""The agreement of strings against a slow, obvious scan that follows the definition word by word."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.folded import FoldedText, Searched, fold_codes, is_blank, positions, quotation
from archive.search.records import Span
from archive.text.fold import fold
from archive.text.script import to_simplified

# Characters whose two readings part (計畫, 乾淨, 後面, 網格), variants, full width, case, blanks.
PIECES = ["計畫", "计划", "畫", "划", "乾淨", "干净", "後", "后", "網格員", "网格员", "著", "着", "里", "裏", "裡",
          "ＡＢ", "ab", "Ab", "。", ",", "，", " ", "\n\n", "\u3000", "台", "臺", "村", "、", "9", "９"]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def scan(text: str, phrase: str, traditional: bool) -> list[tuple[int, int]]:
    """Every occurrence, character by character, as the definition has it."""
    other = to_simplified(text) if traditional else text
    kept = [i for i, char in enumerate(text) if not char.isspace()]
    wanted = "".join(phrase.split())
    wanted_other = to_simplified(wanted)
    last = len(wanted) - 1
    return [
        (kept[start], kept[start + last] + 1)
        for start in range(len(kept) - last)
        if wanted
        and all(
            {fold(text[kept[start + j]]), fold(other[kept[start + j]])} & {fold(wanted[j]), fold(wanted_other[j])}
            for j in range(len(wanted))
        )
    ]


@settings(max_examples=400, deadline=None)
@given(texts, texts, st.booleans())
def test_find_equals_the_literal_scan(text: str, phrase: str, traditional: bool) -> None:
    found = [(span.start, span.end) for span in FoldedText.of(text, traditional).find(phrase)]
    assert found == scan(text, phrase, traditional)
    assert [(span.start, span.end) for span in Searched(text, traditional).find(phrase)] == found


def test_white_space_is_what_a_pattern_takes_for_it() -> None:
    every = "".join(map(chr, range(0x110000)))
    blank = {number for number, code in enumerate(fold_codes(every).tolist()) if not code}
    assert blank == {number for number, char in enumerate(every) if re.match(r"\s", char)} | {0}


@given(
    st.text(st.sampled_from("村划畫A \n\0.[]^-\\"), max_size=20), st.text(st.sampled_from("村畫a.[]^-\\ "), max_size=60)
)
def test_marks_that_mean_something_to_a_pattern_are_found_as_they_stand(text: str, phrase: str) -> None:
    assert Searched(text, False).find(phrase) == FoldedText.of(text, False).find(phrase)


@settings(max_examples=200, deadline=None)
@given(st.text(), st.data(), st.booleans())
def test_any_piece_of_any_text_is_found_where_it_stands(text: str, data: st.DataObject, traditional: bool) -> None:
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : start + data.draw(st.integers(1, 20))].strip()
    if is_blank(piece):
        return
    spans = FoldedText.of(text, traditional).find(piece)
    assert any(
        text[span.start : span.end].replace("\0", "").split() == piece.replace("\0", "").split() for span in spans
    )


def test_both_readings_stand_at_a_place_and_a_quotation_may_begin_inside_a_word() -> None:
    text = FoldedText.of("村裡的計畫已經公布", traditional=True)
    assert text.find("畫已经") == text.find("划已经") == [Span(4, 7)]
    assert text.find("计画") == text.find("计划") == text.find("計畫") == [Span(3, 5)]


def test_a_simplified_text_is_not_converted() -> None:
    assert FoldedText.of("乾县示例村", traditional=False).find("乾县") == [Span(0, 2)]
    a, b, _ = positions("乾县示例村", traditional=False)
    assert a is b


def test_white_space_and_paragraph_ends_are_removed_and_spans_hold_them() -> None:
    text = FoldedText.of("示例 村民\n\n　登记", traditional=False)
    assert text.find("村民登记") == [Span(3, 10)]
    assert text.find("例\n村") == [Span(1, 4)]


def test_punctuation_counts_and_width_and_case_do_not() -> None:
    text = FoldedText.of("ＣＯＶＩＤ－１９，登记", traditional=False)
    assert text.find("covid-19") == [Span(0, 8)]
    assert text.find("19登记") == []
    assert text.find("19,登记") == [Span(6, 11)]


def test_overlapping_occurrences_are_all_found() -> None:
    assert FoldedText.of("人人人", traditional=False).find("人人") == [Span(0, 2), Span(1, 3)]


def test_a_blank_quotation_is_found_nowhere() -> None:
    assert FoldedText.of("示例", traditional=False).find(" \n") == []
    assert is_blank("　\n\0")
    assert [len(part) for part in quotation(" ")] == [0, 0]
