"""The page of operations in the admin, and its buttons. For administrators alone (`journal.operate`)."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from archive.journal.models import Kind

from . import background, overview, readiness
from .told_settings import told_settings


@staff_member_required
@require_safe
@never_cache
@permission_required("journal.operate", raise_exception=True)
def operations(request: HttpRequest) -> HttpResponse:
    """How the site stands: everything that an operator would ask for, on one page."""
    names = {"database": _("数据库"), "migrations": _("数据库变更"), "index": _("检索索引"), "worker": _("后台进程")}
    context = {
        **admin.site.each_context(request),
        "title": _("运行状况"),
        "findings": [(names[one.name], one) for one in readiness.findings()],
        "index": overview.index(),
        "upkeep": overview.upkeep(),
        "tasks": overview.tasks(),
        "storage": overview.storage(),
        "batches": overview.batches(),
        "told": told_settings(),
    }
    return TemplateResponse(request, "admin/operations/operations.html", context)


@staff_member_required
@require_POST
@permission_required("journal.operate", raise_exception=True)
def start(request: HttpRequest, kind: str) -> HttpResponse:
    """Put one of the safe pieces of upkeep into the queue, and go back to the page."""
    if kind not in background.SAFE:
        raise Http404(_("没有这项维护。"))
    chosen = Kind(kind)
    if background.start(chosen):
        messages.success(request, _("“%(name)s”已排入后台，做完后结果列在这里。") % {"name": chosen.label})
    else:
        messages.warning(request, _("“%(name)s”已在排队或进行中。") % {"name": chosen.label})
    return redirect("operations")
