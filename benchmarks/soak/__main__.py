"""`python -m benchmarks.soak [--seconds 120] [--trials load,killing,…]`: figures as JSON; ends with 1 where anything went wrong."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

from .trials import TRIALS

RESULTS = Path(__file__).resolve().parents[1] / "results"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="how long people read and write in each trial")
    parser.add_argument(
        "--trials",
        default=",".join(name for name in TRIALS if name != "mutations"),
        help=f"of {', '.join(TRIALS)}; mutations take hours",
    )
    options = parser.parse_args()
    figures = {}
    for name in options.trials.split(","):
        if name not in TRIALS:
            parser.error(f"no trial {name}; there are {', '.join(TRIALS)}")
        figures[name] = TRIALS[name](options.seconds)
        print(name, json.dumps(figures[name], ensure_ascii=False), flush=True)
    RESULTS.mkdir(exist_ok=True)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    (RESULTS / f"soak-{stamp}.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    return int(any(one.get("wrong") for one in figures.values()))


if __name__ == "__main__":
    sys.exit(main())
