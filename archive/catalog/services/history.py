"""The public history of an article, and the count by which two editors at once are told apart."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..errors import ChangedMeanwhile
from ..models import Article, Revision, Sighting, Version

if TYPE_CHECKING:
    from django.contrib.auth.models import User


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
    """Write one line of the article's public history, and count the change (see `claim`)."""
    Article.objects.filter(pk=article.pk).update(changes=F("changes") + 1)
    article.changes += 1
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


def claim(*, article: Article, seen: int | None) -> None:
    """Hold the article for a change by somebody who was shown it when its `changes` were `seen`.

    Within a transaction. Raises ChangedMeanwhile, naming what happened since, when they are others by now;
    None asks for nothing (programs, and whoever has just read the record).
    """
    if seen is None:
        return
    now = Article.objects.select_for_update().filter(pk=article.pk).values_list("changes", flat=True).first()
    if now == seen:
        article.changes = seen
        return
    last = Revision.objects.filter(article=article).order_by("-pk").first()
    if last is None:
        raise ChangedMeanwhile(_("这篇文章在您打开之后变过。您的改动没有保存；请看过现在的内容再改。"))
    at = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M:%S")
    raise ChangedMeanwhile(
        _("这篇文章在您打开之后被别人改过(%(at)s，项目：%(field)s)。您的改动没有保存；请看过现在的内容再改。")
        % {"at": at, "field": last.field}
    )


@transaction.atomic
def record_sighting(
    *, article: Article, kind: str, at: datetime | None = None, note: str = "", by: User | None = None
) -> Sighting:
    """The piece was looked for at its source at that moment (now, when none is given): there as it was, or gone."""
    version = article.current_version
    article.save(update_fields=["changed_at"])
    return Sighting.objects.create(
        article=article,
        kind=kind,
        at=at or timezone.now(),
        source_url=version.source_url if version else "",
        note=note.strip()[:300],
        by=by,
    )
