"""Throttled logins: django-axes, given keyed hashes in place of names and addresses, and nothing else of the client."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from ipaddress import IPv6Address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ..views.page import page
from .clients import client_key, keyed

#: fd00::/8, addresses that no network on the internet has (RFC 4193): the column takes addresses only.
_LOCAL = b"\xfd"


def hashed_address(request: HttpRequest) -> str:
    """15 bytes of the client's keyed hash, in the form of an address (AXES_CLIENT_IP_CALLABLE)."""
    return str(IPv6Address(_LOCAL + client_key(request)[:15]))


def hashed_name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The keyed hash of the name that was tried (AXES_USERNAME_CALLABLE)."""
    typed = (credentials or {}).get("username") or request.POST.get("username") or ""
    return keyed("name", unicodedata.normalize("NFKC", str(typed))).hex()


def unnamed(*_told: Any) -> str:
    """How the log calls a client (AXES_CLIENT_STR_CALLABLE)."""
    return "a client"


class KeyedHandler(AxesDatabaseHandler):
    """Counts failures by the two hashes; what else axes would write down of a client is left empty."""

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        if request is not None:
            request.axes_user_agent = request.axes_path_info = request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **kwargs)

    def post_save_access_attempt(self, instance: AccessAttempt, **kwargs: Any) -> None:
        """Within the transaction that wrote them."""
        AccessAttempt.objects.filter(pk=instance.pk).update(get_data="", post_data="")


def locked_out(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """429 with a sentence and Retry-After (AXES_LOCKOUT_CALLABLE)."""
    sentence = _("登录失败次数过多，请在一小时后再试。")
    refusal = page(request, "browse/error.html", {"status": 429, "sentence": sentence}, status=429, index=False)
    refusal["Retry-After"] = str(settings.AXES_COOLOFF_TIME * 3600)
    return refusal
