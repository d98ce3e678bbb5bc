"""What the tests of the search room share: the thesaurus, and the seam.

The seam is the engine under test over one corpus, and the reference over the same. `SEARCH_CONTRACT_ENGINE`
names the module of the engine, whose `evaluate(Request) -> Response` is all that the contract's tests call;
its index is filled by haystack's own `rebuild_index`. Another engine runs them unchanged:

    SEARCH_CONTRACT_ENGINE=archive.search.opensearch python -m pytest tests/search/contract
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.core.management import call_command

from archive.search.models import SynonymGroup
from archive.search.records import Request, Response

from .contract.corpus import drop_corpus, save_corpus
from .reference import ReferenceEngine, documents

Evaluate = Callable[[Request], Response]
OURS = "archive.search.engine"


@pytest.fixture
def starter_thesaurus(db):
    """The groups that a new archive begins with: a test that commits empties the tables, theirs too."""
    if not SynonymGroup.objects.exists():
        importlib.import_module("archive.search.migrations.0002_starter_thesaurus").load(apps, None)


@pytest.fixture(scope="session")
def engine_name() -> str:
    """The dotted name of the module of the engine under test."""
    return os.environ.get("SEARCH_CONTRACT_ENGINE", OURS)


@pytest.fixture(scope="module")
def corpus(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The corpus in the database, committed, and in the index, while the tests of one module run."""
    with django_db_blocker.unblock():
        save_corpus()
        call_command("rebuild_index", interactive=False, verbosity=0)
        yield
        drop_corpus()


@pytest.fixture(scope="module")
def reference(corpus) -> ReferenceEngine:
    return ReferenceEngine(documents())


@pytest.fixture(scope="module")
def evaluate(corpus, engine_name: str) -> Evaluate:
    """The door of the engine under test: nothing else of it is called."""
    door: Evaluate = importlib.import_module(engine_name).evaluate
    return door


@pytest.fixture(scope="module")
def relevance(reference: ReferenceEngine, engine_name: str):
    """The formula of our engine, reckoned by hand; another engine may weigh otherwise."""
    if engine_name != OURS:
        pytest.skip("another engine has a formula of its own")
    from .ranking import Relevance

    return Relevance(reference.documents)
