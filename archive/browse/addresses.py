"""What no address of this site holds, refused before any view; and the language of those that carry none."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation


class NulRefusal:
    """A NUL in a path names nothing (404); among the parameters of a staff page it is no value (400).

    PostgreSQL cannot even compare with such a text, and the admin hands its parameters to the database as they come.
    Readers' pages read each parameter themselves and answer with a sentence.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.staff = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        if request.path.startswith(self.staff) and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in a parameter")
        return self.get_response(request)


class StaffLanguage:
    """Staff pages carry no language in their address: they are in that of the browser, Chinese where it asks for none of ours.

    Stands below LocaleMiddleware, which gives every address without a prefix the first language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.staff = reverse("admin:index")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(self.staff):
            translation.activate(translation.get_language_from_request(request))
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
