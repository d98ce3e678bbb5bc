"""Where words may stand in a text: no place is missed, and what an array finds is what a set finds."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text.spotting import Beginnings, Characters

ALPHABET = "村口设卡登记测量体温，a1\n\ud800\U00020000"
TEXTS = st.text(alphabet=ALPHABET, max_size=80)


@given(text=TEXTS, pairs=st.sets(st.text(alphabet=ALPHABET, min_size=1, max_size=3), max_size=6))
def test_no_place_of_a_pair_is_missed(text, pairs):
    places = Beginnings(pairs).in_text(text)
    assert places == sorted(set(places))
    assert {start for start in range(len(text) - 1) if text[start : start + 2] in pairs} <= set(places)


def test_few_places_are_given_in_vain():
    text = "".join(chr(0x4E00 + (7 * n) % 20_000) for n in range(20_000))
    known = Beginnings(text[start : start + 2] for start in range(0, 4_000, 2))
    assert len(known.in_text(text)) < 2_000 + 400


@given(text=TEXTS, characters=st.sets(st.sampled_from(ALPHABET), max_size=4))
def test_characters_are_seen_in_short_and_long_texts(text, characters):
    assert Characters(characters).in_text(text) == (not characters.isdisjoint(text))
