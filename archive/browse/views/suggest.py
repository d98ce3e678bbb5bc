"""Suggestions while typing, as browsers ask for them (OpenSearch Suggestions 1.1)."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.search.suggestions import Suggestion
from archive.search.suggestions import suggest as suggestions


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """[what was typed, queries, a note for each]. Not kept by caches for long: a piece may be withdrawn."""
    typed = request.GET.get("q", "").replace("\0", "")
    found = suggestions(typed)
    body = [typed, [one.query for one in found], [_note(one) for one in found]]
    response = JsonResponse(body, safe=False, content_type="application/x-suggestions+json; charset=utf-8")
    response["Cache-Control"] = "private, max-age=60"
    response["X-Robots-Tag"] = "noindex"
    return response


def _note(one: Suggestion) -> str:
    kinds = {"word": _("词"), "place": _("地区"), "outlet": _("来源"), "title": _("标题")}
    count = _("%(count)d 篇") % {"count": one.articles} if one.articles else ""
    return " ".join(filter(None, [kinds[one.kind], count]))
