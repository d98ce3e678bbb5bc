"""Files and folders into articles; or, with --dry-run, what would be read from them."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from archive.ingest.counted import quantities_of
from archive.ingest.interruptions import sentence_of
from archive.ingest.readers import NoArticle, Received, Refused, read, walk
from archive.ingest.reading import read_or_tell
from archive.ingest.records import PageRead, Skipped


class Command(BaseCommand):
    help = "Import files and folders (.txt .html .jsonl .csv .xlsx .zip) as articles, or show what would be read."
    # The dry run works on an empty checkout: no database, no checks.
    requires_system_checks = []
    requires_migrations_checks = False

    as_json = False
    table: Path | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
        parser.add_argument("--resume", default="", metavar="TOKEN", help="go on with a batch that was interrupted")
        parser.add_argument("--dry-run", action="store_true", help="read and show, store nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object a line per article (or one report)")
        parser.add_argument("--outlet", default="", help="who printed the pieces that name nobody")
        parser.add_argument("--draft", dest="publish", action="store_false", help="leave the articles as drafts")
        parser.add_argument("--publish", dest="publish", action="store_true", help="show them to readers (default)")
        parser.add_argument(
            "--report",
            type=Path,
            metavar="CSV",
            help="write what was not imported, with the rows as they came, as a table",
        )
        parser.add_argument("--batch-name", default="", help="name of the batch in the admin")
        parser.set_defaults(publish=True)

    def handle(self, *, paths: list[Path], dry_run: bool, outlet: str, **options: Any) -> None:
        self.as_json, self.table = options["json"], options["report"]
        if self.table is not None and not self.table.resolve().parent.is_dir():
            raise CommandError(_("没有这个文件或文件夹：%(path)s") % {"path": self.table.resolve().parent})
        if options["resume"]:
            self._resume(options["resume"])
            return
        if not paths:
            raise CommandError(_("请写明文件或文件夹。"))
        try:
            files = list(walk(paths))
        except FileNotFoundError as error:
            raise CommandError(_("没有这个文件或文件夹：%(path)s") % {"path": error}) from error
        if dry_run:
            self._show(files, outlet)
        else:
            self._store(files, outlet, **options)

    def _show(self, files: list[Received], outlet: str) -> None:
        for file in files:
            try:
                for piece in read(file):
                    if isinstance(piece, Skipped):
                        self._skipped(piece)
                    else:
                        self._page(read_or_tell(piece, outlet=outlet))
            except Refused as refusal:
                self._skipped(Skipped(file.name, 0, str(refusal), bad=not isinstance(refusal, NoArticle)))

    def _page(self, page: PageRead) -> None:
        for draft in page.drafts:
            if self.as_json:
                found = draft.as_json()
                found["quantities"] = list(quantities_of(found))
                self.stdout.write(json.dumps(found, ensure_ascii=False))
                continue
            day, place = draft.published.value or "?", "".join(draft.about.names) if draft.about else "?"
            self.stdout.write(
                f"{draft.file}#{draft.index}  {draft.title or '?'}  {day}  {draft.outlet or '?'}  {place}"
            )
        for skipped in page.skipped:
            self._skipped(skipped)

    def _skipped(self, skipped: Skipped) -> None:
        if self.as_json:
            self.stderr.write(json.dumps(skipped.as_json(), ensure_ascii=False))
            return
        self.stderr.write(_("跳过 %(file)s：%(reason)s") % {"file": skipped.file, "reason": skipped.reason})

    def _store(self, files: list[Received], outlet: str, *, publish: bool, batch_name: str, **_options: Any) -> None:
        from archive.ingest import services
        from archive.ingest.models import ImportBatch

        self.check()
        _require_migrations()
        try:
            batch = services.receive(
                files=files, source=ImportBatch.Source.COMMAND, name=batch_name, outlet=outlet, publish=publish
            )
        except services.BatchRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (OperationalError, OSError) as error:
            raise _stopped(error) from error
        self._import(batch)

    def _resume(self, token: str) -> None:
        from archive.ingest.models import ImportBatch

        self.check()
        _require_migrations()
        batch = ImportBatch.objects.filter(token=token).first()
        if batch is None:
            raise CommandError(_("没有批次 %(token)s。") % {"token": token})
        self._import(batch)

    def _import(self, batch: Any) -> None:
        """Check and confirm, from wherever the batch stands."""
        from archive.ingest import report, services
        from archive.ingest.models import BatchState

        try:
            if batch.state == BatchState.RECEIVED:
                with progress_to(self.stderr, _("检查"), report.share_read(batch)) as show:
                    services.check(batch, progress=show)
            if batch.state in (BatchState.CHECKED, BatchState.IMPORTING):
                with progress_to(self.stderr, _("导入"), share_of(report.to_make(batch))) as show:
                    services.confirm(batch, progress=show)
        except services.BatchRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except KeyboardInterrupt as interrupt:
            raise CommandError(_("已中断；继续请用：%(command)s") % {"command": _again(batch.token)}) from interrupt
        except (OperationalError, OSError) as error:
            raise _stopped(error, batch.token) from error
        self._report(batch, report)
        if batch.state == BatchState.FAILED:
            raise CommandError(batch.problem)

    def _report(self, batch: Any, report: Any) -> None:
        if self.table is not None:
            with self.table.open("w", encoding="utf-8", newline="") as file:
                file.writelines(report.table(batch))
        if self.as_json:
            for entry in report.not_imported(batch):
                self.stderr.write(json.dumps(entry, ensure_ascii=False))
            self.stdout.write(json.dumps(report.as_json(batch), ensure_ascii=False))
            return
        for entry in report.not_imported(batch):
            self.stderr.write(_("跳过 %(file)s：%(reason)s") % entry)
        self.stdout.write(
            _("批次 %(token)s：%(sentence)s") % {"token": batch.token, "sentence": report.sentence(batch)}
        )
        if batch.problem:
            self.stdout.write(batch.problem)


def _again(token: str) -> str:
    return f"manage.py import_articles --resume {token}"


def _stopped(error: OperationalError | OSError, token: str = "") -> Exception:
    """The error as a sentence with the way on; itself where it tells of something else."""
    sentence = sentence_of(error)
    if sentence is None:
        return error
    again = _("继续请用：%(command)s") % {"command": _again(token)} if token else ""
    return CommandError(sentence + again)


def _require_migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(_("数据库还没有建好或不是最新：请先运行 make run，或 manage.py migrate。"))


@contextmanager
def progress_to(
    stream: Any, verb: str, percent: Callable[[int], int], every: int = 200
) -> Iterator[Callable[[int], None]]:
    """A bar that overwrites itself on a terminal (its line is ended with the block), and a line for each `every` elsewhere.

    `percent` tells how much of the step is done when so many pieces are; it is asked only when something is shown.
    """
    shown = 0
    terminal = sys.stderr.isatty()

    def show(count: int) -> None:
        nonlocal shown
        if terminal:
            stream.write(f"\r{verb} {_bar(percent(count))} {count}", ending="")
        elif count - shown >= every:
            stream.write(f"{verb} {percent(count)}% {count}")
        else:
            return
        shown = count

    try:
        yield show
    finally:
        if terminal and shown:
            stream.write("")


def share_of(whole: int) -> Callable[[int], int]:
    """Percent of a step over `whole` pieces; a step over none is done."""
    return lambda count: min(100, count * 100 // whole) if whole else 100


def _bar(percent: int, width: int = 30) -> str:
    filled = percent * width // 100
    return f"[{'#' * filled}{'.' * (width - filled)}] {percent:3d}%"
