"""Relevance of our engine against the same formula reckoned by hand (another engine has its own formula)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from archive.search.records import Request
from archive.search.tree import Node

from ..conftest import Evaluate
from ..reference import ReferenceEngine
from .test_trees import whole_trees

pytestmark = pytest.mark.django_db


@settings(max_examples=4 * settings.default.max_examples, deadline=None, suppress_health_check=list(HealthCheck))
@given(tree=whole_trees)
def test_scores_are_those_reckoned_by_hand(
    evaluate: Evaluate, reference: ReferenceEngine, relevance, tree: Node
) -> None:
    known = {document.id: document for document in reference.documents}
    for hit in evaluate(Request(tree, limit=None)).hits:
        assert hit.score == pytest.approx(relevance.score(tree, known[hit.article_id]), rel=1e-4, abs=1e-4)
