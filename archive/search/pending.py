"""What waits to be indexed: written with the change itself, taken up when it has committed.

A row stands in the same transaction as the change of the article, so a change is never lost to the
index: should the process die between commit and indexing, the row is there for the next one.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from . import engines
from .engine.container import DamagedIndex
from .engine.folder import IndexBusy
from .models import Waiting

log = logging.getLogger(__name__)

#: Articles taken up at a time: they and the lists of their segment stand in memory until it is written.
BATCH = 1_000

_gathering: ContextVar[bool] = ContextVar("gathering", default=False)


def mark(keys: Iterable[int], *, erased: bool = False) -> None:
    """Note that these articles changed, and index them once the transaction has committed. `erased`: see `note`."""
    if note(keys, erased=erased):
        transaction.on_commit(_once)


def note(keys: Iterable[int], *, erased: bool = False) -> bool:
    """Note that these articles changed, for whoever catches up next; whether there were any.

    `erased`: their texts were destroyed, and the files of the index are to keep nothing of them either.
    """
    stamp = secrets.token_hex(8)
    rows = [Waiting(article=key, stamp=stamp, erased=erased) for key in dict.fromkeys(keys)]
    written = ["stamp", "erased"] if erased else ["stamp"]  # what is to be erased stays so
    Waiting.objects.bulk_create(rows, update_conflicts=True, unique_fields=["article"], update_fields=written)
    return bool(rows)


def _once() -> None:
    """One transaction may have marked thousands of articles: the first call takes them all."""
    if not _gathering.get() and Waiting.objects.exists():
        catch_up()


@contextmanager
def index_writes() -> Iterator[None]:
    """Gather what many transactions change and index it once at the end, also when an exception ends it."""
    if _gathering.get():
        yield
        return
    token = _gathering.set(True)
    try:
        yield
    finally:
        _gathering.reset(token)
        transaction.on_commit(_once)


def catch_up(*, batch: int = BATCH, pause: float = 0.0) -> int:
    """Index everything that waits; returns how many articles. What fails stays waiting, and is logged.

    `batch` articles are taken up at a time, with `pause` seconds of rest between. Each batch is settled when it is
    indexed, so that one who begins after a kill goes on where this one stopped.
    """
    done = 0
    last = 0
    while True:
        rows = list(Waiting.objects.filter(pk__gt=last).order_by("pk")[:batch])
        if not rows:
            return done
        if last and pause:
            time.sleep(pause)
        last = rows[-1].pk
        try:
            _take_up(rows)
        except (IndexBusy, DamagedIndex, OSError) as error:
            # The changes are safe in the database; the index catches up at the next change,
            # at `prepare_index`, or by `check_index --repair`.
            log.error("%d articles could not be indexed now and wait: %s", len(rows), error)
            return done
        except Exception:
            if len(rows) == 1:
                log.exception("article %d could not be indexed and waits", rows[0].article)
                continue
            log.exception("one of %d articles cannot be indexed: taking them one by one", len(rows))
            done += sum(_alone(row) for row in rows)
            continue
        _settle(rows)
        done += len(rows)


def _take_up(rows: list[Waiting]) -> None:
    upkeep = engines.upkeep()
    if erased := [row.article for row in rows if row.erased]:
        upkeep.expunge(erased)
    if changed := [row.article for row in rows if not row.erased]:
        upkeep.update(changed)


def _alone(row: Waiting) -> bool:
    """Index one article; whether that worked. One that cannot be read must not keep the others waiting."""
    try:
        _take_up([row])
    except Exception:
        log.exception("article %d could not be indexed and waits", row.article)
        return False
    _settle([row])
    return True


def _settle(rows: Iterable[Waiting]) -> None:
    taken: dict[str, list[int]] = {}
    for row in rows:
        taken.setdefault(row.stamp, []).append(row.pk)
    for stamp, keys in taken.items():
        # Marked again meanwhile? Then its stamp is another, and it waits for the next turn.
        Waiting.objects.filter(pk__in=keys, stamp=stamp).delete()
