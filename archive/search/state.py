"""How the index in use stands: for the system check, the sign of readiness and the page of operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from . import engines
from .engine.container import DamagedIndex
from .engine.fingerprint import fingerprint
from .engine.upkeep import current_folder

#: absent: never written; incomplete: not of the whole archive; outdated: written with another layout, dictionary or
#: fold; unreachable: no node of the cluster answers.
Condition = Literal["in order", "absent", "incomplete", "outdated", "damaged", "unreachable"]


@dataclass(frozen=True, slots=True)
class IndexState:
    """`generation`: number of the commit, or name of the cluster's index; `articles` stand in it, None where unknown.

    `detail` says what is damaged or what differs.
    """

    condition: Condition
    detail: str = ""
    generation: str = ""
    articles: int | None = None
    written_with: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_order(self) -> bool:
        return self.condition == "in order"


def index_state(*, opened: bool = True) -> IndexState:
    """Look at the index in use; raises nothing for what can be wrong with it.

    With `opened` False the index on disk is not opened: only its table of contents is read, nothing is counted.
    """
    return _of_cluster() if engines.on_cluster() else _on_disk(opened)


def _on_disk(opened: bool) -> IndexState:
    folder = current_folder()
    try:
        commit = folder.commit()
        if commit is None:
            return IndexState("absent")
        articles = folder.generation().count if opened else None
    except (DamagedIndex, OSError) as error:
        return IndexState("damaged", str(error))
    told: dict[str, Any] = {
        "generation": str(commit.number),
        "articles": articles,
        "written_with": dict(commit.written_with),
    }
    present = fingerprint()
    if commit.written_with != present:
        other = sorted(name for name in present if commit.written_with.get(name) != present[name])
        return IndexState("outdated", ", ".join(other), **told)
    return IndexState("in order" if commit.complete else "incomplete", **told)


def _of_cluster() -> IndexState:
    from .opensearch import layout
    from .opensearch.connection import alias, client, indices_of, reaching

    try:
        names = indices_of(alias())
        if not names:
            return IndexState("absent")
        name = ", ".join(names)
        count = int(reaching(lambda: client().count(index=alias()))["count"])
        if engines.upkeep().in_order():
            return IndexState("in order", generation=name, articles=count, written_with=layout.written_with())
    except OSError as error:
        return IndexState("unreachable", str(error))
    return IndexState("outdated", generation=name, articles=count)
