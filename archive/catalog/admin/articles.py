"""Articles and their versions: publish, withdraw with a reason, correct fields with a reason."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ..models import Article, Revision, Takedown, Version
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

    @admin.action(description=_("撤回（须写明理由）"))
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
