"""An archive of invented pieces, searched by the literal reference instead of an index."""

import pytest
from django.db import transaction

from archive.search import engine
from tests import factories
from tests.search.reference import ReferenceEngine, documents


@pytest.fixture
def search_engine(monkeypatch):
    """Searches are answered by the literal reference; call it after the articles were made."""

    def install():
        ReferenceEngine(documents()).stand_in(monkeypatch, engine)

    return install


@pytest.fixture(scope="module")
def made_archive(django_db_setup, django_db_blocker, tmp_path_factory):
    """Sixty pieces for all tests of a module: made once, gone after the last; with the reference that searches them."""
    with django_db_blocker.unblock(), transaction.atomic():
        articles = factories.make_archive()
        yield articles, ReferenceEngine(documents())
        transaction.set_rollback(True)


@pytest.fixture
def archive(made_archive, db, settings, tmp_path, monkeypatch):
    """The sixty published pieces. In its module every test sees them."""
    settings.CAPTURE_DIR = tmp_path / "captures"
    articles, reference = made_archive
    reference.stand_in(monkeypatch, engine)
    return articles
