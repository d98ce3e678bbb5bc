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


#: Fixtures that open the database to a test; the blocker of pytest-django refuses it to all others.
OPEN = {"db", "transactional_db", "live_server"}


def asks_the_database(item: pytest.Item) -> bool:
    """Whether a test may ask the database of the test run: all others give the same on any."""
    if item.get_closest_marker("django_db") or OPEN & set(getattr(item, "fixturenames", ())):
        return True
    held = getattr(item, "_fixtureinfo", None)
    own = [one for found in (held.name2fixturedefs if held else {}).values() for one in found]
    # Fixtures of ours that unblock it themselves, for all tests of a module.
    return any("django_db_blocker" in one.argnames and "pytest_django" not in one.func.__module__ for one in own)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL the tests that ask no database are left out: they ran on SQLite. TEST_MATRIX=all runs all."""
    if not os.environ.get("DATABASE_URL") or os.environ.get("TEST_MATRIX") == "all":
        return
    kept = [item for item in items if asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks_the_database(item)])
    items[:] = kept


@pytest.fixture(autouse=True)
def _language() -> None:
    """Each test begins in the default language: the last request of another leaves its own active in the thread."""
    translation.deactivate()
