"""Build the index anew beside the present one, and swap."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from archive.journal.models import Kind
from archive.journal.runs import noted
from archive.search import engines


class Command(BaseCommand):
    help = "Builds the search index anew from the database. Readers see the old one until the new one is whole."
    requires_system_checks = ()  # what they would warn of is mended here

    def add_arguments(self, parser: ArgumentParser) -> None:
        # haystack's own options, so that scripts made for it go on working
        parser.add_argument(
            "--noinput", "--no-input", action="store_false", dest="interactive", help="never asks anyway"
        )
        parser.add_argument("-u", "--using", action="append", default=[], help="there is one connection: default")
        parser.add_argument("-b", "--batch-size", type=int, dest="batchsize", help="without effect")
        parser.add_argument("-k", "--workers", type=int, default=0, help="without effect")

    def handle(self, *args: Any, **options: Any) -> None:
        talks = options["verbosity"] > 0 and self.stdout.isatty()

        def progress(count: int) -> None:
            if talks:
                self.stdout.write(f"\r{count} articles", ending="")
                self.stdout.flush()

        with noted(Kind.REBUILD_INDEX) as report:
            count = engines.upkeep().rebuild(progress=progress)
            report.sentence, report.figures = f"{count} articles stand in the index.", {"articles": count}
        if options["verbosity"] > 0:
            self.stdout.write(("\r" if talks else "") + f"{count} articles stand in the index.")
