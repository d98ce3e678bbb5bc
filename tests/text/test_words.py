"""Words for search are jieba's, at the places of the printed text."""

import json
import random
import subprocess
from pathlib import Path

import jieba
import pytest

from archive.text.fold import fold
from archive.text.script import to_simplified
from archive.text.words import LONGEST_USER_WORD, user_words, word_list, words


def test_user_words_are_short_and_whole() -> None:
    assert all(2 <= len(word) <= LONGEST_USER_WORD for word, _ in user_words())
    assert len({word for word, _ in user_words()}) == len(user_words())
    assert "网格员" in word_list("社区网格员上门")


def test_places_are_those_of_the_printed_text() -> None:
    text = "示例縣ＣＯＶＩＤ疫情,共９,１２９戶;12.6萬元"
    simplified = to_simplified(text)
    for word in words(simplified):
        assert fold(simplified[word.start : word.end]).replace(",", "") == word.text
    found = word_list(simplified)
    assert {"covid", "疫情", "9129", "12.6"} <= set(found)


def test_both_forms_give_the_same_words() -> None:
    text = "2020年2月3日,示例镇网格员测量体温36.5度,A1区。"
    assert [word.text for word in words(text)] == word_list(text)


def test_folding_before_changes_nothing() -> None:
    text = "網格員值守,Ａ區３號樓"
    assert word_list(fold(to_simplified(text))) == word_list(to_simplified(text))


def _reference() -> jieba.Tokenizer:
    jieba.setLogLevel("ERROR")
    reference = jieba.Tokenizer()
    for word, frequency in user_words():
        reference.add_word(word, frequency)
    return reference


@pytest.mark.shared
def test_words_of_han_runs_are_those_of_jieba(shared: Path) -> None:
    raw = subprocess.run(
        ["zstd", "-dc", shared / "corpus/dxy-briefs.jsonl.zst"], capture_output=True, check=True
    ).stdout
    rows = [json.loads(line) for line in raw.split(b"\n") if line]
    reference = _reference()
    compared = 0
    for row in random.Random(3).sample(rows, 300):
        for run in "".join(c if "\u4e00" <= c <= "\u9fff" else " " for c in fold(row["text"])).split():
            assert word_list(run) == [word for word, _, _ in reference.tokenize(run, mode="search")]
            compared += 1
    assert compared > 1000
