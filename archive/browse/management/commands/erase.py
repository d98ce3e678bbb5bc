"""Erase an article by law: its text, its bytes, its traces in the index."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from archive.catalog.models import Article
from archive.catalog.services import CatalogError, erase
from archive.catalog.store import StoreError
from archive.search import engines
from archive.search.models import Waiting


class Command(BaseCommand):
    help = "Erases an article for good: text, bytes, evidence, index. Its hash, the reason and the date stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_id")
        parser.add_argument("--reason", required=True, help="shown to readers at the article's address")

    def handle(self, *args: Any, public_id: str, reason: str, **options: Any) -> None:
        article = Article.objects.filter(public_id=public_id).first()
        if article is None:
            raise CommandError(f"No article {public_id}.")
        try:
            takedown = erase(article=article, reason=reason)
        except (CatalogError, StoreError) as error:
            raise CommandError(str(error)) from error
        if engines.on_cluster():  # whose nodes may keep for some hours what was deleted from an index
            call_command("rebuild_index", interactive=False, verbosity=0)
        self.stdout.write(f"{public_id} erased; sha256 {takedown.sha256} kept. Backups made before still hold it.")
        if Waiting.objects.filter(erased=True).exists():
            raise CommandError(
                "The index could not be written now and still holds the text: run manage.py sweep_index."
            )
