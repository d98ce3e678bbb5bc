"""Milestones and the words that date a text: rows that the software brings and editors keep."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm, Textarea
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.places.models import Region

from ..models import Milestone, Wording
from ..models.shipped import Shipped
from ..shipping import keep_own, take_offered


class Waiting(admin.SimpleListFilter):
    """Records for which the software brings newer values than the editor's."""

    title = _("随附的新内容")
    parameter_name = "offered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("等待决定"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(offered__isnull=False) if self.value() == "1" else queryset


class ShippedAdmin(admin.ModelAdmin):
    """Shows whose a row is; a shipped one cannot be deleted (it would come back), only switched off."""

    actions = ["take", "keep"]
    list_per_page = 100

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("whose", "waiting", *(("key",) if obj else ()))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.shipped)

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # it asks for no record by itself
        if not self.has_change_permission(request):
            return {}
        return actions

    @admin.display(description=_("来历"))
    def whose(self, record: Shipped) -> str:
        if record.offered is not None:
            return str(_("编辑改过，随附的有新内容"))
        if not record.shipped:
            return str(_("编辑所加"))
        return str(_("编辑改过") if record.edited else _("随程序附带"))

    @admin.display(description=_("随附的新内容"))
    def waiting(self, record: Shipped) -> str:
        """What the newer row has differently."""
        held, offered = record.row(), record.offered or {}
        changed = [f"{name}：{held[name]} → {value}" for name, value in offered.items() if held.get(name) != value]
        return "；".join(changed) or "—"

    @admin.action(description=_("采用随附的新内容"), permissions=["change"])
    def take(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        chosen = [take_offered(record=one) for one in queryset.filter(offered__isnull=False)]
        self.message_user(request, _("%(count)d 条已换成随附的内容。") % {"count": len(chosen)})

    @admin.action(description=_("保留编辑的内容"), permissions=["change"])
    def keep(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        chosen = [keep_own(record=one) for one in queryset.filter(offered__isnull=False)]
        self.message_user(request, _("%(count)d 条保留了编辑的内容。") % {"count": len(chosen)})


class MilestoneForm(ModelForm):
    """Takes the name of a place for its code."""

    class Meta:
        widgets = {"note": Textarea(attrs={"rows": 3, "cols": 60})}

    def clean_place(self) -> str:
        typed = str(self.cleaned_data["place"]).strip()
        if not typed or typed.isascii():
            return typed
        found = Region.objects.called(typed).exclude(level="township").values_list("code", flat=True)[:2]
        if len(found) == 1:
            return str(found[0])
        self.add_error("place", _("“%(typed)s”不是恰好一个地区的名称，请写代码。") % {"typed": typed})
        return ""


class WordingInline(admin.TabularInline):
    model = Wording
    fields = ["words", "first", "last", "weight", "firm", "source", "active"]
    extra = 0
    show_change_link = True
    can_delete = False


@admin.register(Milestone)
class MilestoneAdmin(ShippedAdmin):
    form = MilestoneForm
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["date", "title", "place", "read_on", "active", "whose"]
    list_display_links = ["date", "title"]
    list_editable = ["active"]
    list_filter = ["active", Waiting, ("read_on", admin.EmptyFieldListFilter)]
    search_fields = ["title", "title_en", "source", "note", "date"]
    inlines = [WordingInline]
    fields = [
        "date", "title", "title_en", "place", "source", "url", "read_on", "note", "active", "key", "whose", "waiting",
    ]  # fmt: skip

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "place" and field is not None:
            field.validators = []  # a name may be longer than a code, which the form makes of it
            field.widget.attrs["maxlength"] = "40"
            field.help_text = _("地区的名称（武汉市）或代码（420100）；全国的事空着")
        return field


@admin.register(Wording)
class WordingAdmin(ShippedAdmin):
    list_display = ["words", "first", "last", "weight", "firm", "active", "whose"]
    list_editable = ["active"]
    list_filter = ["active", "firm", Waiting]
    search_fields = ["words", "source"]
    autocomplete_fields = ["milestone"]
    fields = [
        "words", "first", "last", "spans", "weight", "firm", "source", "milestone", "active", "key", "whose", "waiting",
    ]  # fmt: skip
