"""Keeping the index the same as the database: updating, rebuilding beside, comparing and mending."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import models

from archive.catalog.models import Article

from .documents import IndexDocument, digest_of, document_of
from .folder import SEGMENT_DOCUMENTS, IndexFolder, folder_at
from .segments import build

#: Articles read from the database at a time.
CHUNK = 500


def current_folder() -> IndexFolder:
    """The index of haystack's default connection."""
    return folder_at(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])


def searchable() -> models.QuerySet[Article]:
    """The articles that belong into the index, with everything that it needs of them."""
    return Article.objects.published().with_parts().order_by("pk")


def documents(articles: models.QuerySet[Article]) -> Iterator[IndexDocument]:
    for article in articles.iterator(chunk_size=CHUNK):
        yield document_of(article)


def update(keys: Iterable[int], *, folder: IndexFolder | None = None) -> int:
    """Bring these articles up to date: indexed when readers may find them, removed when not. Returns how many stand in the index."""
    wanted = sorted(set(keys))
    count = 0
    with (folder or current_folder()).writing() as writer:
        # Read under the lock: what another process committed before is seen, and later ones come after.
        writer.remove(wanted)
        for start in range(0, len(wanted), CHUNK):
            found = [document_of(article) for article in searchable().filter(pk__in=wanted[start : start + CHUNK])]
            writer.add(found)
            count += len(found)
    return count


def clear(*, folder: IndexFolder | None = None) -> None:
    """Empty the index (an index stands there afterwards, with nothing in it)."""
    with (folder or current_folder()).writing() as writer:
        writer.clear()


def rebuild(*, folder: IndexFolder | None = None, progress: Callable[[int], None] = lambda count: None) -> int:
    """Build anew beside the present index, swap, and catch up with what changed meanwhile. Returns how many stand in it.

    Readers see the old index until the swap; saves go on during the building.
    """
    target = folder or current_folder()
    target.path.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".building-", dir=target.path))
    count = 0
    try:
        batch: list[IndexDocument] = []
        for document in documents(searchable()):
            batch.append(document)
            count += 1
            if len(batch) >= SEGMENT_DOCUMENTS:
                build(batch).write(beside / f"{count:012d}.pack")
                batch = []
            if count % CHUNK == 0:
                progress(count)
        if batch:
            build(batch).write(beside / f"{count:012d}.pack")
        with target.writing() as writer:
            writer.clear()
            writer.adopt(beside)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    progress(count)
    mend(compare(target), folder=target)
    return count


@dataclass(slots=True)
class Differences:
    """Primary keys by what is wrong with them."""

    missing: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)

    def all(self) -> list[int]:
        return sorted({*self.missing, *self.surplus, *self.stale, *self.doubled})


def compare(folder: IndexFolder | None = None) -> Differences:
    """Compare index and database, article by article, by hashes of everything that is indexed."""
    index = (folder or current_folder()).generation()
    held: dict[int, str] = {}
    found = Differences()
    for pk, digest, live in zip(index.pk.tolist(), index.strings_of("digest"), index.live.tolist(), strict=True):
        if not live:
            continue
        if pk in held:
            found.doubled.append(pk)
        held[pk] = digest
    for article in searchable().iterator(chunk_size=CHUNK):
        if article.pk not in held:
            found.missing.append(article.pk)
        elif held.pop(article.pk) != digest_of(article):
            found.stale.append(article.pk)
    found.surplus = sorted(held)
    return found


def mend(differences: Differences, *, folder: IndexFolder | None = None) -> int:
    """Index anew what differs; returns how many articles were touched."""
    keys = differences.all()
    if keys:
        update(keys, folder=folder)
    return len(keys)
