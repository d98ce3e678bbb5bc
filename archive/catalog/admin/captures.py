"""Captures, their layers and repairs: looked at, never changed."""

from django.contrib import admin

from ..models import Capture, Repair, TextLayer
from .read_only import ReadOnlyAdmin, ReadOnlyInline


class LayerInline(ReadOnlyInline):
    model = TextLayer
    fields = ["kind", "encoding", "rules", "length", "sha256"]


class RepairInline(ReadOnlyInline):
    model = Repair
    fields = ["rule", "start", "end", "before", "after", "confidence", "state"]
    show_change_link = False


@admin.register(Capture)
class CaptureAdmin(ReadOnlyAdmin):
    list_display = ["original_name", "member", "media_type", "size", "source_url", "captured_at", "received_at"]
    list_filter = ["media_type", "restricted"]
    search_fields = ["sha256", "original_name", "member", "source_url"]
    date_hierarchy = "received_at"
    inlines = [LayerInline]


@admin.register(TextLayer)
class TextLayerAdmin(ReadOnlyAdmin):
    list_display = ["capture", "kind", "encoding", "rules", "length"]
    list_filter = ["kind", "encoding", "rules"]
    search_fields = ["sha256", "capture__sha256", "capture__original_name"]
    list_select_related = ["capture"]
    inlines = [RepairInline]


@admin.register(Repair)
class RepairAdmin(ReadOnlyAdmin):
    list_display = ["layer", "rule", "start", "before", "after", "confidence", "state"]
    list_filter = ["rule", "state"]
    search_fields = ["before", "after"]
    list_select_related = ["layer__capture"]
