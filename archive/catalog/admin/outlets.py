"""Outlets and their other names."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models, transaction
from django.db.models import Count, QuerySet
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Outlet, OutletAlias
from ..services import open_outlet
from .asking import staff


def state_of(outlet: Outlet) -> str:
    """A short sum of what an editor is shown of an outlet, by which a change made meanwhile is noticed."""
    names = sorted(outlet.aliases.values_list("name", flat=True)) if outlet.pk else []
    return hashlib.sha256(repr((sorted(model_to_dict(outlet).items()), names)).encode()).hexdigest()[:16]


class OutletForm(forms.ModelForm):
    """An outlet, why its access is changed, and what it was when this was shown."""

    reason = forms.CharField(
        label=_("改动开放程度的理由"), required=False, max_length=300,
        help_text=_("改动“access”时必填：馆藏中随它开放的各篇一并改动，理由写入各篇公开的修订记录。"),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = state_of(self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        held = Outlet.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        if held is not None and cleaned.get("seen") and cleaned["seen"] != state_of(held):
            raise forms.ValidationError(
                gettext("这家媒体的记录在您打开之后被别人改过。您的改动没有保存；请重新打开，看过现在的内容再改。")
            )
        if held is not None and "access" in self.changed_data and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", gettext("改动开放程度须写明理由。"))
        return cleaned


class AliasInline(admin.TabularInline):
    model = OutletAlias
    extra = 1


@admin.register(Outlet)
class OutletAdmin(admin.ModelAdmin):
    form = OutletForm
    # an address typed without a scheme is taken for https
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["name", "kind", "region", "confirmed", "article_count"]
    list_filter = ["confirmed", "kind", "is_sample"]
    search_fields = ["name", "slug", "aliases__name"]
    autocomplete_fields = ["region"]
    inlines = [AliasInline]
    actions = ["confirm"]
    readonly_fields = ["is_sample"]
    list_select_related = ["region"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        return super().get_queryset(request).annotate(articles_held=Count("articles"))

    @admin.display(description=_("文章"), ordering="articles_held")
    def article_count(self, outlet: Outlet) -> int:
        return getattr(outlet, "articles_held", 0)

    def save_model(self, request: HttpRequest, obj: Outlet, form: Any, change: bool) -> None:
        """Access goes through the service: what is held of the outlet opens and closes with it."""
        access = obj.access
        if not change or "access" not in form.changed_data:
            super().save_model(request, obj, form, change)
            return
        with transaction.atomic():
            obj.access = Outlet.objects.values_list("access", flat=True).get(pk=obj.pk)
            super().save_model(request, obj, form, change)
            count = open_outlet(outlet=obj, access=access, reason=form.cleaned_data["reason"], by=staff(request))
        self.message_user(request, gettext("馆藏中 %(count)d 篇的开放程度随之改动。") % {"count": count})

    @admin.action(description=_("标为已核对"))
    def confirm(self, request: HttpRequest, queryset: QuerySet[Outlet]) -> None:
        count = queryset.update(confirmed=True)
        self.message_user(request, _("%(count)d 家媒体已标为核对。") % {"count": count})
