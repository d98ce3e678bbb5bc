"""How every view answers: a page with its language, and what robots may do with it; or a sentence instead of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ..context import TAGS


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    index: bool = True,
) -> HttpResponse:
    """Render `template`. `index` False tells search engines to leave the page out, in its head and its header."""
    response = render(request, template, {**(context or {}), "robots_index": index}, status=status)
    response["Content-Language"] = TAGS.get(get_language() or "", "zh-Hans")
    if not index:
        response["X-Robots-Tag"] = "noindex"
    return response


def sentence(told: str, status: int = 400) -> HttpResponse:
    """A file that is not given: why, in plain text."""
    response = HttpResponse(told + "\n", status=status, content_type="text/plain; charset=utf-8")
    response["Content-Language"] = TAGS.get(get_language() or "", "zh-Hans")
    response["X-Robots-Tag"] = "noindex"
    return response
