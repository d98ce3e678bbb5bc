"""The archive's own engine, on the same passages as everybody: no titles apart, no captions."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")

import django

django.setup()


from archive.search.engine.answering import answer
from archive.search.engine.documents import IndexDocument, date_values
from archive.search.engine.fingerprint import LAYOUT
from archive.search.engine.folder import IndexFolder
from archive.search.engine.parallel import build_segments
from archive.search.records import Request
from archive.search.texts import PartText
from archive.search.tree import And, Everything, Key, Node, Or, Phrase

from ..corpus import Passage
from ..queries import Query


def document(row: Passage) -> IndexDocument:
    """A passage as the engine's own document, its title and text in one part as for the peers."""
    day = date.fromisoformat(row.day)
    return IndexDocument(
        pk=row.key, digest="", public_id=str(row.key), parts=[PartText("body", row.title + "\ue0ff" + row.text, False)],
        earliest=day.toordinal(), latest=day.toordinal(), is_sample=False, outlet=row.outlet, script="Hans",
        values={"place": [row.province], "outlet_place": [], "topic": [], "author": [], "date": date_values(day, day)},
    )  # fmt: skip


class Engine:
    version = f"ours-{LAYOUT}"
    #: Snippets and concordance are measured on a site (`benchmarks.site`), from the database to the printed character.
    only_index = True

    def __init__(self, folder: Path) -> None:
        self.folder = IndexFolder(folder / "index")

    def build(self, rows: Sequence[Passage]) -> None:
        with self.folder.rebuilding() as beside:
            build_segments((document(row) for row in rows), beside, expected=len(rows))
            with self.folder.writing(anew=True) as writer:
                writer.adopt(beside)
                writer.complete = True

    def save(self, row: Passage) -> int:
        """Write one passage as a commit of its own; how many are found afterwards."""
        with self.folder.writing() as writer:
            writer.remove([row.key])
            writer.add([document(row)])
        return self.folder.generation().count

    def open(self) -> None:
        generation = self.folder.generation()
        _ = generation.newest, [generation.counted(name) for name in ("place", "outlet", "date")]

    def run(self, query: Query) -> tuple[int, list[int]]:
        response = answer(self.folder.generation(), request_of(query))
        # As a peer hands them over: every value with its count.
        _ = [dict(zip(one.values, one.counts, strict=True)) for one in response.facets.values()]
        return response.total, [hit.article_id for hit in response.hits]


def request_of(query: Query) -> Request:
    """A query as the site asks its engine."""
    phrases: tuple[Node, ...] = tuple(Phrase(phrase) for phrase in query.phrases)
    node: Node = Everything()
    if phrases:
        node = phrases[0] if len(phrases) == 1 else Or(phrases) if query.joined == "or" else And(phrases)
    if query.province:
        node = And((node, Key("place", query.province)))
    return Request(
        node,
        earliest=_day(query.days[0]) if query.days else None,
        latest=_day(query.days[1]) if query.days else None,
        sort="newest" if query.newest_first else "relevance",
        offset=query.offset,
        limit=query.limit,
        facets=("place", "outlet", "date") if query.facets else (),
    )


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
