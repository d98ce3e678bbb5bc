"""The whole archive into a bag."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from archive.catalog import store
from archive.catalog.models import Capture
from archive.ingest.models import ImportBatch

from .bags import CHUNK, BagWriter
from .errors import PreservationError
from .records import KINDS, SETTLED, Line
from .warcs import write_warcs

#: What the lines of data/records mean; another number when that changes.
FORMAT = "1"
#: Lines in one file of records.
LINES = 10_000


def export_archive(
    target: Path, *, warc: bool = True, progress: Callable[[str, int], None] = lambda what, count: None
) -> dict[str, int]:
    """Write the archive as a bag to the folder `target`; how many of each kind.

    It is written to `<target>.partial` and renamed when whole. Interrupted, it goes on with what stands there:
    bytes are not copied twice. All records are of one moment, whoever writes meanwhile. Raises PreservationError
    where `target` exists, StoreError where bytes are missing or damaged.
    """
    if target.exists():
        raise PreservationError(_("%(path)s 已经存在。") % {"path": target})
    partial = target.with_name(target.name + ".partial")
    journal = partial / "journal"
    with BagWriter(partial) as bag, _one_moment():
        # It holds what no reader may see.
        partial.chmod(0o700)
        counts = {"bytes": _write_bytes(bag, lambda count: progress("bytes", count))}
        if warc:
            counts["warc"] = write_warcs(bag, journal)
        for kind in KINDS:
            counts[kind] = _write_records(bag, kind)
            progress(kind, counts[kind])
        waiting = ImportBatch.objects.exclude(state__in=SETTLED).count()
        shutil.rmtree(journal, ignore_errors=True)
        bag.close(
            [("Archive-Records-Format", FORMAT), *((f"Archive-{kind.title()}", str(counts[kind])) for kind in counts)]
        )
    partial.rename(target)
    return counts | {"batches not settled": waiting}


@contextmanager
def _one_moment() -> Iterator[None]:
    """All reads within see the database as it is now; writers are not kept waiting."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        isolated = " ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else ""
        cursor.execute(f"BEGIN{isolated}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _write_bytes(bag: BagWriter, progress: Callable[[int], None]) -> int:
    """Copy the files of all captures, by hash. A member of a container needs none of its own."""
    held = Capture.objects.filter(erased_at=None).order_by("sha256").values_list("sha256", flat=True).distinct()
    count = 0
    for sha256 in held.iterator(chunk_size=2000):
        source = store.path_of(sha256)
        if not source.exists():
            if Capture.objects.filter(sha256=sha256, container=None, erased_at=None).exists():
                store.verify(sha256)
            continue
        name = f"captures/{sha256[:2]}/{sha256[2:4]}/{sha256}"
        there = bag.root / "data" / name
        if there.exists() and there.stat().st_size == source.stat().st_size:
            bag.adopt(name, sha256)
        elif bag.write(name, _read(source)) != sha256:
            there.unlink()
            store.verify(sha256)
        count += 1
        if count % 1000 == 0:
            progress(count)
    return count


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _write_records(bag: BagWriter, kind: str) -> int:
    """records/<kind>-00001.jsonl and so on."""
    lines = KINDS[kind]()
    count = number = 0
    while (first := next(lines, None)) is not None:
        number += 1
        counted = _Counted(chain([first], islice(lines, LINES - 1)))
        bag.write(f"records/{kind}-{number:05}.jsonl", counted)
        count += counted.count
    return count


class _Counted:
    """Lines as bytes, counted while they go by."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            self.count += 1
            yield json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
