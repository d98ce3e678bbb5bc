"""manage.py restore FOLDER."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from archive.catalog.store import StoreError
from archive.preservation.backups import restore
from archive.preservation.errors import PreservationError
from archive.search.engine import upkeep


class Command(BaseCommand):
    help = "Puts the backup in FOLDER into this site, whose database must be empty, and builds the index."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            told = restore(folder)
        except (PreservationError, StoreError) as error:
            raise CommandError(str(error)) from error
        for sentence in told:
            self.stdout.write(sentence)
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"{upkeep.rebuild()} articles stand in the index.")
