"""An archive of invented pieces, searched by the literal reference instead of an index."""

import sys
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from tests import factories
from tests.search.reference import ReferenceEngine, documents


@pytest.fixture
def search_engine(monkeypatch):
    """Searches are answered by the literal reference; call it after the articles were made."""

    def install():
        engine = SimpleNamespace(evaluate=ReferenceEngine(documents()).evaluate)
        monkeypatch.setitem(sys.modules, "archive.search.engine", engine)

    return install


@pytest.fixture
def archive(db, settings, tmp_path, search_engine):
    """Sixty published pieces."""
    cache.clear()
    settings.CAPTURE_DIR = tmp_path / "captures"
    articles = factories.make_archive()
    search_engine()
    return articles
