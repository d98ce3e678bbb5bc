from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class IngestConfig(AppConfig):
    name = "archive.ingest"
    label = "ingest"
    verbose_name = "导入"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # After the last room that a role names, when the permissions of all of them exist.
        from archive.catalog.signals import texts_erased

        from .roles import ROLES
        from .services.erased import forget_uploads

        named = {code.split(".")[0] for codes in ROLES.values() for code in codes}
        last = [config for config in apps.get_app_configs() if config.label in named][-1]
        post_migrate.connect(make_groups, sender=last)
        texts_erased.connect(forget_uploads)


def make_groups(**_options: Any) -> None:
    """Give the groups of `roles` their permissions after each migration."""
    from .roles import ensure_groups

    ensure_groups()
