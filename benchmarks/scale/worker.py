"""One size of one engine in a process of its own; prints JSON: `worker ENGINE COUNT`."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..search_speed.queries import Query, classes
from ..search_speed.worker import folder_size, percentile
from .collection import Composed

#: The classes asked, and so many queries of each.
ASKED = ("common", "rare", "and of two", "phrase of 4", "date order", "three facets")
QUERIES = 60
#: Articles from which the queries are drawn: the same for every size.
DRAWN_FROM = 20_000


def measure(name: str, count: int) -> dict[str, Any]:
    """Build `count` articles, then ask each query twice and keep the second answer's time (warm)."""
    rows = Composed(count)
    drawn = classes(list(rows[:DRAWN_FROM]), QUERIES)
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        engine = _engine(name, Path(folder))
        began, cpu = time.perf_counter(), _cpu()
        engine.build(rows)
        seconds, spent = time.perf_counter() - began, _cpu() - cpu
        told = {"engine": name, "articles": count, "build_seconds": seconds, "build_cpu_seconds": spent,
                "bytes": engine.size(), "classes": {title: _asked(engine.run, drawn[title]) for title in ASKED}}  # fmt: skip
        told |= engine.memory(drawn)
        engine.close()
        return told


def _engine(name: str, folder: Path) -> Any:
    if name == "whoosh":
        return _Whoosh(folder)
    from .cluster import Cluster

    return Cluster()


def _cpu() -> float:
    return sum(os.times()[:4])


def _resident() -> dict[str, float]:
    """Resident memory of this process in MB, its own and that of mapped files."""
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return {line[0].rstrip(":"): int(line[1]) / 1024 for line in lines if line[0] in ("RssAnon:", "RssFile:")}


def _asked(run: Callable[[Query], int], asked: list[Query]) -> dict[str, float]:
    for query in asked:
        run(query)
    times = []
    for query in asked:
        began = time.perf_counter()
        run(query)
        times.append((time.perf_counter() - began) * 1e3)
    return {"p50": percentile(times, 0.5), "p95": percentile(times, 0.95)}


def memory(folder: str) -> dict[str, float]:
    """What opening and asking the index in `folder` adds to a process, in MB: of its own, and of the mapped index."""
    from ..search_speed.engines.ours import Engine

    drawn = pickle.load(sys.stdin.buffer)  # drawn by `measure`: passages read here would hide what is asked for
    before = _resident()
    engine = Engine(Path(folder))
    engine.open()
    for title in ASKED:
        _asked(engine.run, drawn[title])
    after = _resident()
    return {"own_mb": after["RssAnon"] - before["RssAnon"], "mapped_mb": after["RssFile"] - before["RssFile"]}


class _Whoosh:
    """The engine on disk."""

    def __init__(self, folder: Path) -> None:
        from ..search_speed.engines.ours import Engine

        self._folder, self._engine = folder, Engine(folder)

    def build(self, rows: Composed) -> None:
        self._engine.build(rows)
        self._engine.open()

    def run(self, query: Query) -> int:
        return self._engine.run(query)[0]

    def size(self) -> int:
        return folder_size(self._folder)

    def memory(self, drawn: dict[str, list[Query]]) -> dict[str, float]:
        """What the asking adds to a fresh process that has the site loaded: of its own, and of the mapped index."""
        run = [sys.executable, "-m", "benchmarks.scale.worker", "memory", str(self._folder)]
        asked = pickle.dumps({title: drawn[title] for title in ASKED})
        told: dict[str, float] = json.loads(subprocess.run(run, capture_output=True, check=True, input=asked).stdout)
        return told

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


if __name__ == "__main__":
    json.dump(memory(sys.argv[2]) if sys.argv[1] == "memory" else measure(sys.argv[1], int(sys.argv[2])), sys.stdout)
