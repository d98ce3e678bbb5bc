"""Undo one import: what it made goes, what has been edited since stays and is named."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from archive.ingest import report, services
from archive.ingest.models import ImportBatch

from .import_articles import progress_to, share_of


class Command(BaseCommand):
    help = "Undo an import batch by its token (shown by import_articles and in the admin)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("token")
        parser.add_argument("--dry-run", action="store_true", help="say what would go and what would stay")

    def handle(self, *, token: str, dry_run: bool, **_options: Any) -> None:
        batch = ImportBatch.objects.filter(token=token).first()
        if batch is None:
            raise CommandError(_("没有批次 %(token)s。") % {"token": token})
        try:
            if dry_run:
                plan = services.plan_undo(batch)
            else:
                whole = services.removed(batch) + report.made(batch)
                with progress_to(self.stderr, _("撤销"), share_of(whole)) as show:
                    plan = services.undo(batch, progress=show)
        except services.BatchRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for row, why in plan.stay:
            self.stdout.write(f"{row.article.public_id if row.article else row.number}: {why}")
        numbers = {"go": len(plan.go), "stay": len(plan.stay)}
        self.stdout.write(
            (_("将删除 %(go)d 条，保留 %(stay)d 条。") if dry_run else _("已删除 %(go)d 条，保留 %(stay)d 条。"))
            % numbers
        )
