"""Nearness, against trying every order and every occurrence."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.search.engine.answering import answer
from archive.search.engine.generation import Generation
from archive.search.engine.segments import build
from archive.search.records import Request
from archive.search.tree import Near, Phrase

from .test_folder import document


def near(texts: list[str], words: list[str], distance: int) -> set[int]:
    index = Generation(1, [build([document(pk, text) for pk, text in enumerate(texts)])], [[]])
    node = Near(tuple(map(Phrase, words)), distance)
    return {hit.article_id for hit in answer(index, Request(node, limit=None)).hits}


def by_hand(text: str, words: list[str], distance: int) -> bool:
    starts = [[i for i in range(len(text)) if text.startswith(word, i)] for word in words]
    for chosen in itertools.product(*starts):
        row = sorted((start, start + len(word)) for start, word in zip(chosen, words, strict=True))
        if all(0 <= after[0] - before[1] <= distance for before, after in itertools.pairwise(row)):
            return True
    return False


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.text("甲乙丙丁", min_size=1, max_size=14), min_size=1, max_size=4),
    st.lists(st.text("甲乙丙", min_size=1, max_size=3), min_size=2, max_size=4),
    st.integers(0, 5),
)
def test_rows_are_those_found_by_trying_everything(texts, words, distance):
    assert near(texts, words, distance) == {pk for pk, one in enumerate(texts) if by_hand(one, words, distance)}


def test_a_text_that_repeats_itself_thousands_of_times_is_read_to_its_end():
    assert near(["的" * 3000 + "村口"], ["的", "村口"], 0) == {0}
    assert near(["的" * 3000 + "门村口"], ["的", "村口"], 0) == set()


@pytest.mark.parametrize("last", ["癸", "寅"])
def test_many_phrases_take_a_bounded_time(last):
    began = time.monotonic()
    assert near(["甲乙丙丁戊己庚辛壬癸子丑" * 200], [*"甲乙丙丁戊己庚", last], 0) == set()
    assert time.monotonic() - began < 5
