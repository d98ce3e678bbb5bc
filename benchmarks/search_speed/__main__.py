"""`python -m benchmarks.search_speed [--articles 20000,100000] [--engines …] [--rounds 3]`: table and JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from . import engines
from .corpus import SHARED
from .report import disagreements, ratios, table

RESULTS = Path(__file__).resolve().parents[1] / "results"


def step(*arguments: str) -> dict[str, Any] | str:
    """What a step of the worker reports, or the sentence that says why it does not."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.search_speed.worker", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode == 0:
        report: dict[str, Any] = json.loads(run.stdout)
        return report
    return (run.stderr.strip().splitlines() or [f"it ended with {run.returncode}"])[-1]


def measured(name: str, count: int, rounds: int, *, rebuild: bool) -> dict[str, Any] | str:
    """One engine: its index built where none is kept (or anew), then asked."""
    kept = {} if rebuild else step("record", name, str(count))
    if isinstance(kept, str):
        return kept
    built = kept or step("build", name, str(count))
    asked = built if isinstance(built, str) else step("ask", name, str(count), str(rounds))
    saved = asked if isinstance(asked, str) else step("save", name, str(count))
    return saved if isinstance(asked, str) or isinstance(saved, str) else asked | saved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default="20000")
    parser.add_argument("--engines", default="ours,tantivy,xapian,fts5,stock")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--rebuild", default="ours,tantivy", help="engines whose index is built anew, so that rates compare"
    )
    options = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    if not SHARED.exists():
        print("../shared is absent: measuring on a generated collection.")
    told: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "generated": not SHARED.exists(),
        "counts": {},
    }
    lines: list[str] = []
    for count in map(int, options.articles.split(",")):
        reports: dict[str, dict[str, Any]] = {}
        prepared = step("prepare", str(count))
        if isinstance(prepared, str):
            sys.exit(prepared)
        lines.append(f"Search speed, {prepared['articles']:,} articles, load {os.getloadavg()[0]:.1f} at the beginning")
        for name in options.engines.split(","):
            if name not in engines.NAMES:
                parser.error(f"no engine {name}; there are {', '.join(engines.NAMES)}")
            if name in engines.SMALL and count > engines.MOST:
                lines.append(f"{name}: not measured: above {engines.MOST:,} articles it takes hours")
                continue
            report = measured(name, count, options.rounds, rebuild=name in options.rebuild.split(","))
            if isinstance(report, str):
                lines.append(f"{name}: not measured: {report}")
            else:
                reports[name] = report
        if reports:
            lines += [table(reports), *(disagreements(reports) or ["All engines count the same totals."]), ""]
        told["counts"][count] = {"engines": reports, "ratios": ratios(reports)}
    text = "\n".join(lines)
    print(text)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    (RESULTS / f"search-speed-{stamp}.txt").write_text(text + "\n")
    (RESULTS / f"search-speed-{stamp}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
