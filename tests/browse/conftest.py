"""An archive of invented pieces, searched by the literal reference instead of an index."""

import pytest
from django.core.cache import cache

from archive.search import engine
from tests import factories
from tests.search.reference import ReferenceEngine, documents


@pytest.fixture
def search_engine(monkeypatch):
    """Searches are answered by the literal reference; call it after the articles were made."""

    def install():
        monkeypatch.setattr(engine, "evaluate", ReferenceEngine(documents()).evaluate)

    return install


@pytest.fixture
def archive(db, settings, tmp_path, search_engine):
    """Sixty published pieces."""
    cache.clear()
    settings.CAPTURE_DIR = tmp_path / "captures"
    articles = factories.make_archive()
    search_engine()
    return articles
