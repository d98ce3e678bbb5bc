"""What the page of operations shows, gathered in one look; nothing here changes anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, F, Min, Sum
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from archive.catalog.models import Article, Capture
from archive.ingest.models import OUTSTANDING, BatchState, ImportBatch
from archive.ingest.services import lease
from archive.journal import heartbeat, runs
from archive.journal.models import Kind, Run, Worker
from archive.search.engine.fingerprint import fingerprint
from archive.search.models import Waiting
from archive.search.state import index_state

from . import background
from .readiness import tasks_left_behind

#: Rows of a table, at most.
MOST = 20


@dataclass(frozen=True, slots=True)
class Upkeep:
    """One kind of upkeep: how it last ended, when it last ended well, whether it may be started or is on its way."""

    kind: Kind
    last: Run | None
    last_good: Run | None
    startable: bool
    coming: bool


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the queue. `about` is the token of a batch or the name of a command; `error` a type, without words."""

    name: str
    about: str
    status: str
    since: datetime
    left: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class Storage:
    """What takes room, in bytes; None where it cannot be told from here."""

    name: str
    size: int | None
    note: str = ""


def upkeep() -> list[Upkeep]:
    last = runs.last_runs()
    return [
        Upkeep(kind, run := last.get(kind), run if run is None or run.ok else runs.last_good(kind), kind in background.SAFE, background.coming(kind))
        for kind in Kind
    ]  # fmt: skip


def index() -> dict[str, Any]:
    """State of the index, its fingerprint beside the program's, what waits, and what the last check found."""
    state = index_state()
    waiting = Waiting.objects.aggregate(count=Count("pk"), oldest=Min("since"))
    present = fingerprint()
    names = sorted({*present, *state.written_with})
    prints = [(name, state.written_with.get(name, ""), present.get(name, "")) for name in names]
    checked = Run.objects.filter(kind=Kind.CHECK_INDEX).exclude(figures={}).first()
    return {
        "state": state,
        "engine": "OpenSearch" if settings.SEARCH_URL else "Whoosh",
        "articles": Article.objects.published().count(),
        "waiting": waiting,
        "fingerprint": prints,
        "checked": checked,
        "differences": sum(checked.figures.values()) if checked else 0,
    }


def tasks() -> dict[str, Any]:
    """Counts of the queue, the tasks that wait, run or failed, and the workers with their reaping."""
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    shown = DBTaskResult.objects.exclude(status="SUCCESSFUL").order_by(
        F("started_at").desc(nulls_first=True), "-enqueued_at"
    )
    return {
        "counts": [(name, counts.get(key, 0)) for key, name in _statuses().items()],
        "rows": [_task(result) for result in shown[:MOST]],
        "left": tasks_left_behind(),
        "workers": [(worker, worker in heartbeat.living()) for worker in Worker.objects.all()],
    }  # fmt: skip


def _statuses() -> dict[str, str]:
    return {"READY": _("等待"), "RUNNING": _("进行中"), "FAILED": _("失败"), "SUCCESSFUL": _("完成")}


def _task(result: DBTaskResult) -> Task:
    runner = result.worker_ids[-1] if result.worker_ids else ""
    return Task(
        name=result.task_path.removeprefix("archive.").removesuffix(".background.advance"),
        about=str(next(iter(result.args_kwargs.get("args", [])), "")),
        status=_statuses().get(result.status, result.status),
        since=result.finished_at or result.started_at or result.enqueued_at,
        left=result.status == "RUNNING" and lease.is_alive(runner) is False,
        error=result.exception_class_path.rpartition(".")[2],
    )


def batches() -> dict[str, Any]:
    """Batches that somebody or the background still has to do something with."""
    waiting = (*OUTSTANDING, BatchState.CHECKED, BatchState.FAILED)
    found = ImportBatch.objects.filter(state__in=waiting).annotate(count=Count("rows")).order_by("-pk")
    return {"rows": list(found[:MOST]), "total": found.count()}


def storage() -> list[Storage]:
    """Database, captures, index, and the room that is left where they stand."""
    held = Capture.objects.filter(erased_at=None, container=None).aggregate(size=Sum("size"), count=Count("pk"))
    free = shutil.disk_usage(_standing(settings.DATA_DIR)).free
    index_folder = Path(settings.HAYSTACK_CONNECTIONS["default"]["PATH"])
    return [
        Storage(_("数据库"), _database_size(), connection.vendor),
        Storage(_("原件"), held["size"] or 0, _("%(count)d 个文件") % {"count": held["count"]}),
        Storage(_("索引"), None if settings.SEARCH_URL else _size(index_folder), _("在集群上") if settings.SEARCH_URL else ""),
        Storage(_("数据目录所在磁盘的余量"), free),
    ]  # fmt: skip


def _standing(path: Path) -> Path:
    """The folder, or the next above it that exists."""
    return path if path.exists() else _standing(path.parent)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*") if path.is_file())


def _database_size() -> int | None:
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        parts = [path, path.with_name(path.name + "-wal")]
        return sum(part.stat().st_size for part in parts if part.is_file()) or None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        row: Iterable[int] = cursor.fetchone()
    return next(iter(row))
