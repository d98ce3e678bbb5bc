"""An empty site with an index of its own, ready for readers."""

import pytest

from archive.search.engine import upkeep


@pytest.fixture
def ready(db, settings, tmp_path):
    settings.CAPTURE_DIR = tmp_path / "captures"
    settings.HAYSTACK_CONNECTIONS = {
        "default": {**settings.HAYSTACK_CONNECTIONS["default"], "PATH": str(tmp_path / "index")}
    }
    upkeep.rebuild()
    return tmp_path
