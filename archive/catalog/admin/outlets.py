"""Outlets and their other names."""

from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..models import Outlet, OutletAlias


class AliasInline(admin.TabularInline):
    model = OutletAlias
    extra = 1


@admin.register(Outlet)
class OutletAdmin(admin.ModelAdmin):
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

    @admin.action(description=_("标为已核对"))
    def confirm(self, request: HttpRequest, queryset: QuerySet[Outlet]) -> None:
        count = queryset.update(confirmed=True)
        self.message_user(request, _("%(count)d 家媒体已标为核对。") % {"count": count})
