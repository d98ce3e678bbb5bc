"""Index what waits: changes that were made while the index could not be written."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections

from archive.journal.models import Kind
from archive.journal.runs import noted
from archive.search import pending
from archive.search.models import Waiting


class Command(BaseCommand):
    help = "Indexes every article that waits for it. Safe to repeat and to kill; run it by a timer, or with --every."
    requires_system_checks = ()  # it runs while things are out of order

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=pending.BATCH, help="articles taken up at a time")
        parser.add_argument("--pause", type=float, default=0.0, metavar="SECONDS", help="rest between two batches")
        parser.add_argument("--every", type=float, metavar="SECONDS", help="do not end; look again after so long")

    def handle(self, *args: Any, batch: int, pause: float, every: float | None, **options: Any) -> None:
        if batch < 1 or pause < 0 or (every is not None and every <= 0):
            raise CommandError("--batch and --every must be more than 0, --pause not less.")
        while every is not None:
            close_old_connections()
            try:
                if Waiting.objects.exists():
                    self._sweep(batch, pause, options["verbosity"])
            except OperationalError as error:
                self.stderr.write(f"The database cannot be had now ({error}); trying again.")
            time.sleep(every)
        if self._sweep(batch, pause, options["verbosity"]):
            raise CommandError("Not everything could be indexed; what waits is safe in the database.")

    def _sweep(self, batch: int, pause: float, verbosity: int) -> int:
        """One sweep; how many articles wait after it."""
        with noted(Kind.SWEEP_INDEX) as report:
            done = pending.catch_up(batch=batch, pause=pause)
            left = Waiting.objects.count()
            report.sentence = f"{done} articles indexed, {left} wait."
            report.figures = {"indexed": done, "waiting": left}
            report.ok, report.worth_noting = not left, bool(done or left)
        if verbosity > 0:
            self.stdout.write(report.sentence)
        return left
