"""Check of the running site: is the index whole, and written as this program would write it?"""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Warning, register

from . import engines
from .engine.container import DamagedIndex
from .engine.fingerprint import fingerprint
from .engine.upkeep import current_folder


@register("search")
def index_is_in_order(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of an index that is damaged, incomplete, or written with another layout, dictionary or fold.

    Where no index was ever written there is nothing to warn of: `prepare` builds it.
    """
    if engines.on_cluster():
        return []  # start-up must not wait for a cluster: prepare_index and check_index ask it
    hint = "run manage.py rebuild_index"
    try:
        commit = current_folder().commit()
    except DamagedIndex as damage:
        return [Warning(f"the search index is damaged: {damage}", hint=hint, id="search.W001")]
    if commit is None:
        return []
    present = fingerprint()
    if commit.written_with != present:
        other = sorted(name for name in present if commit.written_with.get(name) != present[name])
        return [Warning(f"the search index was written with another {', '.join(other)}", hint=hint, id="search.W002")]
    if not commit.complete:
        return [Warning("the search index does not hold the whole archive yet", hint=hint, id="search.W003")]
    return []
