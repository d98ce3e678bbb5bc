"""Checks of the running site: is the division table loaded?"""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections


@register(Tags.database)
def division_table_is_loaded(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn where the table exists and is empty: places would stay unknown to every page and facet."""
    from .models import Region

    for alias in databases or ():
        connection = connections[alias]
        if Region._meta.db_table not in connection.introspection.table_names():
            continue  # not migrated yet: migrate says so itself
        if not Region.objects.using(alias).exists():
            return [Warning("the division table is empty", hint="run manage.py load_regions", id="places.W001")]
    return []
