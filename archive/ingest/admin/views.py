"""Pages of the upload flow. They translate requests to the services and back; the services decide."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.catalog.models import Outlet
from archive.ingest import report, services
from archive.ingest.limits import PIECES_PER_REQUEST
from archive.ingest.models import MAKING, BatchState, ImportBatch, Outcome
from archive.ingest.readers import bounds

from .forms import ACCEPTED, UploadForm
from .presenting import shown

PER_PAGE = 20
OUTLETS_OFFERED = 300


def _require(request: HttpRequest, permission: str) -> User:
    if not isinstance(request.user, User) or not request.user.has_perm(f"ingest.{permission}"):
        raise PermissionDenied
    return request.user


def _page(request: HttpRequest, template: str, **context: Any) -> TemplateResponse:
    opts = ImportBatch._meta
    return TemplateResponse(
        request, f"admin/ingest/{template}", {**admin.site.each_context(request), "opts": opts, **context}
    )


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form; what it brings is received and checked, and nothing is imported."""
    user = _require(request, "add_importbatch")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = services.receive(
            files=form.received(),
            source=ImportBatch.Source.UPLOAD,
            name=form.cleaned_data["name"],
            by=user,
            outlet=form.cleaned_data["default_outlet"],
            publish=form.cleaned_data["publish"],
        )
        services.check(batch, limit=PIECES_PER_REQUEST)
        return redirect(batch)
    return _page(
        request,
        "upload.html",
        title=_("上传文章"),
        form=form,
        typing=any(name in form.errors for name in ("title", "body", "published", "source_url")),
        outlets=Outlet.objects.values_list("name", flat=True)[:OUTLETS_OFFERED],
        limit_mb=settings.UPLOAD_LIMIT // 2**20,
        pieces=PIECES_PER_REQUEST,
        most_files=settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        page_mb=bounds.PAGE_LIMIT // 2**20,
        accepted=ACCEPTED.replace(",", " "),
    )


@require_GET
def batch_page(request: HttpRequest, token: str) -> HttpResponse:
    """Where a batch stands: its preview, its progress, or what it made."""
    user = _require(request, "view_importbatch")
    batch = get_object_or_404(ImportBatch.objects.select_related("created_by"), token=token)
    counts = report.counts(batch)
    show = request.GET.get("show", "")
    rows = batch.rows.select_related("article__current_version", "twin__current_version")
    if show in Outcome.values:
        rows = rows.filter(outcome=show)
    page = Paginator(rows.order_by("number"), PER_PAGE).get_page(request.GET.get("page"))
    making = sum(counts[outcome] for outcome in MAKING)
    return _page(
        request,
        "batch.html",
        title=batch.name,
        batch=batch,
        files=list(batch.files.all()),
        show=show if show in Outcome.values else "",
        tabs=[(outcome.value, outcome.label, counts[outcome]) for outcome in Outcome if counts[outcome]],
        total=sum(counts.values()),
        making=making,
        made=batch.rows.filter(done=True).count(),
        page=page,
        shown=[shown(row) for row in page],
        open_details=making == 1,
        is_open=batch.state in (BatchState.RECEIVED, BatchState.CHECKED, BatchState.FAILED),
        can_confirm=user.has_perm("ingest.confirm_importbatch"),
        can_cancel=_may_cancel(user, batch),
        can_undo=user.has_perm("ingest.undo_importbatch"),
    )


@require_POST
def check_batch(request: HttpRequest, token: str) -> HttpResponse:
    """Check again what an interrupted request left unchecked."""
    _require(request, "add_importbatch")
    batch = get_object_or_404(ImportBatch, token=token)
    try:
        services.check(batch, limit=PIECES_PER_REQUEST)
    except services.BatchRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(batch)


@require_POST
def confirm_batch(request: HttpRequest, token: str) -> HttpResponse:
    """Make the articles; after an interruption, go on."""
    _require(request, "confirm_importbatch")
    batch = get_object_or_404(ImportBatch, token=token)
    try:
        services.confirm(batch)
    except services.BatchRefused as refusal:
        messages.error(request, str(refusal))
    else:
        made = batch.rows.filter(done=True).count()
        messages.success(request, ngettext("已导入 %(made)d 篇。", "已导入 %(made)d 篇。", made) % {"made": made})
    return redirect(batch)


@require_POST
def cancel_batch(request: HttpRequest, token: str) -> HttpResponse:
    """Let go of a batch that is not confirmed."""
    user = _require(request, "view_importbatch")
    batch = get_object_or_404(ImportBatch, token=token)
    if not _may_cancel(user, batch):
        raise PermissionDenied
    try:
        services.cancel(batch)
    except services.BatchRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(batch)
    messages.success(request, _("已取消“%(name)s”，没有导入任何内容，收到的文件已删除。") % {"name": batch.name})
    return redirect("admin:ingest_importbatch_changelist")


@require_http_methods(["GET", "POST"])
def undo_batch(request: HttpRequest, token: str) -> HttpResponse:
    """What would go and what would stay; on POST, do it."""
    _require(request, "undo_importbatch")
    batch = get_object_or_404(ImportBatch, token=token)
    if request.method == "GET":
        return _page(
            request,
            "undo.html",
            title=_("撤销“%(name)s”") % {"name": batch.name},
            batch=batch,
            plan=services.plan_undo(batch),
        )
    try:
        result = services.undo(batch)
    except services.BatchRefused as refusal:
        messages.error(request, str(refusal))
    else:
        numbers = {"go": len(result.go), "stay": len(result.stay)}
        messages.success(request, _("已撤销：删除 %(go)d 条，保留 %(stay)d 条。") % numbers)
    return redirect(batch)


def _may_cancel(user: User, batch: ImportBatch) -> bool:
    return user.has_perm("ingest.confirm_importbatch") or batch.created_by_id == user.pk
