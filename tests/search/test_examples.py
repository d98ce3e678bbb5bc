"""What the help page shows is what the search does."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from archive.catalog.models import Outlet
from archive.search.language.examples import CHAPTERS, PIECES, Example
from archive.search.records import Request
from archive.search.service import search

from .making import region, save_article
from .reference import ReferenceEngine, documents

EXAMPLES = [example for chapter in CHAPTERS for example in chapter.examples]


@pytest.fixture
def pieces(db) -> None:
    for piece in PIECES:
        outlet, _ = Outlet.objects.get_or_create(
            name=piece.outlet, slug={"示例日报": "daily", "示例晚报": "evening"}[piece.outlet]
        )
        save_article(
            piece.body, piece.title, public_id=piece.id, script=piece.script, outlet=outlet,
            captions=[piece.caption] if piece.caption else [], places=[region(piece.region)],
            authors=[piece.author] if piece.author else [], topics=[piece.topic] if piece.topic else [],
            dates=(piece.first, piece.last) if piece.first and piece.last else None,
            precision="day" if piece.first == piece.last else "month",
        )  # fmt: skip


def found(example: Example, **engine) -> set[str]:
    page = search(example.query, per_page=None, **engine)
    assert page.error is None, page.error
    return {result.article.public_id for result in page.results}


def test_each_example_finds_its_pieces_and_no_other(pieces: None, starter_thesaurus: None) -> None:
    reference = ReferenceEngine(documents())

    def evaluate(request: Request):
        return reference.evaluate(request)

    wrong = {
        example.query: found(example, evaluate=evaluate)
        for example in EXAMPLES
        if found(example, evaluate=evaluate) != set(example.finds)
    }
    assert wrong == {}


def test_the_engine_finds_the_same(pieces: None, starter_thesaurus: None) -> None:
    call_command("rebuild_index", interactive=False, verbosity=0)
    wrong = {example.query: found(example) for example in EXAMPLES if found(example) != set(example.finds)}
    assert wrong == {}


def test_each_example_has_a_sentence_and_each_piece_is_found_by_some_and_missed_by_some() -> None:
    assert all(example.sentence.endswith("。") for example in EXAMPLES)
    for piece in PIECES:
        hits = [piece.id in example.finds for example in EXAMPLES]
        assert any(hits) and not all(hits)
