"""jieba's dictionary in a trie says what jieba says."""

import json
import math
import random
import subprocess
from pathlib import Path

import jieba
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.text.repair import likelihood
from archive.text.repair.lexicon import cut, lexicon
from archive.text.sounds import readings_by_code


@pytest.fixture(scope="module")
def reference() -> jieba.Tokenizer:
    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def test_every_word_has_its_count_and_no_beginning_of_a_word_has_one(reference: jieba.Tokenizer) -> None:
    assert lexicon().total == reference.total
    wrong = {word for word, count in reference.FREQ.items() if lexicon().get(word) != count}
    assert len(reference.FREQ) > 300_000
    assert not wrong


@given(text=st.text(st.sampled_from("网格员研究生命起源社区防控的了一二在人民政府A3%,。\n 𠮷□é"), max_size=40))
@example(text="A级防控:3.5%!\r\n网格员 说")
def test_texts_are_cut_and_weighed_as_by_jieba(text: str, reference: jieba.Tokenizer) -> None:
    assert list(cut(text)) == list(reference.cut(text, HMM=False))
    assert likelihood.simplified_likelihood(text) == _weighed(reference, text)


@pytest.mark.shared
def test_sentences_of_the_corpus_are_cut_and_weighed_as_by_jieba(reference: jieba.Tokenizer, shared: Path) -> None:
    raw = subprocess.run(
        ["zstd", "-dc", shared / "corpus/dxy-briefs.jsonl.zst"], capture_output=True, check=True
    ).stdout
    rows = [json.loads(line) for line in raw.split(b"\n") if line]
    for row in random.Random(5).sample(rows, 300):
        text = row["text"][:120]
        assert list(cut(text)) == list(reference.cut(text, HMM=False))
        assert likelihood.simplified_likelihood(text) == _weighed(reference, text)


def _weighed(reference: jieba.Tokenizer, text: str) -> float:
    """The sum of the likeliest cut, going through all beginnings of words of up to six characters."""
    best, total = [0.0], math.log(reference.total)
    for end in range(1, len(text) + 1):
        count = reference.FREQ.get(text[end - 1], 0)
        value = best[end - 1] + (math.log(count) - total if count else likelihood._single(text[end - 1]))
        for start in range(max(0, end - 6), end - 1):
            if count := reference.FREQ.get(text[start:end], 0):
                value = max(value, best[start] + math.log(count) - total)
        best.append(value)
    return best[-1]


def test_readings_of_characters_are_those_of_pypinyin() -> None:
    from pypinyin.constants import PINYIN_DICT

    assert readings_by_code() == PINYIN_DICT
