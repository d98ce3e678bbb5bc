"""What no address of this site holds, refused before any view; and the language of those that carry none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix, reverse
from django.utils import translation


@cache
def _staff() -> str:
    """Where the pages of the staff begin, seen from the place of the site."""
    return "/" + reverse("admin:index").removeprefix(get_script_prefix())


def for_staff(request: HttpRequest) -> bool:
    """Whether it asks for a page of the staff, wherever the site stands."""
    return request.path_info.startswith(_staff())


class NulRefusal:
    """A NUL in a path names nothing (404); among the parameters of a staff page it is no value (400).

    PostgreSQL cannot even compare with such a text, and the admin hands its parameters to the database as they come.
    Readers' pages read each parameter themselves and answer with a sentence.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        if for_staff(request) and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in a parameter")
        return self.get_response(request)


class StaffLanguage:
    """Staff pages carry no language in their address: they are in that of the browser, Chinese where it asks for none of ours.

    Stands below LocaleMiddleware, which gives every address without a prefix the first language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if for_staff(request):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
