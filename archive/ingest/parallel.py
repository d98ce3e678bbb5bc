"""Work of an import in processes of their own: reading pieces, in order, and indexing what was written.

The processes are forked once the tables of the readers are loaded, so that they stand in memory once and
take no time to begin; where the process that imports has threads (a pool of database connections), which
a fork would leave in any state, they are begun anew. They end when the process that writes is gone,
however it ended.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context

from django.db import connections

from archive.catalog.signals import bulk_settled
from archive.catalog.usages import Usage

from .prepared import Prepared, load_tables, prepare
from .readers import Refused, Source
from .records import Skipped
from .sparing import few_pages, give_back

#: Pieces that cross to a reading process at a time, and bytes of them: much smaller and the crossing costs.
HANDFUL = 25
HANDFUL_BYTES = 2**20
#: Handfuls under way for each process: one being read and one waiting.
AHEAD = 2

Piece = Source | Skipped


def in_order(
    pieces: Iterable[Piece], outlet: str, processes: int, usages: tuple[Usage, ...] | None = None
) -> Iterator[tuple[Piece, Prepared]]:
    """Each piece with what is read in it, in the order of the pieces; `processes` 0 reads here.

    `usages` are the words that date a text: they go to the reading processes, so that none asks the database.
    """
    if not processes:
        for piece in pieces:
            yield piece, prepare(piece, outlet, usages)
        return
    load_tables(usages)
    with _pool(processes, usages) as pool:
        yield from _ahead(_handfuls(pieces), lambda ones: pool.submit(_prepare_all, ones, outlet), processes * AHEAD)


@contextmanager
def settling(*, beside: bool) -> Iterator[Callable[[], None]]:
    """A function that has the index take up what was committed; called once more at the end, also after an exception.

    With `beside` another process does it while this one writes on, and takes up several calls at once.
    """
    if not beside:
        try:
            yield _settle
        finally:
            _settle()
        return
    with _pool(1) as pool:
        under_way: list[Future[None]] = []

        def settle() -> None:
            if not under_way or under_way[-1].done():
                under_way.append(pool.submit(_settle))

        try:
            yield settle
        finally:
            try:
                pool.submit(_settle).result()
            except BrokenProcessPool:
                _settle()  # it was killed: what it left waits in the database


def _settle() -> None:
    with few_pages():
        bulk_settled.send(sender=None)
    give_back()  # the arrays that a segment is made of are freed, and stand in the heap between smaller things


def _ahead(
    handfuls: Iterator[list[Piece]], submit: Callable[[list[Piece]], Future[list[Prepared]]], most: int
) -> Iterator[tuple[Piece, Prepared]]:
    under_way: deque[tuple[list[Piece], Future[list[Prepared]]]] = deque()
    broken: Refused | None = None
    try:
        while True:
            try:
                while broken is None and len(under_way) < most and (ones := next(handfuls, None)):
                    under_way.append((ones, submit([_bare(piece) for piece in ones])))
            except Refused as refusal:
                broken = refusal  # told when what came before it has been given
            if not under_way:
                break
            ones, future = under_way.popleft()
            yield from zip(ones, future.result(), strict=True)
    finally:
        for _ones, future in under_way:
            future.cancel()
    if broken is not None:
        raise broken


def _handfuls(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces in handfuls. What the readers raise is raised when all before it has been given."""
    held: list[Piece] = []
    size = 0
    source = iter(pieces)
    while True:
        try:
            piece = next(source, None)
        except Refused:
            if held:
                yield held
            raise
        if piece is None:
            break
        held.append(piece)
        size += len(piece.data) if isinstance(piece, Source) else 0
        if len(held) >= HANDFUL or size >= HANDFUL_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def _bare(piece: Piece) -> Piece:
    """A piece without its way back to the file, which does not cross."""
    return replace(piece, container=None) if isinstance(piece, Source) else piece


def _prepare_all(pieces: list[Piece], outlet: str) -> list[Prepared]:
    return [prepare(piece, outlet, _usages) for piece in pieces]


@contextmanager
def _pool(processes: int, usages: tuple[Usage, ...] | None = None) -> Iterator[ProcessPoolExecutor]:
    begin, context = (_go_on, get_context("fork")) if _can_fork() else (_begin, get_context("spawn"))
    with ProcessPoolExecutor(processes, context, begin, (os.getpid(), usages)) as pool:
        gc.collect()
        gc.freeze()  # a collection would write to all that is shared
        try:
            pool.submit(os.getpid).result()  # forked processes are begun all at the first task
            yield pool
        finally:
            gc.unfreeze()


def _can_fork() -> bool:
    """Whether a fork finds no thread but this one and no open connection: SQLite's would mix up the locks of both."""
    held = list(connections.all(initialized_only=True))
    if threading.active_count() > 1 or any(connection.in_atomic_block for connection in held):
        return False
    for connection in held:
        connection.close()  # opened again when it is next asked
    return all(connection.connection is None for connection in held)


#: In a reading process: the words that date a text.
_usages: tuple[Usage, ...] | None = None


def _go_on(parent: int, usages: tuple[Usage, ...] | None) -> None:
    """Set up a forked process: no signal meant for the one before it, and a watch over that."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)
    _watch(parent, usages)


def _begin(parent: int, usages: tuple[Usage, ...] | None) -> None:
    """Set up a process begun anew: the site, and a watch over the process that began it."""
    import django

    django.setup()
    _watch(parent, usages)


def _watch(parent: int, usages: tuple[Usage, ...] | None) -> None:
    global _usages
    _usages = usages
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
