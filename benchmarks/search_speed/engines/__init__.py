"""One module an engine; each has `Engine(folder)` with `build(rows)`, `open()`, `run(query) -> (total, keys)`."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ..corpus import Passage
from ..queries import Query

NAMES = ("ours", "tantivy", "xapian", "fts5", "stock")

#: Peers that are only measured up to so many articles.
SMALL, MOST = ("stock",), 20_000


class Engine(Protocol):
    """`version` names the peer's release; its index is kept by version and corpus."""

    version: str

    def __init__(self, folder: Path) -> None: ...

    def build(self, rows: Sequence[Passage]) -> None: ...

    def open(self) -> None: ...

    def run(self, query: Query) -> tuple[int, list[int]]:
        """Total and the keys of one page of 20, from query.offset."""
        ...


class NotPresent(Exception):
    """The peer is not installed here; the sentence says what to install."""


def load(name: str) -> type[Engine]:
    module = importlib.import_module(f"{__name__}.{name}")
    engine: type[Engine] = module.Engine
    return engine
