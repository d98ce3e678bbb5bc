"""The door for harvesters (OAI-PMH), by GET and by POST as the protocol asks."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..harvest.oai_answer import answer, refusal
from ..harvest.oai_request import OaiError, read


@csrf_exempt  # it changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    address = settings.SITE_URL + reverse("oai")
    pairs: dict[str, list[str]] = {}
    try:
        pairs = _pairs(request)
        body = answer(read(pairs), address)
    except OaiError as error:
        body = refusal(error, address, {name: values[0] for name, values in pairs.items() if values})
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def _pairs(request: HttpRequest) -> dict[str, list[str]]:
    """Name → values. More arguments than the site reads are an error of the protocol too."""
    try:
        return dict((request.POST if request.method == "POST" else request.GET).lists())
    except (BadRequest, SuspiciousOperation) as error:
        raise OaiError("badArgument", "there are too many arguments, or they cannot be read") from error
