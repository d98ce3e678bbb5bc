"""Articles and their versions: publish, withdraw with a reason, correct fields with a reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from archive.places.models import Region

from ..corrections import CORRECTABLE, correct, correct_place, date_fields
from ..models import Article, Byline, Evidence, Revision, Takedown, Version, VersionRegion
from ..services import CatalogError, publish, remove, withdraw
from .read_only import ReadOnlyInline


def staff(request: HttpRequest) -> User:
    """The signed-in editor; the admin lets nobody else come here."""
    assert isinstance(request.user, User)
    return request.user


class VersionInline(ReadOnlyInline):
    model = Version
    fk_name = "article"
    fields = ["number", "title", "published", "published_standing", "script", "created_at"]


class RevisionInline(ReadOnlyInline):
    model = Revision
    fields = ["at", "role", "field", "before", "after", "reason"]
    show_change_link = False


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ["public_id", "title", "outlet", "published", "status", "access", "is_sample"]
    list_filter = ["status", "access", "is_sample", "current_version__script", "current_version__published_standing"]
    search_fields = ["public_id", "current_version__title", "current_version__body_simplified", "outlet__name"]
    list_select_related = ["outlet", "current_version"]
    list_per_page = 50
    autocomplete_fields = ["outlet", "publisher"]
    fields = ["public_id", "status", "publisher", "outlet", "access", "rights", "is_sample"]
    readonly_fields = ["public_id", "status", "is_sample"]
    inlines = [VersionInline, RevisionInline]
    actions = ["publish_selected", "withdraw_selected"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # Articles come in through an upload, with their capture and evidence.
        return False

    @admin.display(description=_("标题"))
    def title(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("日期"), ordering="current_version__published_earliest")
    def published(self, article: Article) -> str:
        return (article.current_version and article.current_version.published) or "—"

    @admin.action(description=_("发布"))
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        done = 0
        for article in queryset:
            try:
                publish(article=article, by=staff(request))
                done += 1
            except CatalogError as error:
                self.message_user(request, f"{article.public_id}:{error}", messages.ERROR)
        self.message_user(request, _("已发布 %(count)d 篇。") % {"count": done})

    @admin.action(description=_("撤回(须写明理由)"))
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        """Ask for the reason first; readers will see it at the article's address."""
        if "reason" in request.POST:
            try:
                for article in queryset:
                    withdraw(article=article, reason=request.POST["reason"], by=staff(request))
            except CatalogError as error:
                self.message_user(request, str(error), messages.ERROR)
            else:
                self.message_user(request, _("已撤回 %(count)d 篇。") % {"count": len(queryset)})
                return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("撤回文章"),
            "articles": queryset,
            "opts": self.model._meta,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/catalog/withdraw.html", context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Versions, evidence and history go with their article; nobody needs a right of their own for these."""
        listed, counts, _missing, protected = super().get_deleted_objects(objs, request)
        return listed, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        remove(article=obj, reason=str(_("编辑删除")), kind=Takedown.Kind.WITHDRAWN, by=staff(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            self.delete_model(request, article)


class EvidenceInline(ReadOnlyInline):
    model = Evidence
    fields = ["field", "value", "rule", "text", "confidence", "basis"]
    show_change_link = False


class BylineInline(ReadOnlyInline):
    model = Byline
    fields = ["position", "name", "role"]
    show_change_link = False


class PlaceInline(ReadOnlyInline):
    model = VersionRegion
    fields = ["region", "township", "role"]
    show_change_link = False


class CorrectionForm(forms.ModelForm):
    """The correctable fields of a version, its primary place, and the reason."""

    place_code = forms.CharField(label=_("主要地点(行政区划代码)"), required=False, max_length=9)
    township = forms.CharField(label=_("乡镇街道"), required=False, max_length=60)
    reason = forms.CharField(label=_("更正理由"), required=False, max_length=300, help_text=_("会写入公开的修订记录。"))

    class Meta:
        model = Version
        fields = list(CORRECTABLE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.instance.primary_region if self.instance.pk else None
        if place is not None:
            self.fields["place_code"].initial = place.region.code
            self.fields["township"].initial = place.township

    def clean_place_code(self) -> str:
        code: str = self.cleaned_data["place_code"].strip()
        if code and not Region.objects.filter(code=code).exists():
            raise forms.ValidationError(_("没有这个行政区划代码:%(code)s"), params={"code": code})
        return code

    def clean_published(self) -> str:
        published: str = self.cleaned_data["published"].strip()
        try:
            date_fields(published)
        except CatalogError as error:
            raise forms.ValidationError(str(error)) from error
        return published

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.has_changed() and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("更正须写明理由。"))
        return cleaned


@admin.register(Version)
class VersionAdmin(admin.ModelAdmin):
    form = CorrectionForm
    list_display = ["article", "number", "title", "published", "published_standing", "script"]
    list_filter = ["published_standing", "published_precision", "script"]
    search_fields = ["title", "body_simplified", "article__public_id"]
    list_select_related = ["article__current_version"]
    list_per_page = 50
    inlines = [PlaceInline, BylineInline, EvidenceInline]
    readonly_fields = [
        *["article", "number", "script", "title_as_printed", "body"],
        *["published_precision", "published_earliest", "published_latest", "published_standing", "published_why"],
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "article",
                    "number",
                    "script",
                    "title",
                    "title_as_printed",
                    "page_label",
                    "source_line",
                    "dateline",
                ]
            },
        ),
        (
            _("日期"),
            {
                "fields": [
                    "published",
                    "published_precision",
                    "published_earliest",
                    "published_latest",
                    "published_standing",
                    "published_why",
                ]
            },
        ),
        (_("地点"), {"fields": ["place_code", "township"]}),
        (_("更正"), {"fields": ["reason"]}),
        (_("正文(按原样,不可改)"), {"fields": ["body"], "classes": ["collapse"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # An article is deleted as a whole; a version alone never.
        return obj is None and super().has_delete_permission(request)

    def save_model(self, request: HttpRequest, obj: Version, form: Any, change: bool) -> None:
        data = form.cleaned_data
        kept = Version.objects.get(pk=obj.pk)
        if {"place_code", "township"} & set(form.changed_data):
            region = Region.objects.filter(code=data["place_code"]).first() if data["place_code"] else None
            correct_place(
                version=kept, by=staff(request), reason=data["reason"], region=region, township=data["township"]
            )
        changes = {name: data[name] for name in CORRECTABLE if name in form.changed_data}
        if changes:
            correct(version=kept, by=staff(request), reason=data["reason"], changes=changes)
