"""Limits on what a request may bring, enforced before a view or a parser sees it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

#: What a multipart form adds to the file itself.
FORM_ALLOWANCE = 2**20


class BodyLimitMiddleware:
    """Refuse a body by its declared length (413). Stands above CSRF, which would read the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.UPLOAD_LIMIT + FORM_ALLOWANCE:
            sentence = _("文件过大：一次最多上传 %(limit)d MB。") % {"limit": settings.UPLOAD_LIMIT // 2**20}
            refusal = HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
            refusal["Connection"] = "close"
            return refusal
        return self.get_response(request)


class UploadLimitHandler(FileUploadHandler):
    """Count the bytes that really come: a chunked body declares no length."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_LIMIT:
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        return None
