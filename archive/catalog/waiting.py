"""New versions of a published article that hold undecided personal data: they wait, the version before them stays current.

A version above the current one is nowhere shown (Article.shown_versions); what follows one that waits, waits with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from .models import Article, Mask, Status, Version
from .reprints import find_copies


def hold_back(articles: Iterable[Article], versions: Iterable[Version]) -> set[int]:
    """Let published articles wait of whose new `versions` some hold undecided places; returns the keys of those that do.

    Each goes back to the version before the first of them; one without an earlier version becomes a draft.
    """
    found = Mask.objects.filter(version__in=[version.pk for version in versions], state=Mask.State.FOUND)
    first = dict(found.order_by("-version__number").values_list("version__article", "version__number"))
    held: set[int] = set()
    for article in articles:
        if article.pk not in first or Article.objects.filter(pk=article.pk).exclude(status=Status.PUBLISHED).exists():
            continue
        held.add(article.pk)
        earlier = article.versions.filter(number__lt=first[article.pk]).order_by("-number").first()
        if earlier is None:
            article.status = Status.DRAFT
            article.save(update_fields=["status", "changed_at"])
        elif article.current_version is None or earlier.number < article.current_version.number:
            article.current_version = earlier
            article.save(update_fields=["current_version", "changed_at"])
    return held


def move_on(article: Article) -> None:
    """Make current what waited and does so no longer: the versions before the first with undecided places."""
    if article.current_version is None:
        return
    later = article.versions.filter(number__gt=article.current_version.number)
    waiting = later.filter(masks__state=Mask.State.FOUND).order_by("number").values_list("number", flat=True).first()
    decided = later if waiting is None else later.filter(number__lt=waiting)
    newest = decided.order_by("-number").first()
    if newest is not None:
        article.current_version = newest
        article.save(update_fields=["current_version", "changed_at"])
        find_copies([article])
