"""Each compiled loop does what a few lines of Python do, for every list there is."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.engine import compiling, foremost, kernels
from archive.search.engine.documents import BODY_START
from archive.search.engine.generation import K1

SIZE = 400
documents = st.lists(st.integers(0, SIZE - 1), unique=True, max_size=SIZE).map(sorted)
#: Few different scores, so that many are equal; more than a block of documents.
score = st.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 7.75])
listed = st.dictionaries(st.integers(0, SIZE - 1), score, max_size=SIZE)
occurrences = st.sets(st.tuples(st.integers(0, 6), st.integers(5, 40) | st.integers(BODY_START, BODY_START + 40)))
NORM = np.linspace(0.4, 3.0, SIZE, dtype=np.float32)


def arrays(found):
    ids = sorted(found)
    return np.array(ids, np.int32), np.array([found[one] for one in ids], np.float32)


def places(found):
    return np.array(sorted(document << 32 | place for document, place in found), np.int64)


def as_dict(ids, scores):
    assert ids.tolist() == sorted(set(ids.tolist()))
    return dict(zip(ids.tolist(), scores.tolist(), strict=True))


@given(listed, listed)
def test_lists_are_joined_and_met(one, other):
    few, many = sorted((one, other), key=len)
    both = {k: one[k] + other[k] for k in one if k in other}
    assert as_dict(*kernels.in_both(*arrays(few), *arrays(many))) == both
    either = {k: one.get(k, 0) + other.get(k, 0) for k in one | other}
    assert as_dict(*kernels.in_either(*arrays(few), *arrays(many))) == either


@given(listed, listed, st.sampled_from([1.0, 0.5]))
def test_scores_are_added_where_a_document_stands_in_both(one, other, share):
    ids, total = arrays(one)
    kernels.add_to(total, ids, *arrays(other), share)
    assert as_dict(ids, total) == {k: one[k] + share * other.get(k, 0) for k in one}


@given(listed, st.lists(st.booleans(), min_size=SIZE, max_size=SIZE), st.booleans())
def test_a_mask_keeps_what_it_keeps(found, mask, weighed):
    ids, scores = arrays(found)
    left, weights = kernels.kept(ids, scores if weighed else scores[:0], np.array(mask))
    assert left.tolist() == [one for one in sorted(found) if mask[one]]
    assert weights.tolist() == ([found[one] for one in sorted(found) if mask[one]] if weighed else [])


@given(documents, st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=SIZE, max_size=SIZE), st.data())
def test_days_are_kept_that_lie_within(ids, spans, data):
    low, high = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 12))
    earliest = np.array([first for first, _ in spans], np.int32)
    latest = np.array([first + more if first else 0 for first, more in spans], np.int32)
    found, _ = kernels.kept_days(np.array(ids, np.int32), np.zeros(0, np.float32), earliest, latest, low, high)
    assert found.tolist() == [one for one in ids if earliest[one] and earliest[one] >= low and latest[one] <= high]


@given(occurrences, occurrences, st.integers(0, 5), st.integers(0, 5))
def test_a_string_is_found_where_its_pieces_follow_each_other(one, other, back, offset):
    found = kernels.followed(places(one), back, places(other), offset)
    begun = {(document, place - back) for document, place in one}
    assert found.tolist() == places({(d, p) for d, p in begun if (d, p + offset) in other}).tolist()


@given(occurrences, st.integers(1, 5))
def test_occurrences_are_counted_and_weighed_by_document(found, title_weight):
    ids, weights, scores = kernels.by_document(places(found), title_weight, NORM, SIZE, K1)
    times = dict.fromkeys((document for document, _ in sorted(found)), 0)
    for document, place in found:
        times[document] += title_weight if place < BODY_START else 1
    assert as_dict(ids, weights) == times
    idf = math.log1p((SIZE - len(times) + 0.5) / (len(times) + 0.5))
    assert scores.tolist() == pytest.approx([idf * (K1 + 1) * n / (n + float(NORM[d])) for d, n in times.items()])


@given(listed, st.integers(0, 3), st.integers(1, 700), st.booleans())
def test_the_best_are_those_of_the_whole_order(found, start, number, known):
    """Equal scores in the other order; with and without the greatest of each block; few places and very many."""
    order = np.random.default_rng(len(found)).permutation(SIZE).astype(np.int32)
    rank = np.argsort(order).astype(np.int32)
    ids, scores = arrays(found)
    start = min(start, len(found))
    end = min(start + number, len(found))
    if start == end:
        return
    greatest = foremost.greatest_of_blocks(scores) if known else None
    chosen, weights = foremost.best(ids, scores, greatest, (order, rank), start, end)
    expected = sorted(found, key=lambda one: (-found[one], rank[one]))[start:end]
    assert chosen.tolist() == expected
    assert weights.tolist() == [found[one] for one in expected]
    ranks = rank[ids]
    least = foremost.least_of_blocks(ranks) if known else ranks[:0]
    assert foremost.lowest(ranks, least, start, end).tolist() == sorted(ranks.tolist())[start:end]


@given(st.integers(520, 900), st.integers(0, 500))
def test_deep_pages_are_sorted_only_where_they_are_looked_at(end, start):
    chance = np.random.default_rng(end)
    ids, order = np.arange(1000, dtype=np.int32), chance.permutation(1000).astype(np.int32)
    scores = chance.integers(0, 9, 1000).astype(np.float32)
    rank = np.argsort(order).astype(np.int32)
    chosen, _ = foremost.best(ids, scores, None, (order, rank), start, end)
    assert chosen.tolist() == np.lexsort((rank, -scores))[start:end].tolist()
    assert foremost.lowest(rank, rank[:0], start, end).tolist() == list(range(start, end))


@given(st.sets(st.integers(0, 2**42)), st.integers(0, 2**42))
def test_terms_are_found_by_halving(terms, wanted):
    ordered = np.array(sorted(terms), np.uint64)
    for place, term in enumerate(ordered.tolist()):
        assert kernels.place_of(ordered, term) == place
    assert kernels.place_of(ordered, wanted) == (sorted(terms).index(wanted) if wanted in terms else -1)


def test_kept_code_holds_for_all_sources_that_it_is_made_of(monkeypatch):
    """numba looks at the file of a function alone: what that takes from other modules would stay as it was."""
    folder = Path(compiling.__file__).parent
    using = {path.stem for path in folder.glob("*.py") if "from .compiling import" in path.read_text()}
    assert using <= set(compiling._SOURCES)
    before = compiling.sources()
    read = Path.read_bytes
    for name in compiling._SOURCES:
        compiling.sources.cache_clear()
        monkeypatch.setattr(Path, "read_bytes", lambda path, name=name: read(path) + b"#" * (path.stem == name))
        assert compiling.sources() != before
    monkeypatch.undo()
    compiling.sources.cache_clear()
    stamp = kernels.place_of._cache._cache_file._source_stamp
    assert stamp[1] == before == compiling.sources()
