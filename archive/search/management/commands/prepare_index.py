"""What `prepare` calls: build the index where none is, or where it was written otherwise; catch up where something waits."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.search import pending
from archive.search.engine import upkeep
from archive.search.engine.container import DamagedIndex
from archive.search.engine.fingerprint import fingerprint


class Command(BaseCommand):
    help = "Makes sure that there is an index of the present layout, and that nothing waits to be indexed."

    def handle(self, *args: Any, **options: Any) -> None:
        folder = upkeep.current_folder()
        try:
            ready = folder.exists() and folder.written_with() == fingerprint() and folder.generation() is not None
        except DamagedIndex as damage:
            self.stderr.write(f"The index is damaged: {damage}. Building it anew.")
            ready = False
        if not ready:
            upkeep.rebuild()
        pending.catch_up()
