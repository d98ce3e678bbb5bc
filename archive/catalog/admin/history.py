"""Evidence, revisions and tombstones: looked at, never changed."""

from django.contrib import admin

from ..models import Evidence, Revision, Takedown
from .read_only import ReadOnlyAdmin


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    list_display = ["version", "field", "value", "rule", "confidence", "basis"]
    list_filter = ["field", "basis", "rule"]
    search_fields = ["value", "text", "version__article__public_id"]
    list_select_related = ["version"]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["article", "field", "role", "at", "reason"]
    list_filter = ["field", "role"]
    search_fields = ["article__public_id", "reason"]
    list_select_related = ["article__current_version"]


@admin.register(Takedown)
class TakedownAdmin(ReadOnlyAdmin):
    list_display = ["public_id", "kind", "reason", "at", "lifted_at"]
    list_filter = ["kind"]
    search_fields = ["public_id", "reason"]
