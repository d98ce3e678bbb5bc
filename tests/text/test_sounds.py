"""The readings of texts are those that pypinyin gives, without its 57 MB."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text.sounds import phrases, readings_by_code, syllables


@pytest.fixture(scope="module")
def lazy_pinyin():
    from pypinyin import lazy_pinyin

    return lazy_pinyin


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("重庆日报", "chong qing ri bao"),
        ("重要新闻", "zhong yao xin wen"),
        ("绿洲网3.0", "lv zhou wang 3.0"),
        ("浚县 融媒", "jun xian   rong mei"),
    ],
)
def test_phrases_settle_the_readings_of_their_characters(name, sounds, lazy_pinyin):
    assert " ".join(syllables(name)) == sounds == " ".join(lazy_pinyin(name))


def test_every_phrase_and_every_character_of_the_tables_is_read_as_by_pypinyin(lazy_pinyin):
    origin = find_spec("pypinyin").origin
    every = list(json.loads(Path(origin).with_name("phrases_dict.json").read_text(encoding="utf-8")))
    assert len(every) > 40_000
    assert len(phrases()) == len(every)
    # Every phrase counts the same; one in eight is read both ways.
    wrong = [one for one in [*every[::8], *map(chr, readings_by_code())] if syllables(one) != lazy_pinyin(one)]
    assert wrong == []


@given(st.text(st.sampled_from("重庆要长春行银乐山音都江堰不一是了绿女略 aB3,。\n𠮷𰀡〇□é"), max_size=20))
def test_texts_are_read_as_by_pypinyin(lazy_pinyin, text):
    assert syllables(text) == lazy_pinyin(text)


def test_the_package_is_not_imported_for_an_outlets_address():
    program = "import sys; from archive.text.sounds import syllables; syllables('重庆日报'); sys.exit('pypinyin' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).resolve().parents[2], check=True)
