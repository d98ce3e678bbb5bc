from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IngestConfig(AppConfig):
    name = "archive.ingest"
    label = "ingest"
    verbose_name = "导入"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # After this room's migration, when the permissions of the rooms before it exist as well.
        post_migrate.connect(make_groups, sender=self)


def make_groups(**_options: Any) -> None:
    """Give the groups of `roles` their permissions after each migration."""
    from .roles import ensure_groups

    ensure_groups()
