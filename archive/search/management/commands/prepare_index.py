"""What `prepare` calls: build the index where none is whole, or where it was written otherwise; catch up where something waits."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.search import engines, pending
from archive.search.engine import upkeep
from archive.search.engine.container import DamagedIndex
from archive.search.engine.fingerprint import fingerprint
from archive.search.engine.folder import IndexFolder


class Command(BaseCommand):
    help = "Makes sure that there is a whole index of the present layout, and that nothing waits to be indexed."
    requires_system_checks = ()  # what they would warn of is mended here

    def handle(self, *args: Any, **options: Any) -> None:
        if engines.on_cluster():
            self._on_cluster()
            return
        folder = upkeep.current_folder()
        if self._in_order(folder):
            pending.catch_up()
            upkeep.tidy()
        else:
            upkeep.rebuild()
            pending.catch_up()

    def _on_cluster(self) -> None:
        cluster = engines.upkeep()
        try:
            if not cluster.in_order():
                cluster.rebuild()
        except OSError as error:
            self.stderr.write(
                f"The search cluster does not answer: {error}. What changes waits; sweep_index catches up."
            )
            return
        pending.catch_up()

    def _in_order(self, folder: IndexFolder) -> bool:
        try:
            commit = folder.commit()
            if commit is None or not commit.complete or commit.written_with != fingerprint():
                return False
            folder.generation()
        except DamagedIndex as damage:
            self.stderr.write(f"The index is damaged: {damage}. Building it anew.")
            return False
        return True
