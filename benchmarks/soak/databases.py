"""The database held by another, and its server restarted, while people read and write."""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
import time
from pathlib import Path

from .judging import PATIENT, Told, crowd, ended, folder
from .running import running


def locked(_seconds: int) -> Told:
    """The database locked for ten seconds by another process, while people read and one writes."""
    with folder() as data, running(Path(data), **PATIENT) as site:
        readers, writers = crowd(site, 4, 1, 25, wait=False)
        time.sleep(5)
        database = next(Path(data).glob("*.sqlite3"))
        with sqlite3.connect(database, timeout=30, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            time.sleep(10)
            other.execute("ROLLBACK")
        for one in (*readers, *writers):
            one.join()
        return ended(site, readers, writers, cut_allowed=False)


def restarted(seconds: int) -> Told:
    """The server of PostgreSQL stopped as by a fall of the host and begun again, three times. Needs deploy/with-postgres.

    Readers may be told to ask again in some seconds, and one whose answer was under way is cut off; nobody gets an error.
    """
    restart = os.environ.get("POSTGRES_RESTART")
    if restart is None:
        return {
            "not_run": "needs a private server: deploy/with-postgres python -m benchmarks.soak --trials 'database restarted'"
        }
    with folder() as data, running(Path(data), **PATIENT) as site:
        readers, writers = crowd(site, 6, 2, seconds, wait=False)
        away = []
        for _ in range(3):
            time.sleep(seconds / 4)
            began = time.monotonic()
            subprocess.run(shlex.split(restart), check=True, stdout=subprocess.DEVNULL)
            away.append(round(time.monotonic() - began, 1))
        for one in (*readers, *writers):
            one.join()
        return {"seconds_away": away, **ended(site, readers, writers, cut_allowed=True, waits_allowed=True)}
