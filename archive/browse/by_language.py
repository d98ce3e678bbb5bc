"""Words and addresses that depend on the language of the page alone: put together once for each."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from django.urls import get_script_prefix
from django.utils.translation import get_language

P = ParamSpec("P")
T = TypeVar("T")


def by_language(make: Callable[P, T]) -> Callable[P, T]:
    """A function whose answer depends on its arguments and the active language: kept for both. Answers are shared, and not to be changed."""

    @lru_cache(maxsize=2048)
    def kept(_language: str | None, _above: str, *arguments: Hashable, **named: Hashable) -> T:
        return make(*arguments, **named)  # type: ignore[arg-type]

    @wraps(make)
    def asked(*arguments: P.args, **named: P.kwargs) -> T:
        return kept(get_language(), get_script_prefix(), *arguments, **named)  # type: ignore[arg-type]

    return asked
