"""The daily mails of an editor, each editor's own alone."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest
from django.utils.html import format_html

from .models import Digest


class DigestForm(ModelForm):
    class Meta:
        widgets = {"query": Textarea(attrs={"rows": 3, "cols": 60})}


@admin.register(Digest)
class DigestAdmin(admin.ModelAdmin):
    """The page of results links here with its own query filled in."""

    form = DigestForm
    fields = ["query", "language", "active", "sent_on"]
    readonly_fields = ["sent_on"]
    list_display = ["query", "language", "active", "sent_on", "search"]
    list_editable = ["active"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Digest]:
        return super().get_queryset(request).filter(user=request.user.pk)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change, **kwargs)
        if obj is None:  # whose it is must be known when it is checked

            class Own(made):  # type: ignore[misc, valid-type]
                def __init__(self, *args: Any, **options: Any) -> None:
                    super().__init__(*args, **options)
                    self.instance.user = request.user

            return Own
        return made

    @admin.display(description="检索页")
    def search(self, digest: Digest) -> str:
        return format_html('<a href="/search/?{}">打开</a>', digest.query)
