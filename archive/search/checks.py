"""Check of the running site: is the index whole, and written as this program would write it?"""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Warning, register

from . import engines
from .state import index_state


@register("search")
def index_is_in_order(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of an index that is damaged, incomplete, or written with another layout, dictionary or fold.

    Where no index was ever written there is nothing to warn of: `prepare` builds it.
    """
    if engines.on_cluster():
        return []  # start-up must not wait for a cluster: prepare_index and check_index ask it
    hint = "run manage.py rebuild_index"
    state = index_state(opened=False)
    if state.condition == "damaged":
        return [Warning(f"the search index is damaged: {state.detail}", hint=hint, id="search.W001")]
    if state.condition == "outdated":
        return [Warning(f"the search index was written with another {state.detail}", hint=hint, id="search.W002")]
    if state.condition == "incomplete":
        return [Warning("the search index does not hold the whole archive yet", hint=hint, id="search.W003")]
    return []
