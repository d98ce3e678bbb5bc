"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

settings.register_profile("short", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts for tests that stay outside the project; absent: skipped, in CI a failure."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("CI"):
        pytest.fail("../shared is absent, and CI must run the tests that need it")
    pytest.skip("../shared is absent: the texts that this test reads stay outside the project")


@pytest.fixture(autouse=True)
def _language() -> None:
    """Each test begins in the default language: the last request of another leaves its own active in the thread."""
    translation.deactivate()
