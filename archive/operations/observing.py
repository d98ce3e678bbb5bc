"""The outermost middleware: each request gets an id, is counted and timed, and leaves one line in the log."""

from __future__ import annotations

import ipaddress
import logging
import re
import secrets
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from . import measures
from .logs import request_id

log = logging.getLogger("archive.requests")

HEADER = "X-Request-ID"
_AS_GIVEN = "HTTP_X_REQUEST_ID"
#: No header can be called so.
FROM_HERE = "archive.from_this_host"
#: What a proxy may call a request (nginx: 32 hexadecimal digits).
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
#: Asked all day long by monitors.
_UNSAID = frozenset({"healthz", "readyz", "metrics", "static"})


class Observing:
    """Stands before everything else, so that what other middleware answers is counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Before a proxy's headers are taken from whom nobody trusts: they tell that there is one.
        request.META[FROM_HERE] = _from_this_host(request)
        name = given_id(request) or secrets.token_hex(16)
        token = request_id.set(name)
        began = time.perf_counter()
        queries = _Count()
        try:
            with connection.execute_wrapper(queries):
                response = self.get_response(request)
            response[HEADER] = name
            self._note(request, response, time.perf_counter() - began, queries.number)
            return response
        finally:
            request_id.reset(token)

    def _note(self, request: HttpRequest, response: HttpResponseBase, seconds: float, queries: int) -> None:
        view = view_of(request)
        measures.REQUESTS.labels(view, str(response.status_code)).inc()
        measures.SECONDS.labels(view).observe(seconds)
        measures.QUERIES.labels(view).observe(queries)
        if view in _UNSAID:
            return
        told: dict[str, Any] = {
            "method": request.method if request.method in _METHODS else "other",
            "view": view,
            "status": response.status_code,
            "ms": round(seconds * 1000, 1),
            "queries": queries,
        }
        if settings.LOG_USERS and (user := getattr(request, "user", None)) is not None and user.is_authenticated:
            told["user"] = user.get_username()
        level = logging.WARNING if response.status_code >= 500 else logging.INFO
        sentence = " ".join(f"{key}={value}" for key, value in told.items())
        log.log(level, sentence, extra={"request_told": told})


_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


class _Count:
    """Counts queries (a wrapper as Django's `execute_wrapper` takes it)."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], *told: Any) -> Any:
        self.number += 1
        return execute(*told)


def view_of(request: HttpRequest) -> str:
    """The name of the page that answered: of addresses.py and the admin, else of the function; few and fixed.

    "static" for files of the site, "unmatched" for what no address names, or what was refused before that was known.
    """
    match = request.resolver_match
    if match is None:
        return "static" if request.path.startswith(settings.STATIC_URL) else "unmatched"
    return match.view_name.rpartition(".")[2] if match.url_name is None else match.view_name


def given_id(request: HttpRequest) -> str:
    """The id that a trusted proxy gave the request; "" for none, or from anybody else."""
    given = request.META.get(_AS_GIVEN, "")
    return given if _ID.fullmatch(given) and from_trusted_proxy(request) else ""


def from_trusted_proxy(request: HttpRequest) -> bool:
    """Whether whoever speaks to this process is one of TRUSTED_PROXIES, or in one of its networks."""
    try:
        peer = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(peer in ipaddress.ip_network(one) for one in settings.TRUSTED_PROXIES)


def from_this_host(request: HttpRequest) -> bool:
    """Whether the request comes from this host itself, and through no proxy on it."""
    return bool(request.META.get(FROM_HERE))


def _from_this_host(request: HttpRequest) -> bool:
    told = request.META
    if "HTTP_X_FORWARDED_FOR" in told or "HTTP_FORWARDED" in told or "HTTP_VIA" in told or "HTTP_X_REAL_IP" in told:
        return False
    return _is_loopback(told.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=64)
def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
