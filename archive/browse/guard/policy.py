"""The Content-Security-Policy header: django-csp's, put together once where no page and no request changes it."""

from __future__ import annotations

from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

#: What decorators of django-csp leave on a response.
_CHANGED = ("_csp_exempt", "_csp_config", "_csp_update", "_csp_replace")


class ContentPolicy(CSPMiddleware):
    """The same header, in the order of its directives."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self._built: tuple[Any, str] = (None, "")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        held = vars(response)
        wanted = getattr(request, "_csp_nonce", None) or any(name in held for name in _CHANGED)
        if wanted or settings.DEBUG or HEADER in response or hasattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY"):
            return super().process_response(request, response)
        policy = settings.CONTENT_SECURITY_POLICY
        if self._built[0] is not policy:
            self._built = (policy, "; ".join(sorted(build_policy().split("; "))))
        response.headers[HEADER] = self._built[1]
        return response
