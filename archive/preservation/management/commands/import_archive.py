"""A bag into an empty site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.catalog.store import StoreError
from archive.preservation.bags import check_bag
from archive.preservation.errors import PreservationError
from archive.preservation.importing import import_archive
from archive.search.engine import upkeep


class Command(BaseCommand):
    help = "Takes the bag in FOLDER into this site, which must be empty; a damaged bag is refused as a whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--check", action="store_true", help="read and compare the bag, take nothing in")

    def handle(self, *args: Any, folder: Path, check: bool, **options: Any) -> None:
        try:
            if check:
                check_bag(folder)
                self.stdout.write(f"{folder}: every file is as its manifest says.")
                return
            counts = import_archive(folder, progress=lambda what, n: self.stderr.write(f"{what} {n}"))
        except (PreservationError, StoreError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder}: " + ", ".join(f"{kind} {count}" for kind, count in counts.items()))
        self.stdout.write(f"{upkeep.rebuild()} articles stand in the index.")
