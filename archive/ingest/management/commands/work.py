"""The background worker: takes tasks from the queue, and looks after what dead workers left."""

import os
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands import db_worker

from archive.ingest import background
from archive.ingest.services import lease
from archive.journal.heartbeat import Heartbeat

#: Seconds between two looks into the queue, and between two looks for what was left behind.
INTERVAL = 1.0
REAP_EVERY = 20.0


class Worker(db_worker.Worker):
    """The queue's worker, which on SIGTERM ends its task at the next write instead of at its end."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.running = False
        background.stop()
        if not self.running_task:
            sys.exit(0)


class Command(BaseCommand):
    help = "Run what the staff pages put into the queue: checks, imports, undoing. `make run` starts one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is in the queue, then end")
        parser.add_argument("--while", dest="beside", type=int, metavar="PID", help="end when that process has ended")

    def handle(self, *, once: bool, beside: int | None, **_options: Any) -> None:
        name = lease.own_name()
        worker = Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=INTERVAL,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=name,
        )
        worker.configure_signals()
        if once:
            self.attend(worker, name, once=True)
            return
        with Heartbeat(name):
            self.attend(worker, name, beside=beside)

    def attend(self, worker: Worker, name: str, *, once: bool = False, beside: int | None = None) -> None:
        """Do what is in the queue, until told to stop."""
        next_reap = 0.0
        while worker.running and (beside is None or _lives(beside)):
            close_old_connections()
            try:
                if time.monotonic() >= next_reap:
                    background.reap(name)
                    next_reap = time.monotonic() + REAP_EVERY
                worker.run()
            except OperationalError as error:
                self.stderr.write(f"The database cannot be had now ({error}); trying again.")
            if once:
                return
            if worker.running:
                time.sleep(INTERVAL)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
