"""How long one search may take: a budget that its steps look at, so that no question holds the site for ever."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: When the running search must have ended, in seconds of the monotonic clock.
_until: ContextVar[float] = ContextVar("search_until", default=math.inf)


class SearchTooLong(Exception):
    """The budget was spent before the search had ended. Nothing of it is kept."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Searches within the block may take so many seconds together; 0 for as long as they like (commands)."""
    token = _until.set(time.monotonic() + seconds if seconds else math.inf)
    try:
        yield
    finally:
        _until.reset(token)


def begin(seconds: float) -> None:
    """From now on, until the end of the budget around it."""
    _until.set(time.monotonic() + seconds)


def spend() -> None:
    """Called between the steps of a search: a term, a facet, a few articles. Raises SearchTooLong."""
    if time.monotonic() > _until.get():
        raise SearchTooLong
