"""Read what is held with the present rules; what differs waits for an editor."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from archive.catalog.models import Article, Proposal, Status
from archive.catalog.store import StoreError
from archive.ingest.services.rederiving import NotFound, rederive


class Command(BaseCommand):
    help = (
        "Reads captures again with the present rules and proposes what they find differently. No record changes: "
        "an editor accepts or rejects each proposal. What an editor decided is left alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_ids", nargs="*", metavar="ID", help="only these articles")
        parser.add_argument("--batch", help="only articles of this import batch (its token)")
        parser.add_argument("--dry-run", action="store_true", help="count, and keep no proposal")

    def handle(self, *args: Any, public_ids: list[str], batch: str | None, dry_run: bool, **options: Any) -> None:
        articles = Article.objects.filter(current_version__isnull=False).exclude(status=Status.WITHDRAWN)
        if public_ids:
            articles = articles.filter(public_id__in=public_ids)
            missing = set(public_ids) - set(articles.values_list("public_id", flat=True))
            if missing:
                raise CommandError(f"No article {', '.join(sorted(missing))}.")
        if batch:
            articles = articles.filter(rows__batch__token=batch).distinct()
        read = 0
        fields: Counter[str] = Counter()
        for article in articles.select_related("current_version__capture__container").iterator(chunk_size=200):
            version = article.current_version
            assert version is not None
            try:
                with transaction.atomic():
                    rederive(version)
                    waiting = version.proposals.filter(state=Proposal.State.OPEN)
                    fields.update(waiting.values_list("field", flat=True))
                    transaction.set_rollback(dry_run)
            except (NotFound, StoreError) as error:
                self.stdout.write(f"{article.public_id}: {error}")
                continue
            read += 1
        told = ", ".join(f"{field} {count}" for field, count in sorted(fields.items())) or "nothing differs"
        self.stdout.write(f"{read} articles read: {told}.")
