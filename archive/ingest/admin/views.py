"""Pages of the upload flow. They translate requests to the services and back; the services decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.catalog.models import Outlet
from archive.ingest import background, report, services
from archive.ingest.models import MAKING, OUTSTANDING, BatchState, ImportBatch, Outcome
from archive.ingest.readers import FIELDS, bounds

from .forms import ACCEPTED, UploadForm
from .presenting import FIELD_LABELS, shown

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
    """The form; what it brings is received, to be checked in the background."""
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
        background.enqueue(batch)
        return redirect(batch)
    return _page(
        request,
        "upload.html",
        title=_("上传文章"),
        form=form,
        typing=any(name in form.errors for name in ("title", "body", "published", "about", "source_url")),
        outlets=Outlet.objects.values_list("name", flat=True)[:OUTLETS_OFFERED],
        limit_mb=settings.UPLOAD_LIMIT // 2**20,
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
    files = list(batch.files.all())
    return _page(
        request,
        "batch.html",
        title=batch.name,
        batch=batch,
        files=files,
        fields=[(name, FIELD_LABELS.get(name, name)) for name in FIELDS],
        **_undone(batch),
        faulty=counts[Outcome.BAD] + counts[Outcome.SKIPPED],
        show=show if show in Outcome.values else "",
        tabs=[(outcome.value, outcome.label, counts[outcome]) for outcome in Outcome if counts[outcome]],
        total=sum(counts.values()),
        making=making,
        personal=batch.rows.filter(outcome__in=MAKING, personal=True).count(),
        **_progress(batch),
        page=page,
        shown=[shown(row) for row in page],
        columns_shown=batch.state == BatchState.CHECKED
        and any(not read for file in files for _name, read in file.columns),
        open_details=making == 1,
        is_open=batch.state in (BatchState.RECEIVED, BatchState.CHECKED, BatchState.FAILED),
        can_confirm=user.has_perm("ingest.confirm_importbatch"),
        can_cancel=_may_cancel(user, batch),
        can_undo=user.has_perm("ingest.undo_importbatch"),
    )


def _undone(batch: ImportBatch) -> dict[str, int]:
    """Of a batch that was undone: rows removed, rows kept, rows whose article had gone before."""
    if batch.state != BatchState.UNDONE:
        return {}
    before = services.gone_before(batch)
    kept = batch.rows.filter(done=True).count() - before
    return {"gone": services.removed(batch), "kept": kept, "before": before}


def _progress(batch: ImportBatch) -> dict[str, Any]:
    return {"progress": report.progress(batch), "made": batch.rows.filter(done=True).count()}


@require_GET
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """How far the background is, for the page that asks every two seconds; at the end it has itself loaded anew."""
    _require(request, "view_importbatch")
    batch = get_object_or_404(ImportBatch, token=token)
    response = TemplateResponse(request, "admin/ingest/_progress.html", {"batch": batch, **_progress(batch)})
    if not batch.is_outstanding:
        response["HX-Refresh"] = "true"
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def not_imported(request: HttpRequest, token: str) -> StreamingHttpResponse:
    """The rows that gave no article, as a table with what stood in them."""
    _require(request, "view_importbatch")
    batch = get_object_or_404(ImportBatch, token=token)
    response = StreamingHttpResponse(report.table(batch), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="not-imported-{batch.token}.csv"'
    return response


@require_POST
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """Have the background go on with what was interrupted, also after it gave up."""
    _require(request, "add_importbatch")
    batch = get_object_or_404(ImportBatch, token=token, state__in=OUTSTANDING)
    services.try_again(batch)
    background.enqueue(batch)
    return redirect(batch)


@require_POST
def confirm_batch(request: HttpRequest, token: str) -> HttpResponse:
    """Have the articles made; after an interruption, go on."""
    _require(request, "confirm_importbatch")
    return _have(request, token, services.request_confirm)


@require_POST
def cancel_batch(request: HttpRequest, token: str) -> HttpResponse:
    """Let go of a batch that is not confirmed."""
    user = _require(request, "view_importbatch")
    if not _may_cancel(user, get_object_or_404(ImportBatch, token=token)):
        raise PermissionDenied
    return _have(request, token, services.request_cancel)


@require_POST
def remap_file(request: HttpRequest, token: str, position: int) -> HttpResponse:
    """Read the columns of a table as the editor says, and check the batch anew."""
    user = _require(request, "add_importbatch")
    batch = get_object_or_404(ImportBatch, token=token)
    if not _may_cancel(user, batch):
        raise PermissionDenied
    file = get_object_or_404(batch.files, position=position)
    chosen = [request.POST.get(f"column-{place}", "") for place in range(len(file.columns))]
    return _have(request, token, lambda batch: services.remap(batch, file=file, mapping=chosen))


def _have(request: HttpRequest, token: str, mark: Callable[[ImportBatch], None]) -> HttpResponse:
    """Mark a batch for a step and have the background do it."""
    batch = get_object_or_404(ImportBatch, token=token)
    try:
        mark(batch)
    except services.BatchRefused as refusal:
        messages.error(request, str(refusal))
    else:
        background.enqueue(batch)
    return redirect(batch)


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
    return _have(request, token, services.request_undo)


def _may_cancel(user: User, batch: ImportBatch) -> bool:
    return user.has_perm("ingest.confirm_importbatch") or batch.created_by_id == user.pk
