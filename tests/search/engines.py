"""The engine under test: the one behind haystack."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable

from archive.search.records import Request, Response

_STANDS = importlib.util.find_spec("archive.search.engine") is not None

#: `archive.search.engine.evaluate`, or None while there is no engine.
ENGINE: Callable[[Request], Response] | None = (
    getattr(importlib.import_module("archive.search.engine"), "evaluate", None) if _STANDS else None
)
