"""`python -m benchmarks.search_speed [--articles 20000,100000] [--engines …] [--rounds 3]`: table and JSON."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from . import engines
from .corpus import SHARED

RESULTS = Path(__file__).resolve().parents[1] / "results"


def measure(name: str, count: int, rounds: int) -> dict[str, Any] | str:
    """The worker's report, or the sentence that says why there is none."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.search_speed.worker", name, str(count), str(rounds)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode == 0:
        report: dict[str, Any] = json.loads(run.stdout)
        return report
    return run.stderr.strip().splitlines()[-1]


def table(reports: dict[str, dict[str, Any]]) -> str:
    """p50/p95 (and cold p50) in ms a class, and the ratio of each peer's p50 to ours."""
    ours = reports.get("ours")
    lines = []
    for name, report in reports.items():
        lines.append(
            f"{name:8} {report['version']:24} {report['build_per_second']:8.0f} articles/s  "
            f"{report['index_bytes'] / 1e6:7.1f} MB index  {report['memory_mb']:6.0f} MB memory  {report['open_ms']:7.1f} ms to open"
        )
    lines.append("")
    lines.append(f"{'p50 / p95 / cold p50, ms':30}" + "".join(f"{name:>28}" for name in reports))
    for title in next(iter(reports.values()))["classes"]:
        row = f"{title:30}"
        for name, report in reports.items():
            figure = report["classes"].get(title)
            if figure is None:
                row += f"{'–':>28}"
                continue
            cell = f"{figure['p50']:.3f} / {figure['p95']:.3f} / {figure['cold_p50']:.3f}"
            if ours and name != "ours" and title in ours["classes"]:
                cell += f" ×{figure['p50'] / ours['classes'][title]['p50']:.1f}"
            row += f"{cell:>28}"
        lines.append(row)
    return "\n".join(lines)


def disagreements(reports: dict[str, dict[str, Any]]) -> list[str]:
    """Classes in which two engines count different totals for a query: a speed without the right answer is none."""
    found = []
    names = list(reports)
    for name in names[1:]:
        for title, totals in reports[names[0]]["totals"].items():
            other = reports[name]["totals"].get(title)
            if other is None:
                continue
            wrong = sum(a != b for a, b in zip(totals, other, strict=True))
            if wrong:
                found.append(f"{title}: {names[0]} and {name} differ in {wrong} of {len(totals)} totals")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default="20000")
    parser.add_argument("--engines", default="ours,tantivy,xapian,fts5")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    if not SHARED.exists():
        print("../shared is absent: measuring on a generated collection.")
    for count in map(int, options.articles.split(",")):
        reports: dict[str, dict[str, Any]] = {}
        print(f"\nSearch speed, {count:,} articles")
        for name in options.engines.split(","):
            if name not in engines.NAMES:
                parser.error(f"no engine {name}; there are {', '.join(engines.NAMES)}")
            report = measure(name, count, options.rounds)
            if isinstance(report, str):
                print(f"{name}: not measured: {report}")
            else:
                reports[name] = report
        if reports:
            print(table(reports))
            print("\n".join(disagreements(reports)) or "All engines count the same totals.")
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        (RESULTS / f"search-speed-{count}-{stamp}.json").write_text(json.dumps(reports, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
