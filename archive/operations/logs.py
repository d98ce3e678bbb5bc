"""Lines of the log, plain or JSON. No address of a reader, no words that one asked, no name of a user stands in them.

What an exception says may repeat what a reader typed: of one that ended a request its type and its place in the code
are written, not its words.
"""

from __future__ import annotations

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

#: The id of the request that is being answered; "" outside of one.
request_id: ContextVar[str] = ContextVar("request_id", default="")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Plain(logging.Formatter):
    """One line for people: time, level, where, what."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatException(self, ei: ExcInfo) -> str:  # the name is Python's
        return wordless(ei[1]) if request_id.get() and ei[1] is not None else super().formatException(ei)


class JsonLines(Plain):
    """One JSON object a line: time (UTC), level, logger, message, and of a request its id, view, status and ms."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
        }
        of_request: dict[str, Any] | None = getattr(record, "request_told", None)
        if of_request is None:
            told["message"] = record.getMessage()
        if name := request_id.get():
            told["request_id"] = name
        told |= of_request or {}
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def wordless(error: BaseException) -> str:
    """Types and places of an exception and of those behind it, without their words."""
    told: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        frames = "".join(traceback.format_tb(one.__traceback__))
        told.append(f"Traceback (most recent call last):\n{frames}{type(one).__module__}.{type(one).__qualname__}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\n".join(reversed(told))
