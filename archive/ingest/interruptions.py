"""What stops an import from outside, in a sentence: a full disk, a database that is busy or away."""

from __future__ import annotations

import errno

from django.db import OperationalError
from django.utils.translation import gettext as _

#: What databases say (SQLite; PostgreSQL) when the disk holds no more, and when others hold them.
_FULL = ("disk is full", "no space left", "disk full")
_BUSY = ("database is locked", "database table is locked", "lock timeout", "deadlock")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def sentence_of(error: OperationalError | OSError) -> str | None:
    """Why an import stopped, for whoever runs it; None for an error that tells of something else."""
    said = str(error).lower()
    if getattr(error, "errno", None) in _NO_ROOM or any(words in said for words in _FULL):
        return _("磁盘已满，没有写完；已经写入的都完整。请腾出空间后继续。")
    if getattr(error, "errno", None) == errno.EROFS:
        return _("数据目录是只读的，没有写入。请改成可写后继续。")
    if isinstance(error, OperationalError):
        if any(words in said for words in _BUSY):
            return _("数据库一直被别的程序占用，没有写完；已经写入的都完整。请稍后继续。")
        return _("数据库出了问题，没有写完；已经写入的都完整。数据库说：%(said)s") % {"said": str(error).strip()[:300]}
    return None
