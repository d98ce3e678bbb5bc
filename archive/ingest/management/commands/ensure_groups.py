"""Make the groups reader, contributor, editor and admin (also done after each migration)."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.ingest.roles import ROLES, ensure_groups


class Command(BaseCommand):
    help = "Make the groups reader, contributor, editor and admin with their permissions."

    def handle(self, **_options: Any) -> None:
        changed = ensure_groups()
        for name in ROLES:
            self.stdout.write(f"{name}: {'made or completed' if name in changed else 'complete'}")
