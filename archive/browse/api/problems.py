"""What went wrong, for programs: application/problem+json (RFC 9457) with a sentence for the person behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, gettext_lazy, gettext_noop
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

from ..context import TAGS

MEDIA_TYPE = "application/problem+json"

#: Kind → what it is, in a few words. The kind stands at the end of `type` and is promised to stay.
KINDS: dict[str, str] = {
    "unreadable-query": gettext_noop("检索式无法读懂"),
    "bad-parameter": gettext_noop("参数不对"),
    "unknown-parameter": gettext_noop("没有这个参数"),
    "bad-cursor": gettext_noop("续读记号不对"),
    "not-found": gettext_noop("没有找到"),
    "gone": gettext_noop("已撤下"),
    "method-not-allowed": gettext_noop("只供读取"),
    "too-many-requests": gettext_noop("请求过于频繁"),
    "busy": gettext_noop("暂时没有空"),
    "too-long": gettext_noop("检索用时过长"),
}
READ_ONLY = gettext_lazy("接口只供读取：请用 GET。")


class Problem(Exception):
    """An answer that is none: its kind (of KINDS), its status, its sentence, and further members."""

    def __init__(self, kind: str, status: int, sentence: str, **members: Any) -> None:
        super().__init__(sentence)
        self.kind, self.status, self.sentence, self.members = kind, status, sentence, members


def bad_parameter(name: str, sentence: str) -> Problem:
    """A parameter that cannot be taken as it was typed."""
    return Problem("bad-parameter", 400, sentence, parameter=name)


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    body = {
        **problem.members,
        "type": f"/api/#problem-{problem.kind}",
        "title": _(KINDS[problem.kind]),
        "status": problem.status,
        "detail": problem.sentence,
        "instance": request.path,
    }
    return JsonResponse(body, status=problem.status, content_type=MEDIA_TYPE, json_dumps_params={"ensure_ascii": False})


def asked_of_interface(request: HttpRequest) -> bool:
    """Whether a program asks, wherever the site stands."""
    return request.path_info.startswith("/api/v1/")


def openly(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """An answer of the interface: in the language of its asker, readable from pages of other sites, and in no index."""
    with translation.override(get_language_from_request(request)):
        response = answer()
        response["Content-Language"] = TAGS.get(translation.get_language() or "", "zh-Hans")
    patch_vary_headers(response, ["Accept-Language"])
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


def of_validation(error: ValidationError) -> Problem:
    """The first parameter that could not be read, by name; what it may be stands in the description of the interface."""
    first = error.errors[0] if error.errors else {}
    name = str(next((part for part in reversed(first.get("loc", ())) if isinstance(part, str)), ""))
    limits = first.get("ctx", {})
    if "le" in limits or "ge" in limits:
        bound = limits.get("le", limits.get("ge"))
        word = _("最大是 %(bound)s") if "le" in limits else _("最小是 %(bound)s")
        return bad_parameter(name, _("参数“%(name)s”超出范围：") % {"name": name} + word % {"bound": bound} + _("。"))
    return bad_parameter(name, _("参数“%(name)s”的值无法读懂；它可以是什么，见接口说明。") % {"name": name})
