"""manage.py mirror FOLDER."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from archive.browse.mirror import MirrorError, mirror
from archive.journal.models import Kind
from archive.journal.runs import noted


class Command(BaseCommand):
    help = (
        "Writes what readers may see as static pages that open from a folder, without a server. Run again, it replaces "
        "the folder when something changed; interrupted, it goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE, help="of the pages")

    def handle(self, *args: Any, folder: Path, language: str, **options: Any) -> None:
        def progress(count: int) -> None:
            if options["verbosity"] > 1:
                self.stderr.write(f"{count} articles")

        try:
            with noted(Kind.MIRROR) as report:
                note = mirror(folder.absolute(), language=language, progress=progress)
                report.figures = {name: note[name] for name in ("articles", "tombstones")}
                end = ", unchanged" if note.get("unchanged") else ""
                report.sentence = f"{folder.name}: articles {note['articles']}, tombstones {note['tombstones']}{end}"
        except MirrorError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(report.sentence)
