"""The file store against the database: bytes missing, changed, unnamed, left over, or back after erasure."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from .. import store
from ..contained import Reader
from ..models import Capture
from .problems import Problem

#: Files younger than this (seconds) may belong to something that is being received.
YOUNG = 3600


def check_store(*, in_use: Iterable[str] = ()) -> Iterator[Problem]:
    """Read every byte that is held and compare. `in_use` are hashes that other records than captures name."""
    yield from _check_captures()
    yield from _check_files(set(in_use))


def _check_captures() -> Iterator[Problem]:
    """Bytes of containers and of pieces that stand alone by their files, of pieces within a container out of it."""
    alone = Capture.objects.filter(erased_at__isnull=True)
    hashes = alone.filter(container=None).order_by("sha256").values_list("sha256", flat=True).distinct()
    for sha256 in hashes.iterator(chunk_size=1000):
        yield from _verdict(sha256, lambda sha256=sha256: store.verify(sha256))
    with Reader() as reader:
        inside = alone.exclude(container=None).select_related("container").order_by("container_id", "offset", "pk")
        for capture in inside.iterator(chunk_size=1000):
            yield from _verdict(capture.sha256, lambda capture=capture: reader.read(capture))


def _verdict(sha256: str, read: object) -> Iterator[Problem]:
    try:
        read()  # type: ignore[operator]
    except store.MissingBytes as error:
        yield Problem("missing", sha256, str(error))
    except store.DamagedBytes as error:
        yield Problem("changed", sha256, str(error), mendable=store.path_of(sha256).exists())


def _check_files(in_use: set[str]) -> Iterator[Problem]:
    root = Path(settings.CAPTURE_DIR)
    for path in sorted(root.glob("incoming-*")):
        if _old(path):
            yield Problem("leftover", path.name, f"中断的接收留下的文件（{path.stat().st_size} 字节）。", mendable=True)
    for path in sorted(root.glob("??/??/*")):
        captures = Capture.objects.filter(sha256=path.name)
        erased = captures.filter(erased_at__isnull=False).exists()
        if erased and path.name not in in_use:
            yield Problem("returned", path.name, "已依法删除的原件又出现在文件库里。", mendable=True)
        elif not erased and path.name not in in_use and not captures.exists() and _old(path):
            yield Problem("orphan", path.name, "文件库里有这个文件，记录里没有。", mendable=True)


def _old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > YOUNG


def mend_store(problem: Problem) -> str:
    """Mend what is safe to mend; returns the sentence that says what was done, "" when nothing was.

    Orphans and changed files are put aside (DATA_DIR/lost+found), not deleted: whoever has the right bytes
    can bring them again, and they take the empty place.
    """
    if not problem.mendable:
        return ""
    if problem.kind == "leftover":
        (Path(settings.CAPTURE_DIR) / problem.name).unlink(missing_ok=True)
        return "已删除。"
    if problem.kind == "returned":
        store.destroy(problem.name)
        return "已再次删除。"
    aside = Path(settings.CAPTURE_DIR).parent / "lost+found"
    aside.mkdir(parents=True, exist_ok=True)
    store.path_of(problem.name).replace(aside / problem.name)
    return f"已移到 {aside.name}/{problem.name}。"
