"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts for tests that stay outside the project; absent: skipped, in CI a failure."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("CI"):
        pytest.fail("../shared is absent, and CI must run the tests that need it")
    pytest.skip("../shared is absent: the texts that this test reads stay outside the project")
