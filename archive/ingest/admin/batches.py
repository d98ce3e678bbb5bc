"""Batches and rows in the admin: a list, and the pages of the flow in place of a form."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.ingest.models import BatchState, ImportBatch, ImportFile, ImportRow

from . import views


class Untouched(admin.ModelAdmin):
    """Records that only the steps of an import write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ImportBatch)
class ImportBatchAdmin(Untouched):
    list_display = ["batch", "state_shown", "source", "made", "bad", "uploader", "created_at"]
    list_filter = ["state", "source"]
    search_fields = ["name", "token"]
    date_hierarchy = "created_at"
    list_per_page = 50
    list_display_links = None
    change_list_template = "admin/ingest/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with one button that removes the sample collection while there is one."""
        sample = None
        if request.user.has_perm("ingest.undo_importbatch"):
            sample = ImportBatch.objects.filter(source=ImportBatch.Source.SAMPLE, state=BatchState.DONE).first()
        return super().changelist_view(request, {**(extra_context or {}), "sample": sample})

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        counted = super().get_queryset(request).select_related("created_by")
        return counted.annotate(
            made_count=Count("rows", filter=Q(rows__done=True)), bad_count=Count("rows", filter=Q(rows__outcome="bad"))
        )

    @admin.display(description=_("批次"), ordering="name")
    def batch(self, batch: ImportBatch) -> SafeString:
        return format_html('<a href="{}">{}</a>', batch.get_absolute_url(), batch.name)

    @admin.display(description=_("状态"), ordering="state")
    def state_shown(self, batch: ImportBatch) -> SafeString:
        return format_html('<span class="state state-{}">{}</span>', batch.state, batch.get_state_display())

    @admin.display(description=_("写入"), ordering="made_count")
    def made(self, batch: ImportBatch) -> int:
        return int(getattr(batch, "made_count", 0))

    @admin.display(description=_("有误"), ordering="bad_count")
    def bad(self, batch: ImportBatch) -> int:
        return int(getattr(batch, "bad_count", 0))

    @admin.display(description=_("上传者"), ordering="created_by__username")
    def uploader(self, batch: ImportBatch) -> str:
        return batch.created_by.get_username() if batch.created_by else "—"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("upload/", wrap(views.upload), name="ingest_upload"),
            path("batch/<str:token>/", wrap(views.batch_page), name="ingest_batch"),
            path("batch/<str:token>/progress/", wrap(views.progress), name="ingest_progress"),
            path("batch/<str:token>/go-on/", wrap(views.go_on), name="ingest_go_on"),
            path("batch/<str:token>/columns/<int:position>/", wrap(views.remap_file), name="ingest_columns"),
            path("batch/<str:token>/report/", wrap(views.not_imported), name="ingest_report"),
            path("batch/<str:token>/confirm/", wrap(views.confirm_batch), name="ingest_confirm"),
            path("batch/<str:token>/cancel/", wrap(views.cancel_batch), name="ingest_cancel"),
            path("batch/<str:token>/undo/", wrap(views.undo_batch), name="ingest_undo"),
        ]
        return [*own, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect(get_object_or_404(ImportBatch, pk=object_id))


@admin.register(ImportRow)
class ImportRowAdmin(Untouched):
    list_display = ["__str__", "file", "item", "outcome", "problem", "done", "article"]
    list_filter = ["outcome", "done", "batch__source"]
    search_fields = ["file", "problem", "batch__name", "text_sha256", "source_url"]
    list_select_related = ["batch", "article__current_version"]
    list_per_page = 50


@admin.register(ImportFile)
class ImportFileAdmin(Untouched):
    list_display = ["name", "batch", "size", "sha256", "problem"]
    search_fields = ["name", "sha256", "batch__name"]
    list_select_related = ["batch"]
