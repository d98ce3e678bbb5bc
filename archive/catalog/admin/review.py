"""The review queue as a page of plain forms: accept, correct or clear each field, by keyboard, also without script."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..errors import CatalogError
from ..fields import FIELDS, field_label
from ..models import Doubt
from ..reviewing import decide, decide_many, open_doubts, passage_of
from ..rule_words import rule_words
from .asking import staff
from .read_only import ReadOnlyAdmin

PER_PAGE = 20


@admin.register(Doubt)
class DoubtAdmin(ReadOnlyAdmin):
    """The list of this model is the queue itself."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("decide/", wrap(require_POST(self.decide_selected)), name="catalog_doubt_decide_selected"),
            path("<int:key>/decide/", wrap(require_POST(self.decide_one)), name="catalog_doubt_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        waiting = open_doubts()
        counts = dict(waiting.order_by().values_list("field").annotate(Count("pk")).order_by("field"))
        field = request.GET.get("field", "")
        if field in counts:
            waiting = waiting.filter(field=field)
        page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("待核项目"),
            "opts": self.model._meta,
            "page": page,
            "items": _items(list(page)),
            "field": field if field in counts else "",
            "tabs": [(name, _label(name), count) for name, count in counts.items()],
            "total": sum(counts.values()),
            "may_decide": _may_decide(request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/catalog/review.html", context)

    def decide_one(self, request: HttpRequest, key: int) -> HttpResponse:
        """One decision; back to the queue, where the next one stands in its place."""
        _demand(request)
        doubt = get_object_or_404(Doubt.objects.select_related("version__article"), pk=key)
        post = request.POST
        try:
            if doubt.verdict:
                raise CatalogError(_("这一项别人刚刚核过了：%(verdict)s。") % {"verdict": doubt.get_verdict_display()})
            act = post.get("act", "enter")
            done = decide(
                doubt=doubt,
                by=staff(request),
                act="correct" if act == "enter" else act,
                typed=post.get("value", ""),
                reason=post.get("reason", ""),
                seen=_number(post.get("seen", "")),
            )
        except CatalogError as error:
            messages.error(request, f"{doubt.version.article.public_id}：{error}")
        else:
            messages.success(request, f"{_label(doubt.field)}：{Doubt.Verdict(done).label}")
        return redirect(_back(request))

    def decide_selected(self, request: HttpRequest) -> HttpResponse:
        """One decision for all that were ticked."""
        _demand(request)
        chosen: dict[int, int | None] = {}
        for ticked in request.POST.getlist("doubt"):
            key, _colon, seen = ticked.partition(":")
            if key.isdecimal():
                chosen[int(key)] = _number(seen)
        doubts = open_doubts().filter(pk__in=chosen)
        count = len(doubts)
        act = request.POST.get("act", "")
        if act not in ("accept", "unknown") or not count:
            messages.warning(request, _("没有选中待核的项目。"))
            return redirect(_back(request))
        refused = decide_many(
            doubts=[(doubt, chosen[doubt.pk]) for doubt in doubts],
            by=staff(request),
            act=act,
            reason=request.POST.get("reason", ""),
        )
        for sentence in refused:
            messages.error(request, sentence)
        messages.success(request, _("已核 %(count)d 项。") % {"count": count - len(refused)})
        return redirect(_back(request))


def _items(doubts: list[Doubt]) -> list[dict[str, Any]]:
    """The doubts with the key of the one that is looked at next, "" where there is none."""
    keys = [str(doubt.pk) for doubt in doubts]
    return [_item(doubt) | {"next": key} for doubt, key in zip(doubts, [*keys, ""][1:], strict=True)]


def _item(doubt: Doubt) -> dict[str, Any]:
    field = FIELDS.get(doubt.field)
    version = doubt.version
    now = field.words(field.read(version)) if field else doubt.value
    return {
        "doubt": doubt,
        "version": version,
        "article": version.article,
        "label": _label(doubt.field),
        "now": now,
        "can_correct": field is not None,
        "percent": round(doubt.confidence * 100),
        "rule": rule_words(doubt.evidence.rule) if doubt.evidence else "",
        "when": version.published.replace("T", " ")[:16],
        "passage": passage_of(doubt.evidence, version),
    }


def _label(name: str) -> str:
    return field_label(name)


def _may_decide(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.has_perm("catalog.change_version")


def _demand(request: HttpRequest) -> None:
    if not _may_decide(request):
        raise PermissionDenied


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _back(request: HttpRequest) -> str:
    query, following = request.POST.get("back", ""), request.POST.get("next", "")
    base = reverse("admin:catalog_doubt_changelist")
    place = f"#d{following}" if following.isdecimal() else ""
    return f"{base}?{query}{place}" if query and "\n" not in query else base + place
