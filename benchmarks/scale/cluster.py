"""The cluster of SEARCH_URL at one size: every half of a source analysed once, documents put together of two and sent in parallel."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from typing import Any

from opensearchpy import helpers

from ..search_speed.engines import ours  # sets the site up
from ..search_speed.queries import Query
from .collection import SOURCES, Composed

#: Documents in a bulk, and bulks on their way at a time.
CHUNK, AT_ONCE = 500, 4
#: Seconds that merging may go on after the last document before the size is read.
PATIENCE = 900
#: The streams of the two halves of a source, as they are sent: characters, words, and the words for suggestions.
Half = tuple[str, str, list[str]]
Halves = tuple[Half, Half]
_rows: Composed


class Cluster:
    """The same documents through the same analysis and mapping as the site's own writing.

    A text is cut where its halves meet: the two characters there make no pair, and a word across them is two.
    """

    def __init__(self) -> None:
        from archive.search.opensearch import upkeep
        from archive.search.opensearch.connection import client

        self._client, self._upkeep = client(), upkeep
        self._analysis = self._sending = 0.0

    def build(self, rows: Composed) -> None:
        """Analyse the sources, then send: nothing is made visible before the end, nothing copied, as in `rebuild_index`."""
        began = time.perf_counter()
        held = _analysed(rows)
        self._analysis = time.perf_counter() - began
        self._upkeep.clear()
        self._index = self._upkeep.indices_of(self._upkeep.alias())[0]
        self._set(refresh_interval="-1", number_of_replicas=0)
        began = time.perf_counter()
        sent = helpers.parallel_bulk(
            self._client, self._actions(rows, held), thread_count=AT_ONCE, chunk_size=CHUNK, request_timeout=300
        )
        for good, answer in sent:
            if not good:
                raise ValueError(str(answer)[:300])
        self._set(refresh_interval=None)
        self._client.indices.refresh(index=self._index, request_timeout=600)
        self._sending = time.perf_counter() - began

    def _set(self, **settings: object) -> None:
        self._client.indices.put_settings(index=self._index, body={"index": settings})

    def _actions(self, rows: Composed, held: list[Halves]) -> Iterator[dict[str, Any]]:
        from archive.search.opensearch.layout import source_of

        for place in range(len(rows)):
            first, second = rows.halves(place)
            row = rows[place]
            document = ours.document(row)
            document.parts = []
            (chars, words, told), (more_chars, more_words, more_told) = held[first][0], held[second][1]
            source = source_of(document) | {
                "body": [f"{chars} {more_chars}"], "body_words": [f"{words} {more_words}"],
                "word": sorted({*told, *more_told}),
            }  # fmt: skip
            yield {"_op_type": "index", "_index": self._index, "_id": str(row.key), "_source": source}

    def run(self, query: Query) -> int:
        from archive.search.opensearch.answering import answer

        return answer(ours.request_of(query)).total

    def size(self) -> int:
        """Bytes of the index when its merging has come to rest."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._stats("merge")["merges"]["current"]:
            time.sleep(2)
        return int(self._stats("store")["store"]["size_in_bytes"])

    def _stats(self, metric: str) -> dict[str, Any]:
        found: dict[str, Any] = self._client.indices.stats(index=self._index, metric=metric)["_all"]["primaries"]
        return found

    def memory(self, drawn: dict[str, list[Query]]) -> dict[str, float]:
        """The heap in use over all nodes in MB; seconds of the analysis of all sources and of sending; segments."""
        nodes = self._client.nodes.stats(metric="jvm")["nodes"].values()
        heap = sum(float(node["jvm"]["mem"]["heap_used_in_bytes"]) for node in nodes) / 2**20
        return {
            "heap_mb": heap, "analysis_seconds": self._analysis, "sending_seconds": self._sending,
            "segments": self._stats("segments")["segments"]["count"],
        }  # fmt: skip

    def close(self) -> None:
        self._upkeep.clear()


def _analysed(rows: Composed) -> list[Halves]:
    """The streams of both halves of every source, in as many processes as there are cores."""
    global _rows
    _rows = rows
    count = min(len(rows), SOURCES)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return pool.map(_halves, range(count), chunksize=500)


def _halves(index: int) -> Halves:
    one, middle = _rows.source(index)
    return _streams(one.title + "\ue0ff" + one.text[:middle]), _streams(one.text[middle:])


def _streams(text: str) -> Half:
    from archive.search.opensearch.layout import told
    from archive.search.opensearch.streams import characters, word_stream
    from archive.search.texts import PartText

    part = PartText("body", text, False)
    return characters(part), word_stream(part), sorted(told(part))
