"""Keeping the index the same as the database: updating, rebuilding beside, comparing and mending."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import models

from archive.catalog.models import Article

from .container import DamagedIndex
from .documents import IndexDocument, digest_of, document_of
from .fingerprint import fingerprint
from .folder import IndexFolder, folder_at
from .parallel import build_segments
from .writing import Writer

log = logging.getLogger(__name__)

#: Articles read from the database at a time.
CHUNK = 500


#: What a version holds for its page and its editors alone.
_NOT_INDEXED = [
    f"current_version__{name}"
    for name in (
        "blocks",
        "furniture",
        "editors",
        "source_line",
        "original_source",
        "page_label",
        "dateline",
        "source_url",
        "published_why",
    )
]


def current_folder() -> IndexFolder:
    """The index of haystack's default connection."""
    return folder_at(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])


def searchable() -> models.QuerySet[Article]:
    """The articles that belong into the index, with everything that it needs of them and little else."""
    kept = Article.objects.published().select_related("outlet", "current_version", "printing").defer(*_NOT_INDEXED)
    # A division is fetched once for all articles that name it or a part of it.
    return kept.prefetch_related(
        "current_version__places__region__parent__parent__parent",
        "outlet__region__parent__parent__parent",
        "current_version__bylines",
    ).order_by("pk")


def documents(articles: models.QuerySet[Article]) -> Iterator[IndexDocument]:
    for article in articles.iterator(chunk_size=CHUNK):
        yield document_of(article)


def update(keys: Iterable[int], *, folder: IndexFolder | None = None) -> int:
    """Bring these articles up to date: indexed when readers may find them, removed when not. Returns how many stand in the index."""
    with (folder or current_folder()).writing() as writer:
        # Read under the lock: what another process committed before is seen, and later ones come after.
        count = _refresh(writer, keys)
        if not writer.complete:
            # An index that begins with single articles is whole once it holds as many as the database.
            writer.complete = writer.count == Article.objects.published().count()
    return count


def _refresh(writer: Writer, keys: Iterable[int]) -> int:
    wanted = sorted(set(keys))
    writer.remove(wanted)
    count = 0
    for start in range(0, len(wanted), CHUNK):
        found = [document_of(article) for article in searchable().filter(pk__in=wanted[start : start + CHUNK])]
        writer.add(found)
        count += len(found)
    return count


def expunge(keys: Iterable[int], *, folder: IndexFolder | None = None) -> None:
    """Take articles out whose texts were destroyed, and what was kept of them in the files of the index."""
    target = folder or current_folder()
    with target.writing() as writer:
        writer.expunge(keys)
    target.clear_leavings()


def clear(*, folder: IndexFolder | None = None) -> None:
    """Empty the index (an index stands there afterwards, with nothing in it)."""
    with (folder or current_folder()).writing(anew=True) as writer:
        writer.clear()
        writer.complete = not Article.objects.published().exists()


def tidy(*, folder: IndexFolder | None = None) -> None:
    """Do the merges that single saves left for later."""
    target = folder or current_folder()
    target.clear_leavings()
    with target.writing() as writer:
        writer.thorough = True


def rebuild(*, folder: IndexFolder | None = None, progress: Callable[[int], None] = lambda count: None) -> int:
    """Build anew beside the present index, swap, and catch up with what changed meanwhile. Returns how many stand in it.

    Readers see the old index until the swap; saves go on during the building. What they wrote to the
    old index is taken over before the new one is seen; then index and database are compared.
    """
    target = folder or current_folder()
    with target.rebuilding() as beside:
        count = _build(beside, progress)
        with target.writing(anew=True) as writer:
            before = _kept_up(target)
            writer.adopt(beside)
            writer.spotless = True  # of what was erased while it was built nothing is adopted
            if before:
                after = writer.digests()
                _refresh(writer, [pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)])
            writer.complete = True
    progress(count)
    mend(compare(target), folder=target)
    with target.writing() as writer:
        writer.spotless = True  # what was mended just now
    return target.generation().count


def _build(beside: Path, progress: Callable[[int], None]) -> int:
    """Segments of all articles, in a folder of their own."""

    def told() -> Iterator[IndexDocument]:
        for count, document in enumerate(documents(searchable()), 1):
            yield document
            if count % CHUNK == 0:
                progress(count)

    return build_segments(told(), beside, expected=Article.objects.published().count())


def _kept_up(folder: IndexFolder) -> dict[int, str]:
    """Key → digest of the present index where saves have kept it up; {} where it cannot be relied on."""
    try:
        commit = folder.commit()
        if commit is None or not commit.complete or commit.written_with != fingerprint():
            return {}
        return folder.generation().digests()
    except DamagedIndex as damage:
        log.warning("the present index is damaged and is replaced: %s", damage)
        return {}


@dataclass(slots=True)
class Differences:
    """Primary keys by what is wrong with them."""

    missing: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many differ in each way."""
        return {name: len(getattr(self, name)) for name in ("missing", "surplus", "stale", "doubled")}

    def all(self) -> list[int]:
        return sorted({*self.missing, *self.surplus, *self.stale, *self.doubled})


def compare(folder: IndexFolder | None = None) -> Differences:
    """Compare index and database, article by article, by hashes of everything that is indexed.

    Raises DamagedIndex where a file of the index is not as written: every byte is read.
    """
    folder = folder or current_folder()
    folder.read_through()
    index = folder.generation()
    held = index.digests()
    found = Differences()
    if len(held) < index.count:
        keys, times = np.unique(index.pk[index.live], return_counts=True)
        found.doubled = keys[times > 1].tolist()
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
