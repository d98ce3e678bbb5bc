"""The engine under test: the one behind haystack, once it stands."""

from __future__ import annotations

from collections.abc import Callable

from archive.search import engine as engine_room
from archive.search.records import Request, Response

#: `archive.search.engine.evaluate`, or None while there is no engine.
ENGINE: Callable[[Request], Response] | None = getattr(engine_room, "evaluate", None)
