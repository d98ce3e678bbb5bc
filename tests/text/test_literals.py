"""The words that a pattern needs: saying that a text cannot match is never wrong."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalog.usages import shipped_usages
from archive.text.literals import keys, needed

PATTERNS = [
    "疫苗(?:接种|犹豫)", "(?:第[一二]|首)批(?!次)", "(?<!不)封城?", "a+b*(?:c|de)?", "[一二]月", "x|(?:y)", "(?i:AB)c", "中?",
    "(?=健康)码", "静(?:默|止){1,3}管理", "核酸.{0,4}采样", "^开头$", "(三)\\1",
]  # fmt: skip


@pytest.mark.parametrize("source", PATTERNS)
@given(text=st.text(alphabet="疫苗接种第一二批封城月abcdexyABC中健康码静默止管理核酸采样开头三", max_size=12))
def test_what_matches_has_a_needed_word(source, text):
    pattern = re.compile(source)
    words = needed(pattern)
    if pattern.search(text) and words is not None:
        assert any(word in text for word in words)
        assert any(key in text for key in keys(words))


def test_most_usages_have_needed_words():
    known = [usage for usage in shipped_usages() if usage.keys]
    assert len(known) >= 0.9 * len(shipped_usages())


@pytest.mark.shared
def test_nothing_is_lost_on_real_pages(shared):
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_bytes().decode("utf-8", "replace")
        for usage in shipped_usages():
            if usage.words.search(text):
                assert usage.keys is None or any(key in text for key in usage.keys)
