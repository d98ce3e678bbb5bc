"""`make audit`: compare every package of the lock files with the published advisories (pip-audit, OSV).

Ends with 0 only where each pinned package was compared and nothing is known against it. Where the advisory service
does not answer, or pip-audit leaves a package out, that is said and it ends with 1: not audited is not passed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")


def pinned(path: Path) -> dict[str, str]:
    """Name → version of what a lock file installs here. ValueError for a line without a version or a hash."""
    found: dict[str, str] = {}
    for entry in re.sub(r"\\\n", " ", path.read_text()).splitlines():
        line = entry.partition(" #")[0].strip()
        if not line or line.startswith(("#", "-")):
            continue
        text, _, hashes = line.partition("--hash=")
        wanted = Requirement(text.strip())
        versions = [one.version for one in wanted.specifier if one.operator == "=="]
        if len(versions) != 1 or not hashes:
            raise ValueError(f"{path.name}: {text.strip()} has no exact version with a hash")
        if wanted.marker is None or wanted.marker.evaluate():
            found[canonicalize_name(wanted.name)] = versions[0]
    return found


def judged(report: dict[str, Any], wanted: dict[str, str]) -> tuple[list[str], list[str]]:
    """Sentences about what is known against packages, and about those that were not compared."""
    known, left = [], dict(wanted)
    skipped = []
    for one in report.get("dependencies", ()):
        name = canonicalize_name(one["name"])
        if "skip_reason" in one:
            skipped.append(f"{name} was skipped: {one['skip_reason']}")
            left.pop(name, None)
        elif left.get(name) == one.get("version"):
            del left[name]
        for flaw in one.get("vulns", ()):
            mended = ", ".join(flaw.get("fix_versions") or ()) or "no version"
            known.append(f"{name} {one['version']}: {flaw['id']}, mended in {mended}")
    return known, skipped + [f"{name} {version} is not in the report" for name, version in sorted(left.items())]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("locks", nargs="*", type=Path, default=[ROOT / name for name in LOCKS])
    parser.add_argument("--service", default="", help="another address of an OSV service (tests)")
    parser.add_argument("--timeout", default="15", help="seconds to wait for it")
    options = parser.parse_args()
    wanted: dict[str, str] = {}
    run = [sys.executable, "-m", "pip_audit", "--vulnerability-service=osv", "--format=json", "--desc=off"]
    run += ["--progress-spinner=off", "--disable-pip", "--require-hashes", f"--timeout={options.timeout}"]
    run += ["--osv-url", options.service] if options.service else []
    for path in options.locks:
        wanted |= pinned(path)
        run += [f"--requirement={path}"]
    told = subprocess.run(run, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    try:
        report = json.loads(told.stdout)
    except ValueError:
        reason = (told.stderr.strip().splitlines() or ["no reason was given"])[-1]
        print(f"NOTHING WAS AUDITED: the advisory service did not answer ({reason[:300]})", file=sys.stderr)
        return 1
    known, missed = judged(report, wanted)
    for sentence in known:
        print(sentence, file=sys.stderr)
    for sentence in missed:
        print("NOT AUDITED:", sentence, file=sys.stderr)
    if known or missed:
        print(f"{len(known)} advisories, {len(missed)} of {len(wanted)} packages not audited.", file=sys.stderr)
        return 1
    print(f"{len(wanted)} packages audited, nothing is known against them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
