"""Clusters of copies: confirmed, joined, split."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..errors import CatalogError
from ..models import Article, Printing, ReprintCluster
from ..reprints import ClusterFigures, confirm_cluster, figures_of, figures_of_each, join, split, states_of
from .asking import ask_reason, staff, states_seen
from .read_only import ReadOnlyAdmin


class _Deciding(ReadOnlyAdmin):
    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.change_article")


def _figures(cluster: ReprintCluster) -> ClusterFigures:
    """Those that its list has looked up with the others', or its own."""
    return getattr(cluster, "figures", None) or figures_of(cluster, readers=False)


class _WithStates(ChangeList):
    """The list of clusters; their figures and the states in which its page shows them are asked for together."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        shown = list(self.result_list)
        states, figures = states_of(cluster.pk for cluster in shown), figures_of_each(shown, readers=False)
        for cluster in shown:
            cluster.state, cluster.figures = states.get(cluster.pk, ""), figures[cluster.pk]
        self.result_list = shown


@admin.register(ReprintCluster)
class ReprintClusterAdmin(_Deciding):
    list_display = ["__str__", "original", "size", "lag", "provinces", "settled", "members"]
    list_filter = ["settled"]
    search_fields = ["printings__article__public_id", "printings__article__current_version__title", "note"]
    list_per_page = 25
    actions = ["confirm", "join_selected"]
    fields = ["settled", "note", "table"]
    readonly_fields = ["settled", "note", "table"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReprintCluster]:
        return super().get_queryset(request).annotate(held=Count("printings"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return _WithStates

    @admin.display(description=gettext_lazy("最早刊发"))
    def original(self, cluster: ReprintCluster) -> str:
        return next((str(one.article) for one in _figures(cluster).printings if one.is_original), "—")

    @admin.display(description=gettext_lazy("篇"), ordering="held")
    def size(self, cluster: ReprintCluster) -> int:
        return int(getattr(cluster, "held", 0))

    @admin.display(description=gettext_lazy("前后（日）"))
    def lag(self, cluster: ReprintCluster) -> str:
        longest = _figures(cluster).longest_lag
        return "—" if longest is None else str(longest)

    @admin.display(description=gettext_lazy("所到省份"))
    def provinces(self, cluster: ReprintCluster) -> str:
        return "、".join(region.short_name or region.name for region in _figures(cluster).provinces)

    @admin.display(description=gettext_lazy("拆分"))
    def members(self, cluster: ReprintCluster) -> SafeString:
        """The way to them, and for the actions of this list the state in which it shows the cluster."""
        address = reverse("admin:catalog_printing_changelist")
        return format_html(
            '<a href="{}?cluster__id__exact={}">{}</a><input type="hidden" name="state" value="{}:{}">',
            address, cluster.pk, _("看各篇"), cluster.pk, cluster.state,  # type: ignore[attr-defined]
        )  # fmt: skip

    @admin.display(description=gettext_lazy("各篇"))
    def table(self, cluster: ReprintCluster) -> SafeString:
        rows = [
            (
                reverse("admin:catalog_article_change", args=[one.article.pk]),
                str(one.article),
                str(one.printer or "—"),
                one.province.name if one.province else "—",
                f"{one.overlap:.0%}",
                "—" if one.lag is None else f"{one.lag:+d}",
            )
            for one in _figures(cluster).printings
        ]
        cells = '<tr><td><a href="{}">{}</a></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>'
        head = (_("文章"), _("刊载者"), _("省份"), _("重合"), _("迟几日"))
        return format_html(
            "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
            format_html_join("", "<th>{}</th>", ((word,) for word in head)),
            format_html_join("", cells, rows),
        )

    @admin.action(description=gettext_lazy("核定为同一报道"), permissions=["decide"])
    def confirm(self, request: HttpRequest, queryset: QuerySet[ReprintCluster]) -> None:
        seen, count = states_seen(request), 0
        unseen = queryset.exclude(pk__in=seen).count()
        if unseen:
            told = _("有 %(count)d 组没有列在这一页上，没有核定；请翻到它们那一页再核定。") % {"count": unseen}
            self.message_user(request, told, messages.WARNING)
        for cluster in queryset.filter(pk__in=seen):
            try:
                confirm_cluster(cluster=cluster, by=staff(request), seen={cluster.pk: seen[cluster.pk]})
                count += 1
            except CatalogError as error:
                self.message_user(request, str(error), messages.ERROR)
        if count:
            self.message_user(request, _("已核定 %(count)d 组。") % {"count": count})

    @admin.action(description=gettext_lazy("合并选中的组（须写明理由）"), permissions=["decide"])
    def join_selected(self, request: HttpRequest, queryset: QuerySet[ReprintCluster]) -> HttpResponse | None:
        asked = ask_reason(
            self, request, action="join_selected", title=_("合并转载组"), button=_("合并"),
            explain=_("各组的文章归为同一报道；文章本身不合并。"),
            items=[(one.pk, f"{one} {self.original(one)}") for one in queryset],
            clusters=[one.pk for one in queryset],
        )  # fmt: skip
        if asked is not None:
            return asked
        articles = Article.objects.filter(printing__cluster__in=queryset)
        try:
            join(articles=articles, by=staff(request), reason=request.POST["reason"], seen=states_seen(request))
        except CatalogError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, _("已合并。"))
        return None


@admin.register(Printing)
class PrintingAdmin(_Deciding):
    list_display = ["article", "cluster", "is_original", "overlap", "by_editor"]
    list_filter = ["is_original", "by_editor"]
    search_fields = ["article__public_id", "article__current_version__title"]
    list_select_related = ["article__current_version", "cluster"]
    list_per_page = 50
    actions = ["split_selected"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "cluster__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.action(description=gettext_lazy("拆成另一组（须写明理由）"), permissions=["decide"])
    def split_selected(self, request: HttpRequest, queryset: QuerySet[Printing]) -> HttpResponse | None:
        asked = ask_reason(
            self, request, action="split_selected", title=_("拆分转载组"), button=_("拆分"),
            explain=_("选中的各篇另成一组，以后也不会被自动并回。"),
            items=[(one.pk, str(one.article)) for one in queryset.select_related("article__current_version")],
            clusters=[one.cluster_id for one in queryset],
        )  # fmt: skip
        if asked is not None:
            return asked
        try:
            split(
                articles=[one.article for one in queryset.select_related("article")],
                by=staff(request),
                reason=request.POST["reason"],
                seen=states_seen(request),
            )
        except CatalogError as error:
            self.message_user(request, str(error), messages.ERROR)
        else:
            self.message_user(request, _("已拆分。"))
        return None
