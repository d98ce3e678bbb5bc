"""The description of the interface: for programs as OpenAPI 3.1, for people as a page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..api.described import described, operations, problem_kinds, schema_rows
from ..api.problems import Problem
from ..api.site import answered
from .page import page


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The description, OpenAPI 3.1."""
    response = JsonResponse(described(), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def interface(request: HttpRequest) -> HttpResponse:
    context = {
        "operations": operations(),
        "shapes": schema_rows(),
        "problems": problem_kinds(),
        "base": f"{settings.SITE_URL}/api/v1",
    }
    return page(request, "browse/api.html", context)


def _nothing(request: HttpRequest, rest: str) -> HttpResponse:
    raise Problem("not-found", 404, _("接口没有这个地址；有哪些，见接口说明。"))


nothing = answered(_nothing, None)
