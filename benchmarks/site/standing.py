"""The folder of a site that stands ready for measuring, and a step in a process of its own on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from ..search_speed import corpus

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent / ".cache"


def filled(count: int) -> Path:
    """The folder of a site of so many passages: filled when it is not there, brought up to date like any other site."""
    state = corpus.digest((HERE / "filling.py").read_bytes())
    folder = CACHE / f"site-{count}-{corpus.mark()}-{state}"
    if (folder / "filled").exists():
        step(folder, "renew")
        return folder
    for old in CACHE.glob(f"site-{count}-*"):
        shutil.rmtree(old)
    folder.mkdir(parents=True)
    (folder / "filled.json").write_text(json.dumps(step(folder, "fill", count)))
    (folder / "filled").touch()
    return folder


def step(folder: Path, *arguments: object) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.site.worker", *map(str, arguments)]
    env = {**os.environ, "DATA_DIR": str(folder), "DEBUG": "0", "SAMPLE": "0", "DATABASE_URL": ""}
    done = subprocess.run(command, env=env, cwd=HERE.parents[1], stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
