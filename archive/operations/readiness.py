"""Whether the site can do its work now, and what is missing where it cannot."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from archive.ingest.services import lease
from archive.journal import heartbeat
from archive.search.state import Condition, index_state

Name = Literal["database", "migrations", "index", "worker"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `sentence` says what is missing, in the language of the reader; "" when nothing is."""

    name: Name
    sentence: str = ""

    @property
    def ok(self) -> bool:
        return not self.sentence


def findings() -> list[Finding]:
    """Look at database, migrations, index and worker, in this order. Raises nothing for what can be wrong with them."""
    return list(_look())


def _look() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        applied = set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        # What the driver says may hold host and user: the log of the database has it.
        yield Finding("database", _("数据库连接不上。"))
        yield Finding("index", _index())
        return
    yield Finding("database")
    missing = sorted(_migrations() - applied)
    if missing:
        names = "、".join(".".join(one) for one in missing[:3])
        sentence = _("有 %(count)d 项数据库变更还没有执行（%(names)s）：运行 manage.py prepare。")
        yield Finding("migrations", sentence % {"count": len(missing), "names": names})
        yield Finding("index", _index())
        return
    yield Finding("migrations")
    yield Finding("index", _index())
    yield Finding("worker", _worker())


@functools.cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Every migration of the program that runs; it does not change while it runs."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _index() -> str:
    sentences: dict[Condition, str] = {
        "absent": _("检索索引还没有建立：运行 manage.py prepare_index。"),
        "incomplete": _("检索索引还不齐全：运行 manage.py prepare_index。"),
        "outdated": _("检索索引是用另一版的格式、词典或字表写成的：运行 manage.py rebuild_index。"),
        "damaged": _("检索索引已损坏：运行 manage.py rebuild_index。"),
        "unreachable": _("检索集群连接不上。"),
    }
    return sentences.get(index_state().condition, "")


def _worker() -> str:
    """What is wrong with the workers. Where none was ever started, or all ended in order, nothing is missing."""
    if heartbeat.living().exists():
        return ""
    last = heartbeat.silent().order_by("-beat_at").first()
    if last is None or last.beat_at < timezone.now() - heartbeat.FORGOTTEN:
        return ""
    minutes = int((timezone.now() - last.beat_at).total_seconds() // 60)
    return _("后台进程已有 %(minutes)d 分钟没有动静：重新启动 manage.py work。") % {"minutes": minutes}


def tasks_left_behind() -> int:
    """Tasks that a dead worker of this host left, which the reaper of the next one settles."""
    running = DBTaskResult.objects.running().values_list("worker_ids", flat=True)
    return sum(1 for names in running if names and lease.is_alive(names[-1]) is False)
