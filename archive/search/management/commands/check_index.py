"""Compare index and database, and mend on request."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.journal.models import Kind
from archive.journal.runs import Report, noted
from archive.search import engines
from archive.search.engine import upkeep
from archive.search.engine.container import DamagedIndex
from archive.search.engine.fingerprint import fingerprint


class Command(BaseCommand):
    help = "Compares the search index with the database, article by article."
    requires_system_checks = ()  # it tells more itself

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="mend every difference")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        with noted(Kind.CHECK_INDEX) as report:
            if engines.on_cluster():
                self._on_cluster(repair, report)
            else:
                self._on_disk(repair, report)

    def _tell(self, report: Report, sentence: str) -> None:
        """Say it, and keep it as what was said last."""
        report.sentence = sentence
        self.stdout.write(sentence)

    def _on_disk(self, repair: bool, report: Report) -> None:
        folder = upkeep.current_folder()
        try:
            commit = folder.commit()
            outdated = commit is not None and commit.written_with != fingerprint()
            differences = upkeep.compare(folder)
        except DamagedIndex as damage:
            if not repair:
                raise CommandError(f"The index is damaged: {damage}. Mend it with --repair.") from damage
            self._tell(report, f"The index is damaged: {damage}. Building it anew.")
            self._tell(report, f"{upkeep.rebuild()} articles stand in the index.")
            return
        if outdated:
            self._tell(report, "The index was written with another layout, dictionary or fold.")
            if repair:
                self._tell(report, f"{upkeep.rebuild()} articles stand in the index.")
                return
        report.figures = differences.counts()
        for name in ("missing", "surplus", "stale", "doubled"):
            keys = getattr(differences, name)
            if keys:
                self.stdout.write(
                    f"{name}: {len(keys)} (article {', '.join(map(str, keys[:10]))}{' …' if len(keys) > 10 else ''})"
                )
        whole = commit is not None and commit.complete
        if not differences.all() and not outdated and whole:
            self._tell(report, "Index and database agree.")
        elif repair and whole:
            self._tell(report, f"{upkeep.mend(differences)} articles mended.")
        elif repair:
            self._tell(report, f"{upkeep.rebuild()} articles stand in the index.")
        else:
            raise CommandError("Index and database differ. Mend it with --repair.")

    def _on_cluster(self, repair: bool, report: Report) -> None:
        cluster = engines.upkeep()
        try:
            if not cluster.in_order():
                self._tell(report, "The cluster has no index of the present layout, dictionary and fold.")
                if not repair:
                    raise CommandError("Build it with --repair.")
                self._tell(report, f"{cluster.rebuild()} articles stand in the index.")
                return
            differences = cluster.compare()
            report.figures = differences.counts()
            if not differences.all():
                self._tell(report, "Index and database agree.")
            elif repair:
                self._tell(report, f"{cluster.mend(differences)} articles mended.")
            else:
                raise CommandError(f"{len(differences.all())} articles differ. Mend them with --repair.")
        except OSError as error:
            raise CommandError(f"The search cluster does not answer: {error}") from error
