"""What the tests of the search room share."""

import importlib

import pytest
from django.apps import apps

from archive.search.models import SynonymGroup


@pytest.fixture
def starter_thesaurus(db):
    """The groups that a new archive begins with: a test that commits empties the tables, theirs too."""
    if not SynonymGroup.objects.exists():
        importlib.import_module("archive.search.migrations.0002_starter_thesaurus").load(apps, None)
