"""One step of the measurement in a process of its own; prints JSON.

`prepare COUNT` draws the queries, `build ENGINE COUNT` builds an index, `ask ENGINE COUNT ROUNDS` asks it.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import corpus, engines, pages, queries
from .corpus import corpus_hash, passages
from .queries import Query, classes

CACHE = Path(__file__).resolve().parents[1] / ".cache"


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the sorted values lie, in the unit given."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(run: Callable[[Query], object], asked: list[Query]) -> list[float]:
    """Milliseconds a query."""
    times = []
    for query in asked:
        began = time.perf_counter()
        run(query)
        times.append((time.perf_counter() - began) * 1e3)
    return times


def folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _prepared(count: int) -> Path:
    """Where the queries are kept: another collection, another drawing, another file."""
    sources = b"".join(Path(str(module.__file__)).read_bytes() for module in (corpus, queries))
    return CACHE / f"queries-{count}-{corpus.mark()}-{corpus.digest(sources)}.pickle"


def _texts(count: int) -> Path:
    return CACHE / f"texts-{count}-{corpus.mark()}.sqlite3"


def drawn(count: int) -> dict[str, list[Query]]:
    """The queries by class, as `prepare` drew them."""
    prepare(count)
    asked: dict[str, list[Query]] = pickle.loads(_prepared(count).read_bytes())[2]  # written by this very program
    return asked


def prepare(count: int) -> dict[str, Any]:
    kept = _prepared(count)
    if not (kept.exists() and _texts(count).exists()):
        CACHE.mkdir(exist_ok=True)
        rows = passages(count)
        pages.write(_texts(count), rows)
        kept.write_bytes(pickle.dumps((corpus_hash(rows), len(rows), classes(rows))))
    found, number, _asked = pickle.loads(kept.read_bytes())  # written by this very program
    return {"hash": found, "articles": number}


def build(name: str, count: int) -> dict[str, Any]:
    """Build the index of an engine; the reading of the collection is not counted."""
    kind = engines.load(name)
    rows = passages(count)
    folder = CACHE / kind.version / f"{count}-{corpus_hash(rows)}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    began, cpu = time.perf_counter(), os.times()
    kind(folder).build(rows)
    seconds, spent = time.perf_counter() - began, os.times()
    cpu_seconds = sum(spent[:4]) - sum(cpu[:4])
    record = {
        "build_seconds": seconds,
        "build_cpu_seconds": cpu_seconds,
        "build_per_second": len(rows) / seconds,
        "index_bytes": folder_size(folder),
    }
    folder.with_suffix(".json").write_text(json.dumps(record))
    return record


def record(name: str, count: int) -> dict[str, Any]:
    """What `build` told, {} where there is no index of this release and collection."""
    kind = engines.load(name)
    kept = CACHE / kind.version / f"{count}-{prepare(count)['hash']}.json"
    told: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    return told


def ask(name: str, count: int, rounds: int) -> dict[str, Any]:
    """Cold: each class in a fresh process, each query once. Warm: the best of `rounds` for each query."""
    kind = engines.load(name)
    found, number, asked = pickle.loads(_prepared(count).read_bytes())
    most = getattr(kind, "most", None)  # of a peer that takes too long for all of them
    asked = {title: some[:most] for title, some in asked.items()}
    folder = CACHE / kind.version / f"{count}-{found}"
    report: dict[str, Any] = {"engine": name, "version": kind.version, "articles": number, **record(name, count)}

    def opened() -> Callable[[Query], tuple[int, list[int]]]:
        engine = kind(folder)
        engine.open()
        return pages.runner(engine, _texts(count))

    cold = {title: in_fresh_process(opened, some) for title, some in asked.items() if some}
    before, own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, _own()
    began = time.perf_counter()
    run = opened()
    report["open_ms"] = (time.perf_counter() - began) * 1e3
    figures: dict[str, dict[str, float]] = {}
    totals: dict[str, list[int]] = {}
    for title, first in cold.items():
        if first is None:
            continue
        some = asked[title]
        totals[title] = [run(query)[0] for query in some]
        figures[title] = figure(first, [timed(run, some) for _ in range(rounds)])
    report["classes"] = figures
    report["totals"] = totals
    report["memory_mb"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    report["own_mb"] = _own() - own
    return report


def figure(cold: list[float], turns: list[list[float]]) -> dict[str, float]:
    """Of one class: `cold` each query once, `turns` of the same queries of which the best counts; milliseconds."""
    warm = [min(times) for times in zip(*turns, strict=True)]
    return {
        "queries": len(warm),
        "p50": percentile(warm, 0.5),
        "p95": percentile(warm, 0.95),
        "cold_p50": percentile(cold, 0.5),
        "cold_p95": percentile(cold, 0.95),
    }


def _own() -> float:
    """Megabytes of this process that are in no file: what a second worker would need again."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Anonymous:")), 0.0)


def save(name: str, count: int, times: int = 20) -> dict[str, Any]:
    """Milliseconds until one changed passage is searchable, on a copy of the index; {} where an engine has no saving."""
    kind = engines.load(name)
    if not hasattr(kind, "save"):
        return {}
    rows = passages(times)
    copy = Path(
        shutil.copytree(CACHE / kind.version / f"{count}-{prepare(count)['hash']}", CACHE / f"copy-{os.getpid()}")
    )
    spent = time.process_time()
    try:
        engine = kind(copy)
        engine.open()
        found = []
        spent = time.process_time()
        for row in rows:
            began = time.perf_counter()
            held = engine.save(row)
            found.append((time.perf_counter() - began) * 1e3)
            if held != prepare(count)["articles"]:
                raise ValueError(f"{held} passages after a save")
    finally:
        cpu = (time.process_time() - spent) / len(rows) * 1e3
        shutil.rmtree(copy, ignore_errors=True)  # a peer may still be merging in it
    return {"save_p50": percentile(found, 0.5), "save_p95": percentile(found, 0.95), "save_cpu_ms": cpu}


def in_fresh_process(opened: Callable[[], Callable[[Query], object]], asked: list[Query]) -> list[float] | None:
    """Each query once, in a process that has just opened the index; None where the engine has no such query."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told: list[float] | None = None
        try:
            told = timed(opened(), asked)
        except NotImplementedError:
            pass
        finally:
            os.write(writing, json.dumps(told).encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer: list[float] | None = json.loads(pipe.read())
    os.waitpid(child, 0)
    return answer


STEPS: dict[str, Callable[..., dict[str, Any]]] = {
    "prepare": prepare,
    "build": build,
    "record": record,
    "ask": ask,
    "save": save,
}

if __name__ == "__main__":
    step, *rest = sys.argv[1:]
    json.dump(STEPS[step](*(int(one) if one.isdigit() else one for one in rest)), sys.stdout)
