"""Changes that newer rules propose: accepted or rejected."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..errors import CatalogError
from ..fields import FIELDS
from ..models import Proposal
from ..proposing import accept_proposal, reject_proposal
from .asking import staff
from .read_only import ReadOnlyAdmin


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["article", "label", "now", "new", "text", "confidence", "rules", "state"]
    list_filter = ["state", "field", "rules"]
    search_fields = ["version__article__public_id", "version__title"]
    list_select_related = ["version__article"]
    list_per_page = 50
    actions = ["accept", "reject"]

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("catalog.change_version")

    @admin.display(description=gettext_lazy("文章"))
    def article(self, proposal: Proposal) -> str:
        return f"{proposal.version.article.public_id} {proposal.version.display_title[:30]}"

    @admin.display(description=gettext_lazy("项目"), ordering="field")
    def label(self, proposal: Proposal) -> str:
        return str(FIELDS[proposal.field].label)

    @admin.display(description=gettext_lazy("现值"))
    def now(self, proposal: Proposal) -> str:
        return FIELDS[proposal.field].words(proposal.before) or "—"

    @admin.display(description=gettext_lazy("新值"))
    def new(self, proposal: Proposal) -> str:
        return FIELDS[proposal.field].words(proposal.after) or "—"

    @admin.action(description=gettext_lazy("采纳"), permissions=["decide"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        done = 0
        for proposal in queryset.select_related("version__article"):
            try:
                accept_proposal(proposal=proposal, by=staff(request))
                done += 1
            except CatalogError as error:
                self.message_user(request, f"{proposal.version.article.public_id}：{error}", messages.ERROR)
        self.message_user(request, _("已采纳 %(count)d 条。") % {"count": done})

    @admin.action(description=gettext_lazy("不采纳"), permissions=["decide"])
    def reject(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> None:
        for proposal in queryset:
            reject_proposal(proposal=proposal, by=staff(request))
        self.message_user(request, _("%(count)d 条不采纳。") % {"count": len(queryset)})
