"""Bodies: what a request may bring, enforced before a view or a parser reads any of it; none in an answer to HEAD."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ..addresses import for_staff
from ..context import PREFIXES, TAGS

MEGABYTE = 2**20
#: Bytes that a multipart form adds to the file itself.
FORM_ALLOWANCE = MEGABYTE
#: Bytes that a reader may send: the longest quotation to verify takes less.
READERS = MEGABYTE


class NoBodyToHead:
    """An answer to HEAD has the headers of that to GET, its length among them, and no body. Stands above whatever writes one.

    The server would drop the body too, but says so in the log each time; and what streams is not made for nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
            elif isinstance(response, HttpResponse):
                response.content = b""
        return response


class BodyLimit:
    """Refuse a body by its declared length (413), and one that declares none (411). Stands above CSRF, which would read it.

    Uploads are for those who are signed in; without the cookie of a session nobody may send more than a reader.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.META.get("HTTP_TRANSFER_ENCODING"):
            return self._refusal(request, 411)
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > self._most(request):
            return self._refusal(request, 413)
        return self.get_response(request)

    def _uploads(self, request: HttpRequest) -> bool:
        return for_staff(request) and settings.SESSION_COOKIE_NAME in request.COOKIES

    def _most(self, request: HttpRequest) -> int:
        return int(settings.UPLOAD_LIMIT) + FORM_ALLOWANCE if self._uploads(request) else READERS

    def _refusal(self, request: HttpRequest, status: int) -> HttpResponse:
        """A page of its own, in the language of the address: nothing above has looked at session or database yet."""
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            context = {
                "status": status,
                "tag": TAGS[language],
                "home": reverse("admin:index") if self._uploads(request) else PREFIXES[language] + "/",
                "sentence": self._sentence(request, status),
            }
            html = render_to_string("refused.html", context)
        refusal = HttpResponse(html, status=status)
        refusal["Content-Language"] = TAGS[language]
        refusal["X-Robots-Tag"] = "noindex"
        # What was not read must not be taken for the next request.
        refusal["Connection"] = "close"
        return refusal

    def _sentence(self, request: HttpRequest, status: int) -> str:
        if status == 411:
            return _("请求没有说明内容有多长，因此没有读取。请用网页上的表单提交。")
        if self._uploads(request):
            return _("文件过大：一次最多上传 %(limit)d MB。更大的文件请由管理员放进服务器上的文件夹再导入。") % {
                "limit": settings.UPLOAD_LIMIT // MEGABYTE
            }
        return _("提交的内容过大：这里最多接受 %(limit)d MB。") % {"limit": READERS // MEGABYTE}
