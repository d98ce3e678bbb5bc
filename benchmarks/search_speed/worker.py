"""One engine in a process of its own: builds its index when none is kept, answers, prints JSON."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from . import engines
from .corpus import corpus_hash, passages
from .queries import Query, classes

CACHE = Path(__file__).resolve().parents[1] / ".cache"


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the sorted values lie, in the unit given."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(run: Callable[[Query], object], queries: list[Query]) -> list[float]:
    """Milliseconds a query."""
    times = []
    for query in queries:
        began = time.perf_counter()
        run(query)
        times.append((time.perf_counter() - began) * 1e3)
    return times


def folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main(name: str, count: int, rounds: int) -> dict[str, object]:
    kind = engines.load(name)
    rows = passages(count)
    asked = classes(rows)
    folder = CACHE / kind.version / f"{count}-{corpus_hash(rows)}"
    report: dict[str, object] = {"engine": name, "version": kind.version, "articles": len(rows)}
    record = folder.with_suffix(".json")
    if not record.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        began, cpu = time.perf_counter(), os.times()
        kind(folder).build(rows)
        spent = os.times()
        seconds = time.perf_counter() - began
        record.write_text(
            json.dumps(
                {
                    "build_seconds": seconds,
                    "build_cpu_seconds": sum(spent[:4]) - sum(cpu[:4]),
                    "build_per_second": len(rows) / seconds,
                    "index_bytes": folder_size(folder),
                }
            )
        )
    report.update(json.loads(record.read_text()))
    del rows
    engine = kind(folder)
    began = time.perf_counter()
    engine.open()
    report["open_ms"] = (time.perf_counter() - began) * 1e3
    figures: dict[str, dict[str, float]] = {}
    totals: dict[str, list[int]] = {}
    for title, queries in asked.items():
        if not queries:
            continue
        try:
            totals[title] = [engine.run(queries[0])[0]]
        except NotImplementedError:
            continue
        cold = timed(engine.run, queries[1:])
        warm = [value for _ in range(rounds) for value in timed(engine.run, queries)]
        totals[title] += [engine.run(query)[0] for query in queries[1:]]
        figures[title] = {
            "queries": len(queries),
            "cold_p50": percentile(cold or warm, 0.5),
            "cold_p95": percentile(cold or warm, 0.95),
            "p50": percentile(warm, 0.5),
            "p95": percentile(warm, 0.95),
        }
    report["classes"] = figures
    report["totals"] = totals
    report["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return report


if __name__ == "__main__":
    json.dump(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])), sys.stdout)
