"""Bring the catalogues to the sentences of code and templates, and compile them."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.browse import catalogue


class Command(BaseCommand):
    help = "Refreshes the catalogues from code and templates and compiles them; names what is not yet in English."

    def handle(self, *args: Any, **options: Any) -> None:
        catalog = catalogue.refreshed()
        for path, content in catalogue.files(catalog).items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        left = catalogue.missing(catalog)
        self.stdout.write(f"{len(catalog)} messages, {len(left)} not translated")
        for message in left:
            self.stdout.write(f"  {message}")
