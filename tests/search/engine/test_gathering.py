"""A term gathered from all segments at once is what its segments hold, one after the other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from archive.search.engine import conjunctions, foremost, gathering, joining
from archive.search.engine.foremost import BLOCK
from archive.search.engine.gathering import Lists
from archive.search.engine.generation import K1
from archive.search.engine.kernels import add_whole_words, impacts
from archive.search.engine.postings import Flat, pack
from archive.search.engine.tables import WordTable
from archive.search.engine.whole_words import weighed_as_word

SIZE = 120
#: Times a term stands in a document: few of them, or so many different ones that their shapes need more than a byte.
few = st.dictionaries(st.integers(0, SIZE - 1), st.integers(1, 3), max_size=SIZE)
#: Terms of a small vocabulary that stand many times in the same few documents.
repeated = st.dictionaries(
    st.integers(0, 5), st.dictionaries(st.integers(0, 9), st.integers(1, 9), max_size=10), max_size=6
)
segment = st.dictionaries(st.integers(0, 5), few, max_size=5)


def place_of(number, far, step):
    """Where a term stands for the time `number` in a document. `far`: most places need more than sixteen bits."""
    return number * step + (70_000 if far and number > 1 else 0)


def packed(held, spread=1, far=False, step=3):
    """Posting lists of a segment: term → document → times."""
    rows = [(term, doc, times) for term in sorted(held) for doc, times in sorted(held[term].items())]
    counts = np.array([times for *_, times in rows], np.uint32)
    terms = sorted(term for term in held if held[term])
    sizes = [len(held[term]) for term in terms]
    places = [place_of(number, far, step) for *_, times in rows for number in range(times)]
    return pack(
        Flat(
            np.array(terms, np.uint64),
            np.cumsum([0, *sizes]).astype(np.uint32),
            np.array([doc for _, doc, _ in rows], np.uint32),
            np.array([min(times * spread, 255) for *_, times in rows], np.uint8),
            np.array([1 + doc % 7 for _, doc, _ in rows], np.uint8),
            counts,
            np.array(places, np.uint32),
        )
    )


def expected(segments, term, live):
    """Documents, weights and parts, and occurrences, by the plain reading of each segment."""
    rows, places = [], []
    for number, one in enumerate(segments):
        place = one.number(term)
        if place is not None:
            base = number * SIZE
            rows += [(base + int(doc), *map(int, rest)) for doc, *rest in zip(*one.read(place), strict=True)]
            places += [(base + int(doc)) << 32 | int(at) for doc, at in zip(*one.occurrences(place), strict=True)]
    return [row for row in rows if live[row[0]]], [place for place in places if live[place >> 32]]


def absent_as_minus_one(number):
    return -1 if number is None else number


def agree(segments, live):
    lists = Lists(segments, range(0, len(segments) * SIZE, SIZE))
    norm = np.linspace(0.3, 2, max(len(live), 1), dtype=np.float32)
    whole, documents = bool(live.all()), int(live.sum())
    for term in range(7):
        rows, places = expected(segments, term, live)
        numbers = lists.numbers(term)
        assert numbers.tolist() == [absent_as_minus_one(one.number(term)) for one in segments]
        every = expected(segments, term, np.ones(len(live), bool))[0]
        assert gathering.frequency(lists.table, numbers) == len(every)
        found = gathering.postings(lists.table, numbers, live, whole)
        assert list(zip(*(one.tolist() for one in found), strict=True)) == rows
        found, several = gathering.occurrences(lists.table, term, term + 1, live, whole)
        assert (found.tolist(), several) == (places, False)
        found, _several = gathering.occurrences(lists.table, term, term + 3, live, whole)
        together = [place for one in range(term, term + 3) for place in expected(segments, one, live)[1]]
        assert sorted(found.tolist()) == sorted(together)
        ids, weights, scores, greatest = gathering.weighed(lists.table, numbers, live, whole, norm, documents, K1)
        assert list(zip(ids.tolist(), weights.tolist(), strict=True)) == [row[:2] for row in rows]
        factor = np.log1p((documents - len(ids) + 0.5) / (len(ids) + 0.5)) * (K1 + 1)
        assert np.array_equal(scores, impacts(ids, weights, norm, factor))
        assert gathering.living(lists.table, numbers, live) == len(rows)
        for some in (np.flatnonzero(live).astype(np.int32), np.flatnonzero(live)[::3].astype(np.int32)):
            at, *told = joining.among(lists.table, numbers, some)
            met = [row for row in rows if row[0] in set(some.tolist())]
            assert list(zip(some[at].tolist(), *(one.tolist() for one in told), strict=True)) == met
            before = np.linspace(0, 3, len(some), dtype=np.float32)
            left, sums = joining.narrowed(lists.table, numbers, some, before, norm, factor)
            assert left.tolist() == some[at].tolist()
            assert np.array_equal(sums, before[at] + impacts(left, told[0], norm, factor))
        for word in (term, (term + 1) % 7):
            beside = lists.numbers(word)
            summed = scores.copy()
            add_whole_words(
                summed, ids, weights, *gathering.postings(lists.table, beside, live, whole), 3, norm, factor, 0.5
            )
            same, heavier, most = weighed_as_word(
                lists.table, numbers, lists.table, beside, live, whole, norm, factor, 3, 0.5
            )
            assert same.tolist() == ids.tolist()
            assert np.array_equal(heavier, summed)
            assert np.array_equal(most, foremost.greatest_of_blocks(summed))
        assert greatest.tolist() == [max(scores[at : at + BLOCK].tolist()) for at in range(0, len(ids), BLOCK)]


@given(st.lists(segment, max_size=4), st.booleans(), st.data())
def test_a_term_is_gathered_from_every_segment_that_has_it(held, far, data):
    segments = [packed(one, far=far) for one in held]
    gone = data.draw(st.sets(st.integers(0, max(len(segments) * SIZE - 1, 0))) | st.just(set()))
    live = np.ones(len(segments) * SIZE, bool)
    live[[one for one in gone if one < len(live)]] = False
    agree(segments, live)


def test_more_shapes_than_a_byte_can_tell():
    segments = [packed({term: {doc: 1 + doc + 100 * term for doc in range(SIZE)} for term in range(6)}, far=True)]
    assert len(segments[0].shape.over)
    assert len(segments[0].places.over)
    live = np.ones(SIZE, bool)
    agree(segments, live)
    live[::3] = False
    agree(segments, live)


@given(
    st.lists(st.sets(st.text(st.sampled_from("ab村防疫\ud800"), min_size=1, max_size=3)), max_size=3),
    st.text(st.sampled_from("ab村防疫"), max_size=3),
)
def test_words_are_found_by_their_bytes(tables, wanted):
    segments = []
    for words in tables:
        ordered = sorted(words, key=lambda word: word.encode("utf-8", "surrogatepass"))
        one = packed({number: {0: 1} for number in range(len(ordered))})
        one.terms = WordTable.of(ordered)
        segments.append(one)
    numbers = Lists(segments, range(0, len(segments) * SIZE, SIZE)).numbers(wanted)
    assert numbers.tolist() == [absent_as_minus_one(one.terms.number(wanted)) for one in segments]


@given(
    st.lists(repeated, min_size=1, max_size=3),
    st.lists(st.integers(0, 5), min_size=2, max_size=6),
    st.sampled_from([0, 3, 1024]),
    st.data(),
)
def test_a_string_is_found_without_unpacking_its_lists(segments, keys, common, data):
    far = data.draw(st.booleans())
    sizes = np.cumsum([0] + [SIZE] * len(segments)).tolist()
    lists = Lists([packed(one, far=far, step=1) for one in segments], sizes)
    live = np.ones(sizes[-1], bool)
    live[data.draw(st.lists(st.integers(0, sizes[-1] - 1), max_size=20))] = False

    def places(key, document):
        return {place_of(n, far, 1) for n in range(segments[document // SIZE].get(key, {}).get(document % SIZE, 0))}

    def begins(offsets):
        return [
            document << 32 | begin
            for document in np.flatnonzero(live).tolist()
            for begin in sorted(places(keys[0], document))
            if all(begin + offset in places(keys[offset], document) for offset in offsets)
        ]

    # The lists are no text's: one bigram of three may be missing between two that cover its characters. Which of the
    # covers is asked is the engine's choice; that either finds what stands in texts, the tests of its contract see.
    last = len(keys) - 1
    covers = [{*range(0, last + 1, 2), last}, {0, *range(1, last, 2), last}]
    found = joining.string(lists.table, np.array(keys, np.uint64), common, live, bool(live.all()))
    assert found.tolist() in [begins(one) for one in covers[: 1 if common > 100 else 2]]


@given(
    st.lists(segment, min_size=1, max_size=3),
    st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True),
    st.booleans(),
    st.data(),
)
def test_a_conjunction_is_what_its_lists_have_in_common(segments, keys, deleted, data):
    spread = data.draw(st.sampled_from([1, 90]))
    sizes = np.cumsum([0] + [SIZE] * len(segments)).tolist()
    held = [packed(one, spread=spread) for one in segments]
    lists = Lists(held, sizes)
    live = np.ones(sizes[-1], bool)
    if deleted:
        live[data.draw(st.lists(st.integers(0, sizes[-1] - 1), max_size=20))] = False
    norm = np.linspace(0.5, 2.0, sizes[-1]).astype(np.float32)
    rows = [{row[0]: row[1] for row in expected(held, key, live)[0]} for key in keys]
    living = np.array([len(one) for one in rows] if deleted else [], np.int64)
    ids, sums = conjunctions.conjunction(
        lists.table, np.array(keys, np.uint64), living, live, norm, int(live.sum()), K1
    )
    assert ids.tolist() == sorted(set(rows[0]).intersection(*rows[1:]))
    total = np.zeros(len(ids), np.float32)
    for row in sorted(rows, key=len):
        factor = np.float32(np.log1p((live.sum() - len(row) + 0.5) / (len(row) + 0.5)) * (K1 + 1))
        times = np.array([row[one] for one in ids.tolist()], np.float32)
        total += impacts(ids, times.astype(np.uint8), norm, factor)
    np.testing.assert_allclose(sums, total, rtol=1e-6)
