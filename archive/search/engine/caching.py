"""A cache bounded in bytes: of what stands in the index (postings, columns), never of answers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class BoundedCache:
    """Keeps what was used last, up to `limit` bytes of arrays. One generation of the index has one."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._items: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under `key`, made when it is not held."""
        held = self._items.get(key)
        if held is not None:
            try:  # noqa: SIM105 - a third of the time
                self._items.move_to_end(key)
            except KeyError:  # it was thrown out meanwhile
                pass
            return held[0]
        value = make()
        size = _bytes(value)
        if size <= self.limit // 4:
            with self._lock:
                if key not in self._items:
                    self._items[key] = (value, size)
                    self.size += size
                while self.size > self.limit:
                    _key, (_value, freed) = self._items.popitem(last=False)
                    self.size -= freed
        return value

    def holds(self, key: Hashable) -> bool:
        with self._lock:
            return key in self._items


def _bytes(value: Any) -> int:
    size = 100
    for part in value if isinstance(value, tuple) else (value,):
        size += getattr(part, "nbytes", 0)
    return size
