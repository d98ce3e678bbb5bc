"""The engine under test over one corpus, and the reference over the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command

from archive.search import engine
from archive.search.records import Request, Response

from ..reference import ReferenceEngine, documents
from .corpus import drop_corpus, save_corpus

Evaluate = Callable[[Request], Response]


@pytest.fixture(scope="package")
def corpus(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The corpus in the database, committed, and in the index."""
    with django_db_blocker.unblock():
        save_corpus()
        call_command("rebuild_index", interactive=False, verbosity=0)
        yield
        drop_corpus()


@pytest.fixture(scope="package")
def reference(corpus) -> ReferenceEngine:
    return ReferenceEngine(documents())


@pytest.fixture(scope="package")
def evaluate(corpus) -> Evaluate:
    """The door of the engine under test."""
    return engine.evaluate


@pytest.fixture(scope="package")
def relevance(reference: ReferenceEngine):
    """The formula of our engine, reckoned by hand."""
    from ..ranking import Relevance

    return Relevance(reference.documents)
