"""Addresses that monitors ask: is it alive, can it do its work?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from . import readiness


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" while this process answers requests. It asks nothing else: a database that is away must not have the
    process killed and started over and over."""
    return _kept_by_nobody(HttpResponse("ok\n", content_type="text/plain; charset=utf-8"))


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 "ready", or 503 with a sentence for each thing that is missing; as JSON to whoever accepts that first.

    The sentences are in the language that the request accepts, else the site's.
    """
    with translation.override(translation.get_language_from_request(request)):
        found = readiness.findings()
    missing = [one.sentence for one in found if not one.ok]
    status = 503 if missing else 200
    response: HttpResponse
    if _wants_json(request):
        told = {"ready": not missing, "missing": missing, "checks": {one.name: one.ok for one in found}}
        response = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    else:
        lines = missing or ["ready"]
        response = HttpResponse("\n".join([*lines, ""]), status=status, content_type="text/plain; charset=utf-8")
    if missing:
        response["Retry-After"] = "30"
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return _kept_by_nobody(response)


def _wants_json(request: HttpRequest) -> bool:
    if request.GET.get("format") == "json":
        return True
    return request.get_preferred_type(["text/plain", "application/json"]) == "application/json"


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
