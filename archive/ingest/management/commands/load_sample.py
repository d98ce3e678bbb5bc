"""Load the sample collection, once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.ingest import report, services
from archive.ingest.models import BatchState, ImportBatch
from archive.ingest.readers import walk

from .import_articles import progress_to, share_of

SAMPLE = Path(settings.BASE_DIR) / "sample"


class Command(BaseCommand):
    help = "Load the folder sample/ as one batch of sample articles; does nothing when that was done before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="load it also when it was loaded or removed before")

    def handle(self, *, again: bool, **_options: Any) -> None:
        batch = ImportBatch.objects.filter(source=ImportBatch.Source.SAMPLE).first()
        unfinished = batch is not None and batch.state in (
            BatchState.RECEIVED, BatchState.CHECKED, BatchState.IMPORTING,
        )  # fmt: skip
        if batch is not None and not unfinished and not again:
            self.stdout.write(_("示例已载入过（%(state)s），未再载入。") % {"state": batch.get_state_display()})
            return
        if batch is None or not unfinished:
            batch = self._receive()
        if batch.state == BatchState.RECEIVED:
            with progress_to(self.stderr, _("检查"), report.share_read(batch)) as show:
                services.check(batch, progress=show)
        if batch.state in (BatchState.CHECKED, BatchState.IMPORTING):
            with progress_to(self.stderr, _("导入"), share_of(report.to_make(batch))) as show:
                services.confirm(batch, progress=show)
        for entry in report.not_imported(batch):
            self.stderr.write(_("跳过 %(file)s：%(reason)s") % entry)
        self.stdout.write(_("示例：%(sentence)s") % {"sentence": report.sentence(batch)})

    def _receive(self) -> ImportBatch:
        if not SAMPLE.is_dir():
            raise CommandError(_("没有示例文件夹 sample/。"))
        files = [file for file in walk([SAMPLE]) if file.name != "README.md"]
        return services.receive(files=files, source=ImportBatch.Source.SAMPLE, name=_("示例文献"))
