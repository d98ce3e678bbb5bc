"""Articles and their versions: made, and shown to readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..errors import CatalogError
from ..models import Access, Article, Mask, Outlet, Status, Version
from ..public_ids import new_public_id
from ..quantities import note_quantities
from ..reprints.placing import refresh
from .history import claim, record_revision

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def strictest(*outlets: Outlet | None) -> str:
    """The least open access that one of the outlets asks for; full when none asks for less."""
    order = (Access.STAFF, Access.SNIPPET)
    asked = {outlet.access for outlet in outlets if outlet is not None}
    return next((access for access in order if access in asked), Access.FULL)


@transaction.atomic
def create_article(
    *,
    publisher: Outlet | None,
    outlet: Outlet | None,
    status: str = Status.DRAFT,
    access: str | None = None,
    is_sample: bool = False,
) -> Article:
    """A new article with a fresh public id and, as yet, no version (see add_version).

    Without `access` it is as open as the stricter of its two outlets is.
    """
    return Article.objects.create(
        public_id=new_public_id(),
        publisher=publisher,
        outlet=outlet,
        status=status,
        access=access or strictest(publisher, outlet),
        is_sample=is_sample,
    )


@transaction.atomic
def add_version(*, article: Article, **fields: Any) -> Version:
    """Add what one capture shows as the article's newest version and make it current, unless one before it waits."""
    last = article.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version(article=article, number=last + 1, **fields)
    # Uniqueness and the other constraints are the database's to refuse: asking it first costs as much again.
    version.full_clean(exclude=["article", "capture"], validate_unique=False, validate_constraints=False)
    version.save()
    note_quantities([version], fresh=True)
    if article.current_version is None or article.current_version.number == last:  # else an earlier one waits
        article.current_version = version
    article.changes += 1
    article.save(update_fields=["current_version", "changes", "changed_at"])
    return version


@transaction.atomic
def publish(*, article: Article, by: User | None = None, reason: str = "", seen: int | None = None) -> Article:
    """Show the article to readers; lifts a standing withdrawal, for which an editor must say why.

    Raises CatalogError while it has no text, or personal data in what would be shown that nobody has decided about, or when it was
    withdrawn and an editor gives no reason; ChangedMeanwhile when it was changed since `seen`.
    """
    claim(article=article, seen=seen)
    article.refresh_from_db(fields=["status"])
    if article.status == Status.WITHDRAWN and by is not None and not reason.strip():
        raise CatalogError(_("这篇文章已撤回，没有发布；要恢复它，请选“恢复已撤回的”并写明理由。"))
    if article.current_version_id is None:
        raise CatalogError("没有正文的文章不能发布。")
    shown = article.shown_versions()
    waiting = Mask.objects.filter(version__in=shown.values("pk"), state=Mask.State.FOUND).count()
    if waiting:
        raise CatalogError(f"文中有 {waiting} 处疑似个人信息还没有核定；请先遮蔽，或注明保留。")
    before = article.status
    article.takedowns.filter(lifted_at__isnull=True).update(lifted_at=timezone.now())
    article.status = Status.PUBLISHED
    article.save(update_fields=["status", "changed_at"])
    refresh(article.pk)
    if before != Status.PUBLISHED and by is not None:
        record_revision(article=article, by=by, field="status", before=before, after=article.status, reason=reason)
    return article


@transaction.atomic
def set_access(
    *,
    article: Article,
    access: str,
    reason: str = "",
    rights: str | None = None,
    by: User | None = None,
    seen: int | None = None,
) -> Article:
    """How much of the text readers may see, and what they are told of the rights in it; with a line of history."""
    claim(article=article, seen=seen)
    for field, value in (("access", access), ("rights", article.rights if rights is None else rights)):
        before = getattr(article, field)
        if value != before:
            setattr(article, field, value)
            article.full_clean(validate_unique=False)
            article.save(update_fields=[field, "changed_at"])
            record_revision(article=article, by=by, field=field, before=before, after=value, reason=reason)
    refresh(article.pk)
    return article


@transaction.atomic
def open_outlet(*, outlet: Outlet, access: str, reason: str, by: User | None = None) -> int:
    """Change how open an outlet's texts are: those to come, and those held that are as open as their outlets ask for.

    Returns how many of those held were changed. Raises CatalogError without a reason: it goes into the history of each.
    """
    if not reason.strip():
        raise CatalogError(_("改动开放程度须写明理由，它会写入各篇公开的修订记录。"))
    held = Article.objects.filter(Q(outlet=outlet) | Q(publisher=outlet)).select_related("outlet", "publisher")
    following = [one for one in held if one.access == strictest(one.publisher, one.outlet)]
    outlet.access = access
    outlet.full_clean(validate_unique=False)
    outlet.save(update_fields=["access"])
    count = 0
    for article in following:
        names = (
            outlet if one is not None and one.pk == outlet.pk else one for one in (article.publisher, article.outlet)
        )
        if (asked := strictest(*names)) != article.access:
            set_access(article=article, access=asked, reason=reason, by=by)
            count += 1
    return count
