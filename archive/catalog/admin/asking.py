"""Actions that need a reason: a page asks for it and sends the same action again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ..models import Article
from ..reprints import states_of


def staff(request: HttpRequest) -> User:
    """The signed-in editor; the admin lets nobody else come here."""
    assert isinstance(request.user, User)
    return request.user


def ask_reason(
    model_admin: ModelAdmin,
    request: HttpRequest,
    *,
    action: str,
    title: str,
    explain: str,
    button: str,
    items: Iterable[tuple[int, str]],
    articles: Iterable[Article] = (),
    clusters: Iterable[int] = (),
    choices: Sequence[tuple[str, str]] = (),
    choice_label: str = "",
) -> HttpResponse | None:
    """The page that asks; None once the reason was sent (POST `reason`, and `choice` where there are any)."""
    if "reason" in request.POST:
        return None
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "explain": explain,
        "button": button,
        "action": action,
        "items": list(items),
        "seen": [(one.pk, one.changes) for one in articles],
        "states": sorted(states_of(clusters).items()),
        "choices": choices,
        "choice_label": choice_label,
        "opts": model_admin.model._meta,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/catalog/reason.html", context)


def seen_of(request: HttpRequest) -> dict[int, int]:
    """By article, how many changes it had when the page was shown."""
    pairs = (one.partition(":") for one in request.POST.getlist("seen"))
    return {int(key): int(count) for key, _colon, count in pairs if key.isdecimal() and count.isdecimal()}


def states_seen(request: HttpRequest) -> dict[int, str]:
    """By reprint cluster, its state when the page was shown (see `reprints.states_of`)."""
    pairs = (one.partition(":") for one in request.POST.getlist("state"))
    return {int(key): state for key, _colon, state in pairs if key.isdecimal()}
