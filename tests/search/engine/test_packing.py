"""Packed posting lists give back what was put in; values are counted as one by one."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.engine import parallel
from archive.search.engine.documents import STEP_BITS
from archive.search.engine.folder import IndexFolder
from archive.search.engine.merging import FAN, to_merge
from archive.search.engine.postings import Flat, Narrow, Postings, pack
from archive.search.engine.segments import LARGEST, load_segment
from archive.search.engine.sorting import by_keys
from archive.search.engine.tables import multi_column, string_column
from archive.search.engine.valuesets import LocalSets, ValueSets

from .test_folder import document, found

postings = st.lists(  # of a term: (document, weight, parts, places)
    st.tuples(
        st.integers(0, 65_535),
        st.integers(1, 255),
        st.integers(1, 7),
        st.lists(st.integers(0, 3_000_000), min_size=1, max_size=400, unique=True),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[0],
)


@given(st.lists(postings, max_size=8))
def test_posting_lists_survive_packing(lists):
    rows = [sorted(one) for one in lists]
    every = [row for one in rows for row in one]
    flat = Flat(
        np.arange(len(rows), dtype=np.uint64),
        np.concatenate(([0], np.cumsum([len(one) for one in rows]))).astype(np.uint32),
        np.array([row[0] for row in every], np.uint32),
        np.array([row[1] for row in every], np.uint8),
        np.array([row[2] for row in every], np.uint8),
        np.array([len(row[3]) for row in every], np.uint32),
        np.array([place for row in every for place in sorted(row[3])], np.uint32),
    )
    packed = pack(flat)
    for number, one in enumerate(rows):
        docs, weight, parts = packed.read(packed.number(number))
        assert list(zip(docs.tolist(), weight.tolist(), parts.tolist(), strict=True)) == [row[:3] for row in one]
        owners, places = packed.occurrences(number)
        wanted = [(row[0], place) for row in one for place in sorted(row[3])]
        assert list(zip(owners.tolist(), places.tolist(), strict=True)) == wanted
    assert packed.number(len(rows)) is None
    begin = np.cumsum([0, *flat.count.tolist()])[:-1]
    assert packed.places_at.tolist() == begin[:: 1 << STEP_BITS].tolist()
    held = packed.arrays("of")
    assert Postings.among(held, "of", packed.terms).places_at.tolist() == packed.places_at.tolist()
    del held["of.places_at"]  # as files have it that were written before
    assert Postings.among(held, "of", packed.terms).places_at.tolist() == packed.places_at.tolist()
    again = packed.flat()
    for name in ("first", "docs", "weight", "parts", "count", "places"):
        assert np.array_equal(getattr(again, name), getattr(flat, name)), name


@given(st.lists(st.integers(0, 2**32 - 1), max_size=60), st.data())
def test_narrow_numbers_are_read_in_full(values, data):
    narrow = Narrow.of(np.array(values, np.uint32), np.uint8)
    start = data.draw(st.integers(0, len(values)))
    end = data.draw(st.integers(start, len(values)))
    assert narrow.read(start, end).tolist() == values[start:end]


rows_of_values = st.lists(st.lists(st.sampled_from(["", "甲", "乙", "丙", "丁"]), unique=True, max_size=4), max_size=20)


@given(st.lists(rows_of_values, max_size=3), st.data())
def test_values_are_counted_as_one_by_one(segments, data):
    rows = [row for one in segments for row in one]
    sets = ValueSets.of([LocalSets.of_rows(*multi_column(one)) for one in segments])
    chosen = sorted(data.draw(st.sets(st.integers(0, max(len(rows) - 1, 0)), max_size=len(rows)))) if rows else []
    every = np.arange(len(rows), dtype=np.int32)
    for ids, some in ((np.array(chosen, np.int32), [rows[i] for i in chosen]), (every, rows)):
        counts = Counter(value for row in some for value in row if value)
        assert list(sets.counts(ids)) == sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    for value in ("", "甲", "戊"):
        assert sets.holding(value).tolist() == [value in row for row in rows]


@given(st.lists(st.lists(st.sampled_from(["", "甲", "乙"]), max_size=9), max_size=3))
def test_single_values_are_counted_as_one_by_one(segments):
    values = [value for one in segments for value in one]
    sets = ValueSets.of([LocalSets.of_strings(*string_column(one)) for one in segments])
    counts = Counter(value for value in values if value)
    wanted = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    assert list(sets.counts(np.arange(len(values), dtype=np.int32))) == wanted
    assert sets.holding("乙").tolist() == [value == "乙" for value in values]


keys = st.integers(0, 3) | st.integers(-5, 1 << 45)


@given(st.lists(st.tuples(keys, keys), max_size=60))
def test_documents_are_sorted_by_two_numbers(rows):
    first, then = (np.array([row[at] for row in rows], np.int64) for at in (0, 1))
    assert by_keys(first, then).tolist() == sorted(range(len(rows)), key=lambda one: rows[one])


def test_segments_hold_no_more_than_their_numbers_can_tell():
    sizes = [20_000] * FAN
    chosen = to_merge(sizes)
    assert len(chosen) > 1
    assert sum(sizes[number] for number in chosen) <= LARGEST
    assert to_merge([60_000] * FAN) == []


@pytest.mark.parametrize("expected", [1, 10_000], ids=["one process", "two processes"])
def test_segments_are_the_same_whoever_builds_them(tmp_path, monkeypatch, expected):
    monkeypatch.setattr(parallel, "share", lambda expected: 40)
    chance = random.Random(5)
    texts = ["".join(chance.choices("村口设卡登记测温", k=30)) for _ in range(100)]
    total = parallel.build_segments((document(pk, text) for pk, text in enumerate(texts)), tmp_path, expected=expected)
    paths = sorted(tmp_path.glob("*.pack"))
    assert (total, [load_segment(path).size for path in paths]) == (100, [40, 40, 20])
    folder = IndexFolder(tmp_path / "index")
    with folder.writing() as writer:
        writer.adopt(tmp_path)
    assert found(folder, "设卡") == {pk for pk, text in enumerate(texts) if "设卡" in text}
