"""What waits to be indexed: written with the change itself, taken up when it has committed.

A row stands in the same transaction as the change of the article, so a change is never lost to the
index: should the process die between commit and indexing, the row is there for the next one.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable

from django.db import transaction

from .engine import upkeep
from .models import Waiting

log = logging.getLogger(__name__)

#: Articles taken up at a time.
BATCH = 2_000


def mark(keys: Iterable[int]) -> None:
    """Note that these articles changed, and index them once the transaction has committed."""
    stamp = secrets.token_hex(8)
    rows = [Waiting(article=key, stamp=stamp) for key in dict.fromkeys(keys)]
    if not rows:
        return
    Waiting.objects.bulk_create(rows, update_conflicts=True, unique_fields=["article"], update_fields=["stamp"])
    transaction.on_commit(_once)


def _once() -> None:
    """One transaction may have marked thousands of articles: the first call takes them all."""
    if Waiting.objects.exists():
        catch_up()


def catch_up() -> int:
    """Index everything that waits; returns how many articles. What fails stays waiting, and is logged."""
    done = 0
    while True:
        rows = list(Waiting.objects.order_by("pk")[:BATCH])
        if not rows:
            return done
        try:
            upkeep.update(row.article for row in rows)
        except Exception:
            # The change itself is safe in the database; the index catches up at the next change,
            # at `prepare_index`, or by `check_index --repair`.
            log.exception("%d articles could not be indexed now and wait", len(rows))
            return done
        for row in rows:
            # Marked again meanwhile? Then its stamp is another, and it waits for the next turn.
            Waiting.objects.filter(pk=row.pk, stamp=row.stamp).delete()
        done += len(rows)
