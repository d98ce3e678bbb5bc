"""Limits on what a request may bring, enforced before a view or a parser sees it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

#: What a multipart form adds to the file itself.
FORM_ALLOWANCE = 2**20


class BodyLimitMiddleware:
    """Refuse a body by its declared length (413). Stands above CSRF, which would read the body.

    A body that declares none is not read at all: Django takes it for empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.UPLOAD_LIMIT + FORM_ALLOWANCE:
            return _refusal()
        return self.get_response(request)


def _refusal() -> HttpResponse:
    limit = settings.UPLOAD_LIMIT // 2**20
    sentence = _("文件过大：一次最多上传 %(limit)d MB。更大的文件请由管理员放进服务器上的文件夹再导入。") % {
        "limit": limit
    }
    refusal = HttpResponse(render_to_string("413.html", {"sentence": sentence}), status=413)
    refusal["Connection"] = "close"
    return refusal
