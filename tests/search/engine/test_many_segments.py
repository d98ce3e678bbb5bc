"""Many segments with deletions answer as the reference does: totals, hits, order and facets."""

import random

import pytest
from hypothesis import HealthCheck, given, settings

from archive.catalog.models import Article
from archive.search.engine import upkeep
from archive.search.engine.answering import answer
from archive.search.engine.folder import IndexFolder
from archive.search.records import FACETS, Request
from archive.search.tree import Node

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
        for start in range(0, len(keys), 11):
            upkeep.update(keys[start : start + 11], folder=folder)
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
