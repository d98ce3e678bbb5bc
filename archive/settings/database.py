"""The database that the site runs on: SQLite in the data folder, or PostgreSQL named by `DATABASE_URL`."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

POSTGRESQL = "django.db.backends.postgresql"


def database(*, url: str, data_dir: Path, pool_size: int) -> dict[str, Any]:
    """What Django's `DATABASES["default"]` must hold.

    `url`: empty for SQLite, else `postgresql://user:password@host:port/name`, percent-encoded where needed; options of
    libpq may follow as a query (`?sslmode=require`). `pool_size`: connections each worker process keeps at most.
    ImproperlyConfigured, with a sentence, for another kind of database or an address that cannot be read.
    """
    if not url:
        return _sqlite(data_dir / "archive.sqlite3")
    try:
        # The pool keeps the connections; Django's own keeping must be off beside it. Each is tried before it is given
        # out: after a restart of the server all of them are dead, and each would fail one reader.
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0, conn_health_checks=True))
    except ValueError:  # the library's sentence repeats the address, and an address may hold a password
        found = {}
    if found.get("ENGINE") != POSTGRESQL or not found.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name, or be empty for SQLite."
        )
    options = found.setdefault("OPTIONS", {})
    options["pool"] = {"min_size": 1, "max_size": pool_size, "timeout": 10}
    return found


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Connections are kept: +60 % requests a second on SQLite.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Every thread of a worker keeps a connection: what they read is mapped (as far as SQLite maps, 2 GB) and so
            # shared by all, and little is left that each keeps for itself.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=2147418112; PRAGMA cache_size=-4000;"
            ),
        },
    }
