"""What stands at the address of a piece that was taken down: that it was, when, and why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.catalog.models import Takedown

from ..citations.styles import withdrawn
from ..printed_dates import day_in_words
from ..selectors.articles import Tombstone
from .page import page


def tombstone(request: HttpRequest, found: Tombstone) -> HttpResponse:
    """410 Gone, with the reason; nothing of the text, not even its title."""
    takedown = found.takedown
    day = timezone.localtime(takedown.at).date()
    kinds = {
        Takedown.Kind.WITHDRAWN: _("本馆编辑撤回了这篇文章。"),
        Takedown.Kind.UNDONE: _("带来这篇文章的那次导入已被撤销。"),
        Takedown.Kind.ERASED: _("这篇文章已依法删除；本馆只留下原件的校验和、日期与理由。"),
    }
    context = {
        "public_id": takedown.public_id,
        "what": kinds[Takedown.Kind(takedown.kind)],
        "reason": takedown.reason,
        "day": day,
        "day_words": day_in_words(day),
        "citation": withdrawn(takedown.public_id, day.isoformat()),
    }
    return page(request, "browse/tombstone.html", context, status=410, index=False)
