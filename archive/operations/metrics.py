"""The metrics of the site in the text format of Prometheus, to whom the setting METRICS lets in."""

from __future__ import annotations

from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, REGISTRY, CollectorRegistry, generate_latest, multiprocess

from . import counters
from .gauges import Gauges
from .observing import from_this_host


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """404 when METRICS is off, or loopback and the request comes from elsewhere; 401 without the token it asks for."""
    if settings.METRICS == "token":
        if not _knows_token(request):
            refused = HttpResponse("The token of METRICS_TOKEN is needed.\n", status=401, content_type="text/plain")
            refused["WWW-Authenticate"] = "Bearer"
            return refused
    elif settings.METRICS != "loopback" or not from_this_host(request):
        raise Http404
    response = HttpResponse(exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    response["Cache-Control"] = "no-store"
    return response


def _knows_token(request: HttpRequest) -> bool:
    kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
    return kind == "Bearer" and compare_digest(token.strip().encode(), settings.METRICS_TOKEN.encode())


def exposition() -> bytes:
    """All metrics: of every worker process where there are several, with the figures of this moment."""
    now = CollectorRegistry()
    now.register(Gauges())
    folder = settings.COUNTERS_DIR
    if folder is None:
        return generate_latest(REGISTRY) + generate_latest(now)
    counted = CollectorRegistry()
    collector: Any = multiprocess.MultiProcessCollector  # without types
    collector(counted, path=str(folder))
    with counters.reading(folder):
        told = generate_latest(counted)
    return told + generate_latest(now)
