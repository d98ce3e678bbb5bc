"""Copies, doubtful fields and personal data of what is held."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from archive.catalog.looking_over import look_over_rest


class Command(BaseCommand):
    help = "Finds copies, doubtful fields and personal data in the articles that have not been looked over yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="look over all articles again")

    def handle(self, *args: Any, all: bool, **options: Any) -> None:
        count = look_over_rest(again=all)
        self.stdout.write(f"{count} articles looked over.")
