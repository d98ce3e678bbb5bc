"""What the source changed of a piece, and when it was seen: between two captures, or gone from its address."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.catalog.models import Article, Sighting, Version
from archive.catalog.reading import kept


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One thing seen at the source, in a sentence; `number` of the version that shows it, None of a sighting."""

    seen: datetime
    sentence: str
    number: int | None = None
    note: str = ""


def seen_at(version: Version) -> datetime:
    """When a version was seen: when it was captured, else when it came here."""
    return version.capture.captured_at or version.capture.received_at


def in_order_seen(versions: list[Version]) -> list[Version]:
    """Versions in the order in which the source showed them, whatever order they came here in."""
    return sorted(versions, key=lambda version: (seen_at(version), version.number))


def source_changes(
    article: Article, *, whole: bool, versions: int | None = None, sightings: bool = True
) -> list[SourceChange]:
    """What was seen after the first capture, the latest first. Two queries; none of the text is in it.

    `whole` tells whether the reader may see the text: without it, only that it changed is said. `versions`: how many there
    are, where that is known; a single one is not read. `sightings` False: there are none, they are not asked for.
    """
    every = list(article.shown_versions().select_related("capture").order_by("number")) if versions != 1 else []
    changes = [
        SourceChange(seen_at(after), _difference(before, after) if whole else _("源站改过这篇文章。"), after.number)
        for before, after in pairwise(in_order_seen(every))
    ]
    words = {Sighting.Kind.SAME: _("源站上仍是原样。"), Sighting.Kind.GONE: _("源站已删除这篇文章。")}
    seen = kept("sightings", _sightings, article.pk) if sightings else ()
    changes += [SourceChange(one.at, words[Sighting.Kind(one.kind)], None, one.note) for one in seen]
    return sorted(changes, key=lambda change: change.seen, reverse=True)


def _sightings(article: Any) -> QuerySet[Sighting]:
    return Sighting.objects.filter(article_id=article)


def number_of_versions(article: Article) -> int:
    return len(list(kept("versions", _versions, article.pk)))


def _versions(article: Any) -> QuerySet[Version, tuple[int]]:
    shown = Version.objects.filter(article_id=article, number__lte=F("article__current_version__number"))
    return shown.order_by().values_list("pk")


def _difference(before: Version, after: Version) -> str:
    """Which parts changed, counted in paragraphs: 标题改了；增 1 段，删 2 段，改 1 段."""
    parts = []
    if (before.title_as_printed or before.title) != (after.title_as_printed or after.title):
        parts.append(_("标题改了"))
    added = removed = changed = 0
    old, new = before.body.split("\n\n"), after.body.split("\n\n")
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            both = min(j - i, m - k)
            changed, removed, added = changed + both, removed + j - i - both, added + m - k - both
    if changed:
        parts.append(ngettext("改了 %(n)d 段", "改了 %(n)d 段", changed) % {"n": changed})
    if added:
        parts.append(ngettext("增加 %(n)d 段", "增加 %(n)d 段", added) % {"n": added})
    if removed:
        parts.append(ngettext("删去 %(n)d 段", "删去 %(n)d 段", removed) % {"n": removed})
    if not parts:
        parts.append(_("正文与标题没有变"))
    return _("；").join(parts) + _("。")
