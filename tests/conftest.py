"""Fixtures that every room's tests share."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings

from tests.sites import Sites

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
    """The browser's tests come first: few and long, they would be left to one of two processes at the end.

    On PostgreSQL the tests that ask no database are left out: they ran on SQLite. TEST_MATRIX=all runs all.
    """
    items.sort(key=lambda item: "/browser/" not in item.path.as_posix())
    if not os.environ.get("DATABASE_URL") or os.environ.get("TEST_MATRIX") == "all":
        return
    kept = [item for item in items if asks_the_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks_the_database(item)])
    items[:] = kept


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """Every test begins with the tables as a test that commits leaves them: empty, whatever ran before it.

    What migrations put there (the thesaurus) would else be there or not by the order of the tests.
    """
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def uncounted(db: None) -> None:
    """What an import of an earlier test let SQLite count stays in its tables: forgotten, as if it had never looked."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
            if cursor.fetchone():
                cursor.execute("DELETE FROM sqlite_stat1")
                cursor.execute("ANALYZE sqlite_master")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Data folders for tests that run processes of a site: each stage is made once for all processes of the run."""
    base = tmp_path_factory.getbasetemp()
    return Sites((base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "sites")


@pytest.fixture(autouse=True)
def _language() -> None:
    """Each test begins in the default language: the last request of another leaves its own active in the thread."""
    translation.deactivate()
