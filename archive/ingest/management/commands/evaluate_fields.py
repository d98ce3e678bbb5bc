"""How well the fields of a labelled file are read, with each disagreement and the evidence behind it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.ingest.evaluation import Judged, LabelError, Report, evaluate


class Command(BaseCommand):
    help = "Compare the fields read from each row of a labelled .jsonl file with its labels."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.jsonl")
        parser.add_argument("--quiet", action="store_true", help="the table alone, without the disagreements")

    def handle(self, *, file: Path, quiet: bool, **options: Any) -> None:
        report = Report()
        try:
            for judged in evaluate(file):
                report.judged.append(judged)
                if judged.verdict != "right" and not quiet:
                    self._disagreement(judged)
        except FileNotFoundError as error:
            raise CommandError(f"没有这个文件：{file}") from error
        except LabelError as error:
            raise CommandError(str(error)) from error
        self._table(report)

    def _disagreement(self, judged: Judged) -> None:
        self.stdout.write(f"{judged.row}  {judged.name}  {judged.verdict}")
        self.stdout.write(f"    expected  {judged.expected}")
        self.stdout.write(f"    read      {judged.read}")
        for line in judged.evidence[:4]:
            self.stdout.write(f"    evidence  {line}")

    def _table(self, report: Report) -> None:
        self.stdout.write(f"{'field':<18}{'right':>8}{'wrong':>8}{'unknown':>9}{'judged':>8}{'share':>8}")
        for name, tally in report.tallies().items():
            share = tally.right / tally.judged
            self.stdout.write(
                f"{name:<18}{tally.right:>8}{tally.wrong:>8}{tally.unknown:>9}{tally.judged:>8}{share:>8.3f}"
            )
