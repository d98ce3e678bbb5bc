"""Segments built by several processes: one reads articles, the others fold, cut and sort them."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import django

from .codec import EXTENSION
from .documents import IndexDocument
from .segments import build

#: Documents of one segment while many are written.
SEGMENT_DOCUMENTS = 20_000
#: Characters of one segment while many are written: sorting them takes some 60 bytes each.
SEGMENT_CHARACTERS = 12_000_000
#: Fewer articles are not worth another process.
WORTHWHILE = 2_000
#: Building processes; the one that reads articles comes on top.
PROCESSES = 2


def build_segments(documents: Iterable[IndexDocument], folder: Path, *, expected: int) -> int:
    """Write segments of `documents` into `folder`, named in their order. Returns how many documents there were.

    `expected`: about how many will come; from WORTHWHILE on they are built by PROCESSES processes.
    """
    rows = enumerate(chunks(documents, share(expected)))
    if expected < WORTHWHILE:
        return sum(_write(chunk, _name(folder, number)) for number, chunk in rows)
    total = 0
    with ProcessPoolExecutor(PROCESSES, mp_context=_context(), initializer=django.setup) as pool:
        waiting: list[Future[int]] = []
        for number, chunk in rows:
            waiting.append(pool.submit(_write, chunk, _name(folder, number)))
            if len(waiting) > PROCESSES:  # no more texts in memory than are being built, and one chunk ahead
                total += waiting.pop(0).result()
        total += sum(future.result() for future in waiting)
    return total


def share(expected: int) -> int:
    """Documents of a segment so that all processes have as many to build."""
    rounds = max(1, -(-expected // (PROCESSES * SEGMENT_DOCUMENTS)))
    return max(1000, -(-expected // (PROCESSES * rounds)))


def chunks(documents: Iterable[IndexDocument], size: int) -> Iterator[list[IndexDocument]]:
    """Lists of at most `size` documents and about SEGMENT_CHARACTERS characters."""
    rows = iter(documents)
    while True:
        chunk: list[IndexDocument] = []
        held = 0
        for document in islice(rows, size):
            chunk.append(document)
            held += document.characters
            if held >= SEGMENT_CHARACTERS:
                break
        if not chunk:
            return
        yield chunk


def _name(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}{EXTENSION}"


def _write(documents: list[IndexDocument], path: Path) -> int:
    build(documents).write(path)
    return len(documents)


def _context() -> multiprocessing.context.BaseContext:
    """Forking is fastest and safe from a process with one thread; its children touch no database."""
    return multiprocessing.get_context("fork" if threading.active_count() == 1 else "spawn")
