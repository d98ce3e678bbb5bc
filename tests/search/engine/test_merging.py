"""Segments are merged in little memory, and give the same whether merged whole or a few terms at a time."""

import random
import tracemalloc
from itertools import pairwise

import numpy as np
import pytest

from archive.search.engine import merging, postings
from archive.search.engine.segments import build
from archive.search.engine.tables import multi_column, string_column

from .test_folder import document


def _segments(drawn: random.Random, count: int, documents: int, characters: int):
    letters = [chr(0x4E00 + n) for n in range(60)]
    made = []
    for number in range(count):
        texts = ("".join(drawn.choices(letters, k=characters)) for _document in range(documents))
        made.append(build([document(number * documents + n, text) for n, text in enumerate(texts)]))
    return made


def _bytes(segments, deleted, folder) -> bytes:
    path = folder / "merged"
    merging.merge(segments, deleted, folder).write(path)
    assert [one.name for one in folder.iterdir()] == ["merged"]  # what lay in files meanwhile had no name
    return path.read_bytes()


@pytest.mark.parametrize("most", [1, 7, 100, 5_000])
def test_merged_by_slices_a_segment_is_the_same_to_the_byte(most, tmp_path, monkeypatch):
    segments = _segments(random.Random(1), 3, 12, 90)
    segments.append(build([document(900, "村" * 5_000 + "口")]))  # more times than a table of combinations counts
    deleted = [{0, 5}, set(range(12)), set(), set()]
    whole = _bytes(segments, deleted, tmp_path)
    monkeypatch.setattr(merging, "SLICE", most)
    assert _bytes(segments, deleted, tmp_path) == whole


def test_values_and_words_are_those_of_the_living_documents_in_the_order_in_which_they_come(tmp_path):
    drawn = random.Random(4)
    segments, deleted = _segments(drawn, 3, 20, 60), [{3}, set(range(20)), {0, 1, 19}]
    for number, segment in enumerate(segments):  # values that some of the segments share, in other orders
        for name in segment.strings:
            segment.strings[name] = string_column([f"{name}{drawn.randrange(9)}" for _ in range(segment.size)])
        for name in segment.multi:
            rows = [[f"{name}{drawn.randrange(7)}" for _ in range(drawn.randrange(4))] for _ in range(segment.size)]
            segment.multi[name] = multi_column(rows)
        assert len(segment.words.terms) > 20, number
    merged = merging.merge(segments, deleted, tmp_path)

    def of_strings(segment, name):
        table, column = segment.strings[name]
        return [table[number] for number in column.tolist()]

    def of_rows(segment, name):
        table, values, first = segment.multi[name]
        return [[table[n] for n in values[a:b].tolist()] for a, b in pairwise(first.tolist())]

    def living(values_of, name):
        columns = zip(segments, deleted, strict=True)
        return [one for part, gone in columns for n, one in enumerate(values_of(part, name)) if n not in gone]

    for name, (table, column) in merged.strings.items():
        expected = string_column(living(of_strings, name))
        assert (table, column.tolist()) == (expected[0], expected[1].tolist())
    for name, (table, *arrays) in merged.multi.items():
        expected = multi_column(living(of_rows, name))
        assert (table, *(one.tolist() for one in arrays)) == (expected[0], *(one.tolist() for one in expected[1:]))
    held = set()
    for segment, gone in zip(segments, deleted, strict=True):
        for number, word in enumerate(segment.words.terms):
            if set(segment.words.read(number)[0].tolist()) - gone:
                held.add(word)
    assert list(merged.words.terms) == sorted(held, key=str.encode)


def test_segments_of_nothing_merge_into_nothing(tmp_path):
    merged = merging.merge([build([document(1, "村口设卡")])], [{0}], tmp_path)
    assert (merged.size, len(merged.bigrams.docs), len(merged.words.docs)) == (0, 0, 0)


def test_memory_does_not_grow_with_the_segments(tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "SLICE", 5_000)
    monkeypatch.setattr(postings, "_AT_ONCE", 5_000)

    def peak(documents: int) -> int:
        segments = _segments(random.Random(2), 4, documents, 120)
        held = sum(len(one.bigrams.docs) for one in segments)
        assert held > documents * 4 * 90
        tracemalloc.start()
        try:
            merged = merging.merge(segments, [()] * 4, tmp_path)
            held = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert np.count_nonzero(merged.bigrams.docs) > 0
        return held

    few, many = peak(50), peak(450)
    assert many < 3 * few  # nine times as many documents
    monkeypatch.undo()
    assert peak(450) > 2 * many  # all at once
