"""What the search says can be read in English."""

import re

import pytest
from django.utils import translation

from archive.search import language
from archive.search.explain import explain, within_quotes
from archive.search.language import EmptyVocabulary, QueryError, parse
from archive.search.language.examples import CHAPTERS
from archive.search.vocabulary import CatalogVocabulary

ERRORS = [one for one in vars(language).values() if isinstance(one, type) and issubclass(one, QueryError)]


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_has_an_english_sentence(error: type[QueryError]) -> None:
    with translation.override("en"):
        assert translation.gettext(error.message) != error.message


def test_every_example_has_an_english_sentence() -> None:
    with translation.override("en"):
        for chapter in CHAPTERS:
            assert chapter.heading != chapter.name
            assert all(example.sentence != example.message for example in chapter.examples)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "All articles"),
        ("mask", "Articles containing “mask”"),
        (
            'mask -"fever clinic" title:virus* date:2020-02..2020-04',
            "Articles containing “mask”, not containing the exact text “fever clinic”,"
            " with words that begin with “virus” in the title, dated Feb. 1, 2020 to April 30, 2020",
        ),
        ('"a b"~3 OR id:x', "Articles containing “a”“b” within 3 characters, or with the number x"),
    ],
)
def test_the_sentence(query: str, sentence: str) -> None:
    with translation.override("en"):
        told = explain(parse(query), EmptyVocabulary()).sentence
    assert told == sentence
    assert not re.search("[一-鿿]", told)


def test_places_are_told_by_their_english_names(db) -> None:
    query = "地区:四川遂宁 来源地区:420000"
    with translation.override("en"):
        told = explain(parse(query, vocabulary=CatalogVocabulary()), CatalogVocabulary()).sentence
    assert told == "Articles about Suining, Sichuan, from outlets in Hubei"


@pytest.mark.parametrize(
    ("tongue", "quoted"),
    [("zh-hans", "含有‘网格’的文章"), ("zh-hant", "含有『网格』的文章"), ("en", "Articles containing ‘网格’")],
)
def test_the_sentence_within_quotation_marks_has_single_ones(tongue: str, quoted: str) -> None:
    with translation.override(tongue):
        assert within_quotes(explain(parse("网格"), EmptyVocabulary()).sentence) == quoted
