"""The cluster: its addresses, its client, and the one error that stands for every failure of it."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as NoConnection
from opensearchpy.exceptions import NotFoundError, TransportError

log = logging.getLogger(__name__)
T = TypeVar("T")

#: Seconds for one answer, and for one bulk of writes.
PATIENCE, PATIENCE_OF_WRITES = 20, 120
#: What a node says that cannot take a request just now.
_PASSING = (429, 502, 503, 504)


class Unreachable(OSError):
    """No node of the cluster answers, or not all shards have a living copy: nothing can be searched or written now."""


def alias() -> str:
    """The name under which the present index is read and written (SEARCH_INDEX)."""
    name: str = settings.SEARCH_INDEX
    return name


def building() -> str:
    """The name of the index that is being built beside the present one, if any."""
    return f"{alias()}-building"


def client() -> OpenSearch:
    """The client of the hosts in SEARCH_URL; another host is asked when one fails."""
    return _client(settings.SEARCH_URL)


@functools.lru_cache(maxsize=4)
def _client(urls: str) -> OpenSearch:
    hosts = [urlsplit(url.strip()) for url in urls.split(",") if url.strip()]
    return OpenSearch(
        [_host(one) for one in hosts],
        timeout=PATIENCE,
        retry_on_timeout=True,
        retry_on_status=_PASSING,
        max_retries=max(3, 2 * len(hosts)),
    )


def _host(url: Any) -> dict[str, Any]:
    host = {"host": url.hostname, "port": url.port or 9200, "use_ssl": url.scheme == "https"}
    return host | ({"http_auth": (url.username, url.password or "")} if url.username else {})


def reaching(ask: Callable[[], T]) -> T:
    """What `ask` gives; Unreachable where no node could answer. Errors of a request itself pass as they are."""
    try:
        return ask()
    except NoConnection as error:
        raise Unreachable(str(error)) from error
    except TransportError as error:
        if error.status_code in _PASSING:
            raise Unreachable(str(error)) from error
        raise


def there_is(name: str) -> bool:
    """Whether an index or alias has this name."""
    return bool(reaching(lambda: client().indices.exists(index=name)))


def indices_of(name: str) -> list[str]:
    """The indices behind an alias, none where there is no such alias."""
    try:
        return sorted(reaching(lambda: client().indices.get_alias(name=name)))
    except NotFoundError:
        return []
