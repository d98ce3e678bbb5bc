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

from ..site import standing
from . import engines
from .corpus import SHARED
from .report import LEGEND, disagreements, ratios, table

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


def on_a_site(count: int, rounds: int, seconds: int) -> dict[str, Any]:
    """Ours from the database to the printed character: snippets, concordance, and the page under gunicorn."""
    folder = standing.filled(count)
    classes: dict[str, Any] = standing.step(folder, "beside_peers", count, rounds)["classes"]
    return classes | {"whole search page": standing.step(folder, "search_page", count, seconds)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default="20000")
    parser.add_argument("--engines", default="ours,tantivy,xapian,fts5,stock")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--rebuild", default="ours,tantivy", help="engines whose index is built anew, so that rates compare"
    )
    parser.add_argument("--seconds", type=int, default=5, help="how long the search page is asked for under gunicorn")
    parser.add_argument("--without-site", action="store_true", help="no snippets, concordance and pages of ours")
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes to build and is not kept")
    options = parser.parse_args()
    chosen = options.engines.split(",")
    for name in chosen:
        if name not in engines.NAMES:
            parser.error(f"no engine {name}; there are {', '.join(engines.NAMES)}")
    if not SHARED.exists():
        print("../shared is absent: measuring on a generated collection.")
    told: dict[str, Any] = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "generated": not SHARED.exists(),
        "counts": {},
    }
    lines: list[str] = []
    for count in map(int, options.articles.split(",")):
        prepared = step("prepare", str(count))
        if isinstance(prepared, str):
            sys.exit(prepared)
        lines += [f"## {prepared['articles']:,} articles, load {os.getloadavg()[0]:.1f} at the beginning", ""]
        reports: dict[str, dict[str, Any]] = {}
        left_out: list[str] = []
        for name in chosen:
            if name in engines.SMALL and count > engines.MOST:
                left_out.append(f"{name}: not measured: above {engines.MOST:,} articles it takes hours")
                continue
            if options.quick and name in engines.SMALL and not step("record", name, str(count)):
                left_out.append(
                    f"{name}: not measured: building takes minutes; `--engines {name}` does it, and it is kept"
                )
                continue
            report = measured(name, count, options.rounds, rebuild=name in options.rebuild.split(","))
            if isinstance(report, str):
                left_out.append(f"{name}: not measured: {report}")
            else:
                reports[name] = report
        if "ours" in reports and not options.without_site:
            reports["ours"]["classes"] |= on_a_site(count, options.rounds, options.seconds)
        if reports:
            same = disagreements(reports) or ["All engines count the same totals."]
            lines += [table(reports), "", LEGEND, "", *(f"- {one}" for one in (*left_out, *same)), ""]
        told["counts"][count] = {"engines": reports, "ratios": ratios(reports), "left out": left_out}
        keep("\n".join(["# Search speed", "", told["machine"], "", *lines]), told)


def keep(text: str, told: dict[str, Any], stamp: str = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")) -> None:
    """Write what there is so far: a run may be ended by hand."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"search-{stamp}.md").write_text(text + "\n")
    (RESULTS / f"search-{stamp}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1))
    print(text)


if __name__ == "__main__":
    main()
