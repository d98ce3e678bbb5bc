"""`python -m benchmarks.scale [--sizes 20000,100000,300000,1000000] [--engines whoosh,opensearch]`: table and JSON.

Every size is measured in a process of its own. Lines through all sizes but the largest foretell the largest, which
is measured too; lines through all foretell ten and a hundred times it. OpenSearch is measured where SEARCH_URL
names a cluster: `deploy/with-opensearch python -m benchmarks.scale --engines opensearch`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from ..search_speed.corpus import SHARED
from .worker import ASKED

RESULTS = Path(__file__).resolve().parents[1] / "results"
Report = dict[str, Any]
#: Rows of the table: what is read from a report, in which unit it is shown.
MEASURES: dict[str, Callable[[Report], float]] = {
    "index, MB": lambda told: told["bytes"] / 1e6,
    "building, s": lambda told: told["build_seconds"],
    **{f"{title}, p50 ms": lambda told, title=title: told["classes"][title]["p50"] for title in ASKED},  # type: ignore[misc]
    "own memory, MB": lambda told: told.get("own_mb", told.get("heap_mb", 0.0)),
}


def line(sizes: Sequence[int], values: Sequence[float]) -> tuple[float, float]:
    """Intercept and slope of the line that errs least in proportion; a slope is never below 0."""
    x, y = np.array(sizes, float), np.maximum(np.array(values, float), 1e-9)
    slope, start = np.polyfit(x, y, 1, w=1 / y)
    return (float(start), float(slope)) if slope > 0 else (float(np.mean(y)), 0.0)


def foretold(reports: Sequence[Report], size: int, measure: Callable[[Report], float]) -> float:
    """What a measure is at `size` articles, by the line through these reports."""
    start, slope = line([told["articles"] for told in reports], [measure(told) for told in reports])
    return max(0.0, start + slope * size)


def table(name: str, reports: Sequence[Report]) -> list[str]:
    """The measured sizes, what the smaller ones foretold of the largest, and what all foretell beyond."""
    sizes = [told["articles"] for told in reports]
    largest = sizes[-1]
    beyond = (10 * largest, 100 * largest)
    heads = [*(f"{size:,}" for size in sizes), f"{largest:,} foretold", *(f"{size:,} foretold" for size in beyond)]
    rows = [f"{name:<22}" + "".join(f"{head:>22}" for head in heads)]
    for title, measure in MEASURES.items():
        values = [measure(told) for told in reports]
        values.append(foretold(reports[:-1], largest, measure) if len(reports) > 2 else float("nan"))
        values += [foretold(reports, size, measure) for size in beyond]
        rows.append(f"{title:<22}" + "".join(f"{value:>22,.2f}" for value in values))
    return rows


def measured(name: str, size: int) -> Report | str:
    """The report of one size, or the sentence that says why there is none."""
    run = [sys.executable, "-m", "benchmarks.scale.worker", name, str(size)]
    told = subprocess.run(run, capture_output=True, text=True, check=False)
    if told.returncode:
        return (told.stderr.strip().splitlines() or ["no word"])[-1]
    report: Report = json.loads(told.stdout)
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="20000,100000,300000,1000000")
    parser.add_argument("--engines", default="whoosh")
    options = parser.parse_args()
    told: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "generated": not SHARED.exists(),
        "engines": {},
    }
    lines: list[str] = [] if SHARED.exists() else ["../shared is absent: measured on a generated collection."]
    for name in options.engines.split(","):
        reports = []
        for size in sorted(map(int, options.sizes.split(","))):
            report = measured(name, size)
            if isinstance(report, str):
                lines.append(f"{name}, {size:,} articles: not measured: {report}")
                break
            reports.append(report)
        told["engines"][name] = reports
        lines += table(name, reports) if len(reports) > 1 else []
    text = "\n".join(lines)
    print(text)
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    (RESULTS / f"scale-{stamp}.txt").write_text(text + "\n")
    (RESULTS / f"scale-{stamp}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
