"""`make bench`: every measurement, one after the other; `python -m benchmarks NAME …` for some of them."""

import subprocess
import sys

#: Name → module and arguments of the quick run (ten minutes or less in all).
MEASUREMENTS: dict[str, list[str]] = {
    "search-speed": ["benchmarks.search_speed", "--articles", "20000", "--rounds", "2", "--quick"],
    "ranking": ["benchmarks.ranking"],
    "site": ["benchmarks.site", "--articles", "20000", "--seconds", "3"],
    "scale": ["benchmarks.scale", "--sizes", "5000,10000,20000"],
    "html-bodies": ["benchmarks.html_bodies"],
    "importing": ["benchmarks.importing", "5000"],
}


def main() -> int:
    chosen = sys.argv[1:] or list(MEASUREMENTS)
    unknown = [name for name in chosen if name not in MEASUREMENTS]
    if unknown:
        print(f"No measurement {', '.join(unknown)}; there are {', '.join(MEASUREMENTS)}.")
        return 2
    return max(subprocess.run([sys.executable, "-m", *MEASUREMENTS[name]], check=False).returncode for name in chosen)


if __name__ == "__main__":
    sys.exit(main())
