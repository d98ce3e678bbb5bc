"""manage.py backup FOLDER."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.catalog.store import StoreError
from archive.journal.models import Kind
from archive.journal.runs import noted
from archive.preservation.backups import backup, size_of
from archive.preservation.errors import PreservationError


class Command(BaseCommand):
    help = "Copies database, bytes and secret key of the running site to FOLDER, which must not exist."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            with noted(Kind.BACKUP) as report:
                told = backup(folder)
                report.sentence = f"{folder.name}: {told['database']}, captures {told['captures']}"
                report.figures = {"captures": told["captures"], "bytes": size_of(folder)}
        except (PreservationError, StoreError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder}: {told['database']}, captures {told['captures']}")
