"""The order of pinyin."""

from hypothesis import given
from hypothesis import strategies as st

from archive.text.collation import folded_pinyin_order, pinyin_order
from archive.text.fold import fold


def test_by_sound_then_tone_with_marks_and_letters_first() -> None:
    words = ["女", "重庆", "怒", "号", "，好", "安徽", "好", "八", "蒿", "abc", "北京", "12"]
    expected = ["12", "abc", "，好", "安徽", "八", "北京", "蒿", "好", "号", "怒", "女", "重庆"]
    assert sorted(words, key=pinyin_order) == expected


def test_a_key_has_the_length_of_its_text_and_tells_characters_apart() -> None:
    text = "他她它a\n𠮷"
    assert len(pinyin_order(text)) == len(text) == len(set(pinyin_order(text)))


@given(st.text(st.sampled_from("村計计畫划ＡaB 　，,里裏") | st.characters()))
def test_folding_and_sorting_in_one_pass_is_one_after_the_other(text):
    assert folded_pinyin_order(text) == pinyin_order(fold(text))
