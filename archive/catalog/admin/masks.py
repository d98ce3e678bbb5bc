"""Personal data that was found: covered, kept or lifted, each with a reason."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import masking
from ..errors import CatalogError
from ..models import Mask
from ..personal_data import readable_parts
from .asking import ask_reason, seen_of, staff
from .read_only import ReadOnlyAdmin

#: Characters of the text that are shown on each side.
AROUND = 30


@admin.register(Mask)
class MaskAdmin(ReadOnlyAdmin):
    list_display = ["article", "kind", "passage", "confidence", "state", "status"]
    list_filter = ["state", "kind", "version__article__status"]
    search_fields = ["version__article__public_id", "version__title"]
    list_select_related = ["version__article__current_version"]
    list_per_page = 50
    ordering = ["state", "-confidence", "version_id", "start"]
    actions = ["cover", "keep", "lift"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.change_version")

    @admin.display(description=gettext_lazy("文章"))
    def article(self, mask: Mask) -> str:
        return f"{mask.version.article.public_id} {mask.version.display_title[:30]}"

    @admin.display(description=gettext_lazy("文章状态"))
    def status(self, mask: Mask) -> str:
        article = mask.version.article
        waits = article.current_version is not None and mask.version.number > article.current_version.number
        return _("新版本待核定") if waits else article.get_status_display()

    @admin.display(description=gettext_lazy("所在的文字"))
    def passage(self, mask: Mask) -> SafeString:
        text = dict(readable_parts(mask.version)).get(mask.part, "")
        before, after = text[max(0, mask.start - AROUND) : mask.start], text[mask.end : mask.end + AROUND]
        return format_html("{}<mark>{}</mark>{}", before, mask.before, after)

    @admin.action(description=gettext_lazy("遮蔽（须写明理由）"), permissions=["decide"])
    def cover(self, request: HttpRequest, queryset: QuerySet[Mask]) -> HttpResponse | None:
        explain = _("每个字换成 █，标题、正文、图注、依据和各个版本里相同的文字一并遮蔽；原件只对编辑开放。可以恢复。")
        return self._decide(request, queryset, masking.cover, "cover", _("遮蔽个人信息"), explain)

    @admin.action(description=gettext_lazy("保留原文（须写明理由）"), permissions=["decide"])
    def keep(self, request: HttpRequest, queryset: QuerySet[Mask]) -> HttpResponse | None:
        explain = _("这些文字不是个人信息，或本来就是公开的（如值班电话）。以后的版本里不再询问。")
        return self._decide(request, queryset, masking.keep, "keep", _("保留原文"), explain)

    @admin.action(description=gettext_lazy("恢复已遮蔽的文字（须写明理由）"), permissions=["decide"])
    def lift(self, request: HttpRequest, queryset: QuerySet[Mask]) -> HttpResponse | None:
        chosen = queryset.filter(state=Mask.State.APPLIED)
        return self._decide(
            request, chosen, masking.lift, "lift", _("恢复文字"), _("遮蔽的文字逐字恢复，读者又能看到。")
        )

    def _decide(
        self, request: HttpRequest, queryset: QuerySet[Mask], act: Any, action: str, title: str, explain: str
    ) -> HttpResponse | None:
        by_article: defaultdict[int, list[Mask]] = defaultdict(list)
        for mask in queryset.select_related("version__article"):
            by_article[mask.version.article_id].append(mask)
        asked = ask_reason(
            self, request, action=action, title=title, explain=explain, button=title,
            items=[(mask.pk, f"{self.article(mask)}：{mask.before}") for its in by_article.values() for mask in its],
            articles=[its[0].version.article for its in by_article.values()],
        )  # fmt: skip
        if asked is not None:
            return asked
        seen, count = seen_of(request), 0
        for article, masks in by_article.items():
            try:
                count += act(masks=masks, by=staff(request), reason=request.POST["reason"], seen=seen.get(article))
            except CatalogError as error:
                self.message_user(request, f"{masks[0].version.article.public_id}：{error}", messages.ERROR)
        self.message_user(request, _("%(title)s：%(count)d 处。") % {"title": title, "count": count})
        return None
