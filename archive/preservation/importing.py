"""A bag into an empty site."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from archive.catalog import store
from archive.catalog.models import Article, Capture, Milestone, Outlet, ReprintCluster, Takedown, Wording
from archive.catalog.reprints import note_texts
from archive.ingest.models import ImportBatch
from archive.search.models import Slogan, SynonymGroup

from .bags import CHUNK, check_bag
from .errors import DamagedBag, PreservationError
from .exporting import FORMAT
from .records import KINDS
from .taking_in import Rows, take_in

#: Lines taken in at a time.
LINES_AT_ONCE = 500


def import_archive(bag: Path, *, progress: Callable[[str, int], None] = lambda what, count: None) -> dict[str, int]:
    """Take a bag into this site, which must hold no archive yet; how many of each kind.

    The bag is checked whole before anything is written. Bytes that are there already are not copied again; the
    records come in one transaction: interrupted, the site is as empty as before, and it can be begun again.
    The index is the caller's to build. Raises DamagedBag, or PreservationError where the site is not empty.
    """
    info = check_bag(bag)
    if info.get("Archive-Records-Format") != FORMAT:
        raise DamagedBag(_("%(name)s：这个包不是由本软件的这一版写成的。") % {"name": "bag-info.txt"})
    require_empty()
    counts = {"bytes": _take_bytes(bag, progress)}
    try:
        with transaction.atomic():
            SynonymGroup.objects.all().delete()
            if "Archive-Slogans" in info:  # older bags hold none: what the site begins with stays
                Slogan.objects.all().delete()
            if "Archive-Milestones" in info:
                Wording.objects.all().delete()
                Milestone.objects.all().delete()
            rows = Rows()
            for kind in KINDS:
                counts[kind] = _take_records(bag, kind, rows)
                progress(kind, counts[kind])
            rows.settle()
            _note_copies()
            connection.check_constraints()
    except IntegrityError as error:
        raise DamagedBag(_("包里的记录互不相合：%(reason)s") % {"reason": error}) from error
    return counts


def require_empty() -> None:
    """Raise PreservationError unless the site holds nothing that taking in could meet."""
    for model in (Article, Capture, Outlet, ReprintCluster, Takedown, ImportBatch):
        if model._default_manager.exists():
            raise PreservationError(_("本站不是空的：只能导入到没有文章的新站（SAMPLE=0）。"))


def _take_bytes(bag: Path, progress: Callable[[str, int], None]) -> int:
    count = 0
    for path in sorted((bag / "data" / "captures").glob("??/??/*")):
        try:
            there = store.path_of(path.name)
        except ValueError as error:
            raise DamagedBag(_("%(name)s 不是原件的名字。") % {"name": path.relative_to(bag)}) from error
        if not there.exists() or there.stat().st_size != path.stat().st_size:
            stored = store.store(_read(path))
            if stored.sha256 != path.name:
                if stored.new:
                    store.destroy(stored.sha256)
                raise DamagedBag(_("包已损坏：%(name)s 与清单中的校验和不符。") % {"name": path.relative_to(bag)})
        count += 1
        if count % 1000 == 0:
            progress("bytes", count)
    return count


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _take_records(bag: Path, kind: str, rows: Rows) -> int:
    count = 0
    for path in sorted((bag / "data" / "records").glob(f"{kind}-[0-9]*.jsonl")):
        name = path.relative_to(bag).as_posix()
        with path.open(encoding="utf-8") as file:
            read = 0
            while lines := list(islice(file, LINES_AT_ONCE)):
                try:
                    take_in(kind, [_object(line) for line in lines], rows)
                except (KeyError, TypeError, ValueError, AttributeError, ValidationError, IntegrityError) as error:
                    raise DamagedBag(
                        _("%(name)s 第 %(first)d 至 %(last)d 行中有读不懂的记录：%(reason)s")
                        % {"name": name, "first": read + 1, "last": read + len(lines), "reason": error}
                    ) from error
                read += len(lines)
        count += read
    return count


def _object(line: str) -> dict[str, Any]:
    found = json.loads(line)
    if not isinstance(found, dict):
        raise TypeError("no JSON object")
    return found


def _note_copies() -> None:
    """What the next text is compared with; the clusters stay as they came."""
    last = 0
    while chunk := list(Article.objects.filter(pk__gt=last).select_related("current_version").order_by("pk")[:200]):
        note_texts(chunk)
        last = chunk[-1].pk
