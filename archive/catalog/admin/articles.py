"""Articles and their versions: publish, withdraw with a reason, correct fields with a reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Article, Printing, Revision, Sighting, Status, Takedown, Version
from ..reprints import join
from ..services import (
    CatalogError,
    claim,
    correct,
    erase,
    publish,
    record_sighting,
    remove,
    set_access,
    withdraw,
)
from ..store import StoreError
from .asking import ask_reason, seen_of, staff, states_seen
from .read_only import ReadOnlyInline


class VersionInline(ReadOnlyInline):
    model = Version
    fk_name = "article"
    fields = ["number", "title", "published", "published_standing", "script", "created_at"]


class RevisionInline(ReadOnlyInline):
    model = Revision
    fields = ["at", "role", "field", "before", "after", "reason"]
    show_change_link = False


class ArticleForm(forms.ModelForm):
    """What of an article itself an editor may set, the reason, and how many changes it had when this was shown."""

    reason = forms.CharField(label=_("理由"), required=False, max_length=300, help_text=_("会写入公开的修订记录。"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.changes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        changed = set(self.changed_data) - {"reason", "seen"}
        if changed and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("更正须写明理由。"))
        return cleaned


def _named(articles: Iterable[Article]) -> list[tuple[int, str]]:
    return [(one.pk, f"{one} {one.public_id}") for one in articles]


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ["public_id", "title", "outlet", "published", "status", "access", "is_sample"]
    list_filter = ["status", "access", "is_sample", "current_version__script", "current_version__published_standing"]
    search_fields = ["public_id", "current_version__title", "current_version__body_simplified", "outlet__name"]
    list_select_related = ["outlet", "current_version"]
    list_per_page = 50
    autocomplete_fields = ["outlet", "publisher"]
    form = ArticleForm
    fields = ["public_id", "status", "publisher", "outlet", "access", "rights", "is_sample", "reason", "seen"]
    readonly_fields = ["public_id", "status", "is_sample"]
    inlines = [VersionInline, RevisionInline]
    actions = [
        "publish_selected",
        "withdraw_selected",
        "restore_selected",
        "gone_selected",
        "join_selected",
        "erase_selected",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        # Articles come in through an upload, with their capture and evidence.
        return False

    @admin.display(description=_("标题"))
    def title(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("日期"), ordering="current_version__published_earliest")
    def published(self, article: Article) -> str:
        return (article.current_version and article.current_version.published) or "—"

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.change_article")

    @admin.action(description=_("发布"), permissions=["decide"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(request, queryset, _("已发布 %(count)d 篇。"), lambda one, by: publish(article=one, by=by))

    @admin.action(description=_("撤回（须写明理由）"), permissions=["decide"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        """Ask for the reason first; readers will see it at the article's address."""
        explain = gettext("撤回之后，读者在原地址只见到理由和日期；全文、摘录、原件和索引都不再显示。")
        return self._with_reason(
            request, queryset, "withdraw_selected", gettext("撤回文章"), explain, _("已撤回 %(count)d 篇。"),
            lambda one, by, reason, seen: withdraw(article=one, reason=reason, by=by, seen=seen),
        )  # fmt: skip

    @admin.action(description=_("恢复已撤回的（须写明理由）"), permissions=["decide"])
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        explain = gettext("读者在原地址又能看到文章；撤回与恢复的理由和日期都留在公开的修订记录里。")
        return self._with_reason(
            request, queryset.filter(status=Status.WITHDRAWN), "restore_selected", gettext("恢复文章"), explain,
            _("已恢复 %(count)d 篇。"),
            lambda one, by, reason, seen: publish(article=one, reason=reason, by=by, seen=seen),
        )  # fmt: skip

    @admin.action(description=_("依法删除，不可恢复（须写明理由）"), permissions=["delete"])
    def erase_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        explain = gettext(
            "文字、各版本、依据和收到的原件都销毁，只留校验和、理由与日期；同一原件里的邻篇也不再有原件。"
            "检索索引的文件里随即除去它的文字（索引正忙时稍后补做）。备份里的须另行处理。"
        )
        return self._with_reason(
            request, queryset, "erase_selected", gettext("依法删除"), explain, _("已销毁 %(count)d 篇。"),
            lambda one, by, reason, seen: erase(article=one, reason=reason, by=by, seen=seen),
        )  # fmt: skip

    @admin.action(description=_("记下：源站已删除"), permissions=["decide"])
    def gone_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(
            request, queryset, _("已记下 %(count)d 篇。"),
            lambda one, by: record_sighting(article=one, kind=Sighting.Kind.GONE, by=by),
        )  # fmt: skip

    @admin.action(description=_("归为同一报道（须写明理由）"), permissions=["decide"])
    def join_selected(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        asked = ask_reason(
            self, request, action="join_selected", title=gettext("归为同一报道"), button=gettext("归为一组"),
            explain=gettext("选中的文章记为同一报道的几次刊载；文章本身不合并。"), items=_named(queryset),
            clusters=Printing.objects.filter(article__in=queryset).values_list("cluster", flat=True),
        )  # fmt: skip
        if asked is not None:
            return asked
        try:
            join(articles=queryset, by=staff(request), reason=request.POST["reason"], seen=states_seen(request))
        except CatalogError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, gettext("已归为一组。"))
        return None

    def _with_reason(
        self,
        request: HttpRequest,
        queryset: QuerySet[Article],
        action: str,
        title: str,
        explain: str,
        done: Any,
        act: Any,
    ) -> HttpResponse | None:
        asked = ask_reason(
            self, request, action=action, title=title, explain=explain, button=title,
            items=_named(queryset), articles=queryset,
        )  # fmt: skip
        if asked is not None:
            return asked
        seen = seen_of(request)
        self._each(request, queryset, done, lambda one, by: act(one, by, request.POST["reason"], seen.get(one.pk)))
        return None

    def _each(self, request: HttpRequest, queryset: QuerySet[Article], done: Any, act: Any) -> None:
        """Do it to each by itself: one that refuses is named with its sentence, the others are done."""
        count = 0
        for article in queryset:
            name = article.public_id
            try:
                act(article, staff(request))
                count += 1
            except (CatalogError, StoreError) as error:
                self.message_user(request, f"{name}：{error}", messages.ERROR)
        if count:
            self.message_user(request, done % {"count": count})

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Through the services, so that each change has its line of history and nothing of another editor's is lost."""
        data, by = form.cleaned_data, staff(request)
        article = Article.objects.select_related("current_version").get(pk=obj.pk)
        request.refused = ""  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                claim(article=article, seen=data["seen"])
                set_access(article=article, access=data["access"], rights=data["rights"], reason=data["reason"], by=by)
                names = {
                    one: data[one].name if data[one] else ""
                    for one in ("outlet", "publisher")
                    if one in form.changed_data
                }
                if names and article.current_version is not None:
                    correct(version=article.current_version, by=by, reason=data["reason"], changes=names)
        except CatalogError as error:
            request.refused = str(error)  # type: ignore[attr-defined]

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        refused = getattr(request, "refused", "")
        if not refused:
            return super().response_change(request, obj)
        self.message_user(request, refused, messages.ERROR)
        return redirect(request.path)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Versions, evidence and history go with their article; nobody needs a right of their own for these."""
        listed, counts, _missing, protected = super().get_deleted_objects(objs, request)
        return listed, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        remove(article=obj, reason=str(_("编辑删除")), kind=Takedown.Kind.WITHDRAWN, by=staff(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            self.delete_model(request, article)
