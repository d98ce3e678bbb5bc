"""Writes to the catalog: keyword-only, atomic, returning the object.

Import batches create through these; editors change through these. Indexing is scheduled by
signals of the search room, never here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from pypinyin import lazy_pinyin

from archive.places.models import Region

from . import store
from .fingerprints import capture_identity
from .models import Access, Article, Capture, Outlet, OutletAlias, Revision, Status, Takedown, Version
from .public_ids import new_public_id

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CatalogError(Exception):
    """A write that the rules of the catalog refuse; the sentence says why."""


@transaction.atomic
def keep_capture(
    *,
    data: bytes | Iterable[bytes],
    media_type: str,
    original_name: str = "",
    source_url: str = "",
    captured_at: datetime | None = None,
    uploaded_by: User | None = None,
    container: Capture | None = None,
    member: str = "",
    offset: int | None = None,
) -> tuple[Capture, bool]:
    """Keep bytes as received; (capture, True) when new, (the one already held, False) otherwise."""
    stored = store.store(data)
    identity = capture_identity(
        stored.sha256,
        source_url,
        captured_at.isoformat() if captured_at else "",
        container.sha256 if container else "",
        member,
        offset,
    )
    return Capture.objects.get_or_create(
        identity=identity,
        defaults={
            "sha256": stored.sha256,
            "size": stored.size,
            "media_type": media_type,
            "original_name": original_name[:255],
            "source_url": source_url[:2000],
            "captured_at": captured_at,
            "uploaded_by": uploaded_by,
            "container": container,
            "member": member[:1000],
            "offset": offset,
        },
    )


def find_outlet(name: str) -> Outlet | None:
    """The outlet of this name, or of which it is an alias."""
    outlet = Outlet.objects.filter(name=name).first()
    if outlet is None:
        alias = OutletAlias.objects.filter(name=name).select_related("outlet").first()
        outlet = alias.outlet if alias else None
    return outlet


@transaction.atomic
def propose_outlet(
    *, name: str, region_code: str | None = None, kind: str = Outlet.Kind.UNKNOWN, is_sample: bool = False
) -> Outlet:
    """The outlet of this name; a new one is unconfirmed until an editor has looked at it."""
    outlet = find_outlet(name)
    if outlet is not None:
        return outlet
    region = Region.objects.filter(code=region_code).first() if region_code else None
    return Outlet.objects.create(name=name, slug=free_slug(name), region=region, kind=kind, is_sample=is_sample)


def free_slug(name: str) -> str:
    """A readable address for an outlet: pinyin of its name, numbered when taken."""
    stem = slugify("-".join(lazy_pinyin(name)))[:120] or "outlet"
    slug, number = stem, 1
    while Outlet.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def create_article(
    *,
    publisher: Outlet | None,
    outlet: Outlet | None,
    status: str = Status.DRAFT,
    access: str = Access.FULL,
    is_sample: bool = False,
) -> Article:
    """A new article with a fresh public id and, as yet, no version (see add_version)."""
    return Article.objects.create(
        public_id=new_public_id(),
        publisher=publisher,
        outlet=outlet,
        status=status,
        access=access,
        is_sample=is_sample,
    )


@transaction.atomic
def add_version(*, article: Article, **fields: Any) -> Version:
    """Add what one capture shows as the article's newest version and make it current."""
    last = article.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version(article=article, number=last + 1, **fields)
    # Uniqueness and the other constraints are the database's to refuse: asking it first costs as much again.
    version.full_clean(exclude=["article", "capture"], validate_unique=False, validate_constraints=False)
    version.save()
    article.current_version = version
    article.save(update_fields=["current_version", "changed_at"])
    return version


@transaction.atomic
def publish(*, article: Article, by: User | None = None, reason: str = "") -> Article:
    """Show the article to readers; lifts a standing withdrawal."""
    if article.current_version_id is None:
        raise CatalogError("没有正文的文章不能发布。")
    before = article.status
    article.takedowns.filter(lifted_at__isnull=True).update(lifted_at=timezone.now())
    article.status = Status.PUBLISHED
    article.save(update_fields=["status", "changed_at"])
    if before != Status.PUBLISHED and by is not None:
        record_revision(article=article, by=by, field="status", before=before, after=article.status, reason=reason)
    return article


@transaction.atomic
def withdraw(*, article: Article, reason: str, by: User | None = None) -> Takedown:
    """Close every way to the text; a tombstone with reason and date stays at its address."""
    if not reason.strip():
        raise CatalogError("撤回须写明理由,读者会在原地址看到它。")
    before = article.status
    article.status = Status.WITHDRAWN
    article.save(update_fields=["status", "changed_at"])
    takedown, _created = Takedown.objects.update_or_create(
        public_id=article.public_id,
        lifted_at=None,
        defaults={"article": article, "kind": Takedown.Kind.WITHDRAWN, "reason": reason.strip(), "by": by},
    )
    record_revision(article=article, by=by, field="status", before=before, after=article.status, reason=reason)
    return takedown


@transaction.atomic
def remove(*, article: Article, reason: str, kind: str = Takedown.Kind.UNDONE, by: User | None = None) -> None:
    """Delete an article and all its versions; if readers could see it, its public id becomes a tombstone.

    A capture that held neighbours too (a newspaper page) stays, but closed to readers: it shows the text.
    """
    if article.status != Status.DRAFT:
        Takedown.objects.update_or_create(
            public_id=article.public_id,
            lifted_at=None,
            defaults={"article": None, "kind": kind, "reason": reason, "by": by},
        )
    hashes = set(article.versions.values_list("capture__sha256", flat=True))
    article.delete()
    Capture.objects.filter(sha256__in=hashes).update(restricted=True)


@transaction.atomic
def discard_capture(*, capture: Capture) -> bool:
    """Delete a capture that no version, row or member needs any more; True when it went.

    The bytes go from the store after the commit, unless another capture has the same hash.
    """
    if capture.versions.exists() or capture.members.exists():
        return False
    sha256, container = capture.sha256, capture.container
    capture.delete()
    if not Capture.objects.filter(sha256=sha256).exists():
        transaction.on_commit(lambda: store.destroy(sha256))
    if container is not None:
        discard_capture(capture=container)
    return True


def role_of(user: User | None) -> str:
    """The role that readers are shown instead of a name."""
    if user is None:
        return "system"
    if user.is_superuser:
        return "admin"
    names = set(user.groups.values_list("name", flat=True))
    return next((role for role in ("admin", "editor", "contributor") if role in names), "editor")


def record_revision(
    *,
    article: Article,
    by: User | None,
    field: str,
    before: Any,
    after: Any,
    reason: str = "",
    version: Version | None = None,
) -> Revision:
    """Write one line of the article's public history."""
    return Revision.objects.create(
        article=article,
        version=version,
        by=by,
        role=role_of(by),
        field=field,
        before=before,
        after=after,
        reason=reason[:300],
    )
