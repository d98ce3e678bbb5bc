"""Every address of the site, found by walking the patterns."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern


def walk(patterns: object = None, space: str = "", route: str = "") -> Iterator[tuple[str, str]]:
    """Name (with its namespaces; the route where a pattern has none) and route of each pattern, in order."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        text = "" if isinstance(one.pattern, LocalePrefixPattern) else str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from walk(one.url_patterns, inner, route + text)
        elif isinstance(one, URLPattern):
            yield (f"{space}{one.name}" if one.name else route + text), route + text
