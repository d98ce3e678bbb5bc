"""What a process of an import spares: pages of the database, memory that the allocator holds back; and what it leaves to those who ask."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

log = logging.getLogger(__name__)

#: What SQLite holds during an import: kilobytes of pages (written once or twice each), and bytes of its file
#: mapped into memory (none: they would count as memory of the process, up to the size of the database).
_SPARING = {"cache_size": -8_000, "mmap_size": 0}


@contextmanager
def few_pages() -> Iterator[None]:
    """SQLite keeps few pages in this block, and as many as before afterwards. Nothing for other databases."""
    if connection.vendor != "sqlite":
        yield
        return

    def spare(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
        for name, value in _SPARING.items():
            _set(connection, name, value)

    before = {name: _set(connection, name, value) for name, value in _SPARING.items()}
    # Before a fork the connection is closed, and the one that is opened next would keep all the pages of a server.
    connection_created.connect(spare, weak=False)
    try:
        yield
    finally:
        connection_created.disconnect(spare)
        for name, value in before.items():
            _set(connection, name, value)


def _set(connection: BaseDatabaseWrapper, name: str, value: int) -> int:
    """Set a PRAGMA that holds a number; returns what it was."""
    with connection.cursor() as cursor:
        row = cursor.execute(f"PRAGMA {name}").fetchone()
        cursor.execute(f"PRAGMA {name}={value:d}")
    return int(row[0]) if row else 0  # a database in memory has nothing to map


def count_anew() -> None:
    """Let SQLite see how full its tables are now, where they grew much: by that it chooses the index of a query.

    Nothing for other databases, which do so by themselves. The limit is that of SQLite's own advice (sqlite.org/lang_analyze):
    it looks at so many rows of an index and is done in a moment, whatever the size of the table. What was imported stays
    imported where another writer or a full disk forbids it: the next import counts.
    """
    if connection.vendor != "sqlite":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=400")
            cursor.execute("PRAGMA optimize")
    except OperationalError as error:
        log.warning("SQLite did not count its tables after the import: %s", error)


def give_back() -> None:
    """Return to the system what was freed and the C library keeps; where it is another than glibc, it sees to that itself."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
