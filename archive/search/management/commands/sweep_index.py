"""Index what waits: changes that were made while the index could not be written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.search import pending
from archive.search.models import Waiting


class Command(BaseCommand):
    help = "Indexes every article that waits for it. Safe to repeat; run it by a timer where the index stands on a cluster."
    requires_system_checks = ()  # it runs while things are out of order

    def handle(self, *args: Any, **options: Any) -> None:
        done = pending.catch_up()
        left = Waiting.objects.count()
        if options["verbosity"] > 0:
            self.stdout.write(f"{done} articles indexed, {left} wait.")
        if left:
            raise CommandError("Not everything could be indexed; what waits is safe in the database.")
