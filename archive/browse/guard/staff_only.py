"""Sessions, users and messages are for those who sign in: a reader's request on a reader's page passes by."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

from ..addresses import for_staff


class _StaffOnly(MiddlewareMixin):
    """Stands before one of Django's own. Without the cookie of a session, and off the staff's pages, nobody is signed in."""

    def __call__(self, request: HttpRequest) -> Any:
        if settings.SESSION_COOKIE_NAME in request.COOKIES or for_staff(request):
            return super().__call__(request)
        return self.get_response(request)


class Sessions(_StaffOnly, SessionMiddleware):
    """`request.session`."""


class Users(_StaffOnly, AuthenticationMiddleware):
    """`request.user`."""


class Messages(_StaffOnly, MessageMiddleware):
    """What the staff is told once."""
