"""Stopping a daily mail from the mail itself, without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..digests import of_token, told_none
from ..models import Digest
from .page import page


@csrf_exempt  # programs of mail post here by themselves (RFC 8058); the signed address is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops: a program that only looks at links stops nothing."""
    digest = of_token(token)
    if digest is None:
        raise Http404(told_none())
    if request.method == "POST":
        Digest.objects.filter(pk=digest.pk).update(active=False)
        digest.active = False
    response = page(request, "browse/stop.html", {"digest": digest}, index=False)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
