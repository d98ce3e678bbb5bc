"""`python -m benchmarks.site [--articles 20000,100000] [--seconds 5] [--without-serving]`: see the package."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from . import worker
from .standing import filled, step

RESULTS = Path(__file__).resolve().parents[1] / "results"


def main() -> int:
    parser = argparse.ArgumentParser(description=worker.__doc__)
    parser.add_argument("--articles", default="20000", help="sizes of the site, divided by commas")
    parser.add_argument("--seconds", type=int, default=5, help="how long each page is asked for under gunicorn")
    parser.add_argument("--without-serving", action="store_true", help="processor time alone, nothing under gunicorn")
    options = parser.parse_args()
    seconds = 0 if options.without_serving else options.seconds
    reports = {int(one): _measure(int(one), seconds) for one in options.articles.split(",")}
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    (RESULTS / f"site-{stamp}.json").write_text(json.dumps(reports, indent=1))
    return 0


def _measure(count: int, seconds: int) -> dict[str, Any]:
    folder = filled(count)
    report = step(folder, "ask", count)
    print(f"A site of {count:,} articles, load {os.getloadavg()[0]:.1f}: ms of processor time, median / p95")
    for title, figure in report["classes"].items():
        print(f"  {title:30} {figure['p50']:8.2f} / {figure['p95']:.2f}", flush=True)
    if not seconds:
        return report
    report |= step(folder, "serve", count, seconds)
    print(
        "Under gunicorn, two workers, eight readers (which use the same processors): requests/s, ms, processor ms each"
    )
    for title, figure in report["pages"].items():
        print(
            f"  {title:30} {figure['requests_per_second']:8.0f}   {figure['p50']:.1f} / {figure['p95']:.1f}"
            f"   {figure['cpu_ms']:.2f}"
        )
    return report


if __name__ == "__main__":
    sys.exit(main())
