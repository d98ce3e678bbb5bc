"""Promise 1: a quoted string of any length finds every article that contains it, and no other."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from archive.search.language import parse, quote
from archive.search.records import Request
from archive.search.tree import Phrase

from ..conftest import Evaluate
from ..reference import Document, ReferenceEngine

pytestmark = pytest.mark.django_db

_CONVERTERS = {name: OpenCC(name).convert for name in ("tw2s", "s2tw", "s2t", "t2s")}
FORMS = {
    "as printed": str,
    **_CONVERTERS,
    "upper case": str.upper,
    "full width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "blanks between": " ".join,
    "no blanks": lambda text: "".join(text.split()),
}
many = settings(max_examples=4 * settings.default.max_examples, deadline=None, suppress_health_check=list(HealthCheck))


def found(evaluate: Evaluate, phrase: Phrase) -> set[int]:
    response = evaluate(Request(phrase, limit=None))
    ids = [hit.article_id for hit in response.hits]
    assert response.total == len(ids) == len(set(ids))
    return set(ids)


def truth(reference: ReferenceEngine, phrase: Phrase) -> set[int]:
    return {hit.article_id for hit in reference.evaluate(Request(phrase, limit=None)).hits}


def draw_piece(data: st.DataObject, documents: list[Document], longest: int = 20) -> tuple[Document, str]:
    """Any 1–20 characters of any text of any article."""
    document = data.draw(st.sampled_from(documents))
    text = data.draw(st.sampled_from([text for _, text in document.parts() if text.strip()]))
    start = data.draw(st.integers(0, len(text) - 1))
    return document, text[start : start + data.draw(st.integers(1, longest))]


@many
@given(st.data())
def test_any_substring_is_found_exactly(evaluate: Evaluate, reference: ReferenceEngine, data: st.DataObject) -> None:
    document, piece = draw_piece(data, reference.documents)
    if not piece.strip():
        return
    node = parse(quote(piece))
    assert isinstance(node, Phrase)
    ids = found(evaluate, node)
    assert ids == truth(reference, node)
    assert document.id in ids


@many
@given(st.data())
def test_any_substring_in_any_form_is_found_exactly(
    evaluate: Evaluate, reference: ReferenceEngine, data: st.DataObject
) -> None:
    _, piece = draw_piece(data, reference.documents)
    form = FORMS[data.draw(st.sampled_from(sorted(FORMS)))](piece)
    if not form.strip():
        return
    phrase = Phrase(form)
    assert found(evaluate, phrase) == truth(reference, phrase)


@many
@given(st.data())
def test_strings_that_nearly_stand_there_are_judged_exactly(
    evaluate: Evaluate, reference: ReferenceEngine, data: st.DataObject
) -> None:
    """Two pieces glued, one character changed, one left out: mostly no article, never a wrong one."""
    _, first = draw_piece(data, reference.documents, 6)
    _, second = draw_piece(data, reference.documents, 6)
    kind = data.draw(st.sampled_from(["glued", "changed", "left out"]))
    at = data.draw(st.integers(0, len(first) - 1))
    text = {
        "glued": first + second,
        "changed": first[:at] + second[0] + first[at + 1 :],
        "left out": first[:at] + first[at + 1 :] + second[:1],
    }[kind]
    if not text.strip():
        return
    assert found(evaluate, Phrase(text)) == truth(reference, Phrase(text))


@many
@given(st.data())
def test_each_part_is_searched_by_itself(evaluate: Evaluate, reference: ReferenceEngine, data: st.DataObject) -> None:
    _, piece = draw_piece(data, reference.documents, 5)
    if not piece.strip():
        return
    parts = data.draw(st.sampled_from([("title",), ("body",), ("caption",), ("title", "caption")]))
    phrase = Phrase(piece, parts=parts)
    assert found(evaluate, phrase) == truth(reference, phrase)


def test_a_phrase_never_spans_two_parts(evaluate: Evaluate, reference: ReferenceEngine) -> None:
    for document in reference.documents[:20]:
        texts = [text for _, text in document.parts() if text]
        for before, after in itertools.pairwise(texts):
            phrase = Phrase(before[-8:] + after[:8])
            assert found(evaluate, phrase) == truth(reference, phrase)


def test_whole_bodies_are_found(evaluate: Evaluate, reference: ReferenceEngine) -> None:
    for document in reference.documents[:20]:
        phrase = Phrase(document.body)
        assert document.id in found(evaluate, phrase) == truth(reference, phrase)


@pytest.mark.parametrize(
    "text", ["。", "“", "，", "、", "的", "和", "了", "0", "-", "《", "\\", '"', "★", "zzzz", "𠀀", "\ufffd"]
)
def test_single_characters_and_punctuation(evaluate: Evaluate, reference: ReferenceEngine, text: str) -> None:
    assert found(evaluate, Phrase(text)) == truth(reference, Phrase(text))
