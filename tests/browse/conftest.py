"""An archive of invented pieces, searched by the literal reference instead of an index."""

import pytest
from django.db import transaction
from django.template.backends.jinja2 import Template
from django.test.signals import template_rendered

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


@pytest.fixture(autouse=True)
def told_contexts(monkeypatch):
    """Let the test client keep what a page was made of (`response.context`), as it does of Django's own templates."""
    written = Template.render

    def render(template, context=None, request=None):
        template_rendered.send(sender=template, template=template, context=context or {})
        return written(template, context, request)

    monkeypatch.setattr(Template, "render", render)
