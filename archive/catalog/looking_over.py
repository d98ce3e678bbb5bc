"""What every new text goes through once it is held: its copies, its doubtful fields, the personal data in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from .doubts import find_doubts
from .models import Article, Version
from .personal_data import find_masks
from .reprints import find_copies
from .signals import bulk_settled
from .waiting import hold_back

#: Articles in one transaction.
CHUNK = 200


@transaction.atomic
def look_over(
    articles: Iterable[Article],
    *,
    hold: bool = False,
    doubts: bool = True,
    versions: Sequence[Version] | None = None,
) -> set[int]:
    """Look over these `versions` of these articles, else the current ones; again it changes only what has changed.

    With `hold`, a version in which personal data was found waits until an editor has decided about it (see waiting);
    without `doubts`, their doubtful fields have been noted already (see doubts.keep_evidence). Returns the keys of those held.
    """
    current = [article for article in articles if article.current_version is not None]
    if versions is None:
        versions = [article.current_version for article in current if article.current_version is not None]
    if doubts:
        find_doubts(versions)
    held: set[int] = set()
    if find_masks(versions) and hold:
        held = hold_back(current, versions)
    find_copies(current)
    return held


def look_over_rest(*, again: bool = False, progress: Callable[[int], None] = lambda n: None) -> int:
    """Look over all articles that have not been (or all, with `again`); returns how many. Can be interrupted."""
    last = done = 0
    while True:
        waiting = Article.objects.all() if again else Article.objects.without_copies_noted()
        chunk = list(waiting.filter(pk__gt=last).select_related("current_version").order_by("pk")[:CHUNK])
        if not chunk:
            bulk_settled.send(sender=Article)
            return done
        look_over(chunk)
        last, done = chunk[-1].pk, done + len(chunk)
        progress(done)
