"""Load the division table, province to township. Run again it changes nothing, in under a second."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.places.services import load_regions


class Command(BaseCommand):
    help = "Loads the divisions of China (province to township) from the data of the places room; idempotent."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_regions()
        if options["verbosity"]:
            self.stdout.write(
                f"divisions: {loaded.added} added, {loaded.changed} changed, {loaded.unchanged} unchanged"
            )
