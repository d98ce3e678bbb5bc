"""Memory that a process of an import can do without: pages of the database, and what the allocator holds back."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

#: What SQLite holds during an import: kilobytes of pages (written once or twice each), and bytes of its file
#: mapped into memory (none: they would count as memory of the process, up to the size of the database).
_SPARING = {"cache_size": -8_000, "mmap_size": 0}


@contextmanager
def few_pages() -> Iterator[None]:
    """SQLite keeps few pages in this block, and as many as before afterwards. Nothing for other databases."""
    if connection.vendor != "sqlite":
        yield
        return
    before = {name: _set(name, value) for name, value in _SPARING.items()}
    try:
        yield
    finally:
        for name, value in before.items():
            _set(name, value)


def _set(name: str, value: int) -> int:
    """Set a PRAGMA that holds a number; returns what it was."""
    with connection.cursor() as cursor:
        row = cursor.execute(f"PRAGMA {name}").fetchone()
        cursor.execute(f"PRAGMA {name}={value:d}")
    return int(row[0]) if row else 0  # a database in memory has nothing to map


def give_back() -> None:
    """Return to the system what was freed and the C library keeps; where it is another than glibc, it sees to that itself."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
