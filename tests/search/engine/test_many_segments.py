"""Many segments with deletions answer as the reference does: totals, hits, order and facets."""

import random

import pytest
import whoosh.index
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Term

from archive.catalog.models import Article
from archive.search.engine import upkeep
from archive.search.engine.answering import answer
from archive.search.engine.codec import INDEX_NAME
from archive.search.engine.folder import IndexFolder
from archive.search.engine.phrases import readings
from archive.search.records import FACETS, Request
from archive.search.tree import Node, Phrase

from ..contract.test_exactness import draw_piece
from ..contract.test_trees import trees
from ..reference import ReferenceEngine

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(reference, tmp_path_factory, django_db_blocker) -> IndexFolder:
    """Every article indexed in small commits, many of them several times, some taken out in between."""
    folder = IndexFolder(tmp_path_factory.mktemp("segments") / "index")
    chance = random.Random(19)
    with django_db_blocker.unblock():
        keys = list(Article.objects.values_list("pk", flat=True))
        for _turn in range(12):
            upkeep.update(chance.sample(keys, 9), folder=folder)
            with folder.writing() as writer:
                writer.remove(chance.sample(keys, 2))
        chance.shuffle(keys)
        for start in range(0, len(keys), 24):
            upkeep.update(keys[start : start + 24], folder=folder)
        for start in range(0, 40, 10):
            upkeep.update(keys[start : start + 3], folder=folder)
        assert upkeep.compare(folder).all() == []
    segments = folder.commit().segments
    assert len(segments) > 3
    assert any(one.deleted for one in segments)
    return folder


@settings(max_examples=2 * settings.default.max_examples, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=trees)
def test_any_tree_answers_as_the_reference(folder: IndexFolder, reference: ReferenceEngine, tree: Node) -> None:
    request = Request(tree, sort="newest", offset=3, limit=20, facets=FACETS)
    ours, theirs = answer(folder.generation(), request), reference.evaluate(request)
    assert ours.total == theirs.total
    assert [hit.article_id for hit in ours.hits] == [hit.article_id for hit in theirs.hits]
    for name in FACETS:
        assert {(one.value, one.count) for one in ours.facets[name]} == {
            (one.value, one.count) for one in theirs.facets[name]
        }


@settings(max_examples=2 * settings.default.max_examples, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_stock_whoosh_finds_every_string_that_we_find(
    folder: IndexFolder, reference: ReferenceEngine, data: st.DataObject
) -> None:
    """Whoosh's own reader, matchers and phrase query, over the same files with what was deleted in them."""
    piece = draw_piece(data, reference.documents, 10)[1]
    chars = readings(piece)
    assume(chars and all(len(one) == 1 for one in chars))
    text = "".join(chr(code) for (code,) in chars)
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    query = WhooshPhrase("grams", pairs) if len(pairs) > 1 else Term("grams", text)
    with whoosh.index.open_dir(str(folder.path), indexname=INDEX_NAME).searcher() as searcher:
        stock = {int(hit["pk"]) for hit in searcher.search(query, limit=None)}
    assert stock == {hit.article_id for hit in answer(folder.generation(), Request(Phrase(piece), limit=None)).hits}
