"""Bring the English catalogue to the sentences of code and templates, and compile it."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.browse import catalogue


class Command(BaseCommand):
    help = "Refreshes archive/locale/en from code and templates and compiles it; names what is not yet translated."

    def handle(self, *args: Any, **options: Any) -> None:
        catalog = catalogue.refreshed()
        catalogue.folder().mkdir(parents=True, exist_ok=True)
        (catalogue.folder() / "django.po").write_bytes(catalogue.po_text(catalog))
        (catalogue.folder() / "django.mo").write_bytes(catalogue.mo_bytes(catalog))
        catalogue.compile_search()
        left = catalogue.missing(catalog)
        self.stdout.write(f"{len(catalog)} messages, {len(left)} not translated")
        for message in left:
            self.stdout.write(f"  {message}")
