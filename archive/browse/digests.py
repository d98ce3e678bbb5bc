"""The daily mail of a search: what is new or changed in it, and the way to stop it without signing in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.catalog.models import Article
from archive.search import engine
from archive.search.explain import within_quotes
from archive.search.records import Request
from archive.search.service import SearchPage, understood
from archive.search.texts import printed_title

from .citations.piece import permanent_address, today
from .models import Digest
from .printed_dates import published_in_words

#: Articles listed in one mail; of more their number is told.
MOST = 50
_SALT = "archive.browse.digests"


@dataclass(frozen=True, slots=True)
class News:
    """What a mail tells. `rows` are the newest first, at most MOST of `total`."""

    asked: SearchPage
    total: int
    added: int
    rows: tuple[dict[str, Any], ...]


def due(day: date) -> list[Digest]:
    """The digests that have not been dealt with on `day`: of active editors with an address."""
    rows = Digest.objects.select_related("user").filter(active=True, user__is_active=True, user__is_staff=True)
    return list(rows.exclude(user__email="").filter(Q(sent_on__isnull=True) | Q(sent_on__lt=day)))


def send(
    digest: Digest, *, now: datetime | None = None, mail: Callable[[EmailMultiAlternatives], Any] | None = None
) -> int:
    """Deal with a digest for today; how many articles its mail told of, 0 where none was sent.

    The day is taken first, so that two runs at once send one mail; where sending fails it is given back and the
    error goes on. Articles of the invented sample are left out.
    """
    day, until = today(), now or timezone.now()
    before = (digest.sent_on, digest.since)
    mine = Digest.objects.filter(pk=digest.pk, active=True).filter(Q(sent_on__isnull=True) | Q(sent_on__lt=day))
    if not mine.update(sent_on=day, since=until):
        return 0
    try:
        with translation.override(digest.language):
            found = news(digest, until)
            if found.total:
                (mail or _send)(message(digest, found))
    except Exception:
        Digest.objects.filter(pk=digest.pk).update(sent_on=before[0], since=before[1])
        raise
    return found.total


def _send(made: EmailMultiAlternatives) -> None:
    made.send()


def news(digest: Digest, until: datetime) -> News:
    """The articles of the search that readers may find and that came or changed from `digest.since` to `until`."""
    state = digest.state
    asked = understood(
        state.q, include=state.include, exclude=state.exclude, earliest=state.first_day, latest=state.last_day,
        synonyms=state.synonyms, copies=state.copies,
    )  # fmt: skip
    changed = Article.objects.published().without_sample().filter(changed_at__gte=digest.since, changed_at__lt=until)
    keys = set(changed.values_list("pk", flat=True))
    if asked.node is None or not keys:
        return News(asked, 0, 0, ())
    answer = engine.evaluate(Request(
        asked.node, dict(asked.include), dict(asked.exclude), asked.earliest, asked.latest, limit=None, facets=(),
        with_sample=False, copies=asked.copies,
    ))  # fmt: skip
    found = changed.filter(pk__in=keys & {hit.article_id for hit in answer.hits})
    rows = found.select_related("current_version", "outlet").order_by("-changed_at", "-pk")
    return News(
        asked, found.count(), found.filter(created_at__gte=digest.since).count(),
        tuple(_row(one, digest.since) for one in rows[:MOST]),
    )  # fmt: skip


def _row(article: Article, since: datetime) -> dict[str, Any]:
    version = article.current_version
    assert version is not None
    return {
        "title": printed_title(version),
        "date": published_in_words(version),
        "outlet": article.outlet.name if article.outlet else "",
        "address": permanent_address(article.public_id),
        "new": article.created_at >= since,
    }


def message(digest: Digest, found: News) -> EmailMultiAlternatives:
    """The mail, in the language that is active."""
    stop = settings.SITE_URL + reverse("stop_digest", args=[token(digest)])
    asked = within_quotes(found.asked.explanation.sentence)
    context = {
        "asked": asked,
        "found": found,
        "rest": found.total - len(found.rows),
        "search": f"{settings.SITE_URL}{reverse('search')}?{digest.query}",
        "stop": stop,
        "language": {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(digest.language, "en"),
    }
    subject = ngettext("检索“%(asked)s”：%(count)d 篇新的或改过的", "检索“%(asked)s”：%(count)d 篇新的或改过的", found.total) % {
        "asked": asked, "count": found.total,
    }  # fmt: skip
    made = EmailMultiAlternatives(
        " ".join(subject.split())[:200],
        render_to_string("browse/mail/digest.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [digest.user.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    made.attach_alternative(render_to_string("browse/mail/digest.html", context), "text/html")
    return made


def token(digest: Digest) -> str:
    """What stops a digest: whoever has the mail has it. It is of this digest and site alone."""
    return signing.Signer(salt=_SALT).sign(str(digest.pk))


def of_token(typed: str) -> Digest | None:
    """The digest of a token, None for one that this site did not sign or that is gone."""
    try:
        key = signing.Signer(salt=_SALT).unsign(typed)
    except signing.BadSignature:
        return None
    return Digest.objects.filter(pk=key).first()


def told_none() -> str:
    return _("没有这封邮件可以停：地址不完整，或者已经删除。")
