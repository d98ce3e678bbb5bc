"""The whole archive into a bag that outlives this software."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.catalog.store import StoreError
from archive.journal.models import Kind
from archive.journal.runs import noted
from archive.preservation.errors import PreservationError
from archive.preservation.exporting import export_archive


class Command(BaseCommand):
    help = "Writes all records and all bytes as a BagIt bag to FOLDER; run again after an interruption it goes on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="must not exist yet")
        parser.add_argument("--no-warc", dest="warc", action="store_false", help="leave out the captures as WARC")

    def handle(self, *args: Any, folder: Path, warc: bool, **options: Any) -> None:
        try:
            with noted(Kind.EXPORT) as report:
                counts = export_archive(folder, warc=warc, progress=lambda what, n: self.stderr.write(f"{what} {n}"))
                report.sentence, report.figures = folder.name, dict(counts)
        except (PreservationError, StoreError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder}: " + ", ".join(f"{kind} {count}" for kind, count in counts.items()))
