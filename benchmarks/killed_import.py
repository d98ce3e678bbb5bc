"""An import that is killed in its check, in its confirmation and while it writes the index, and is resumed each time; then undone.

`python -m benchmarks.killed_import N` imports N texts of the developers' corpus by the command, into an empty site of
its own. `kill -9` ends the importing process and all that it began: at 40 of 100 pieces of the check, at 30 of 100
articles of the confirmation, and, past 60 of 100, in the moment in which a segment of the index is being written.
What must hold is asserted: each row once, one article for each different text, none foreign, each capture as received,
index and database the same; and nothing left of it after the undo.
"""

import argparse
import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.importing import CORPUS, jsonl
from benchmarks.memory import tree

#: Shares of the pieces at which the process is killed.
IN_CHECK, IN_CONFIRMATION, IN_INDEX = 0.4, 0.3, 0.6


class Site:
    """An empty site in a folder, asked by SQL so that nothing of it is loaded here."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        self.environment = {**os.environ, "DATA_DIR": str(self.data), "DJANGO_SETTINGS_MODULE": "archive.settings"}
        self.manage("migrate", "-v0")
        self.manage("load_regions", "-v0")
        self.database = next(self.data.glob("*.sqlite3"))

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def begin(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "import_articles", *arguments]
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(self, question: str) -> Any:
        with closing(sqlite3.connect(self.database, timeout=60)) as database:
            return database.execute(question).fetchone()[0]

    def writes_index(self) -> bool:
        """Whether a segment is half way: its file stands there, and the commit that will name it does not."""
        with contextlib.suppress(OSError, ValueError):
            segments = [one.stat().st_mtime_ns for one in (self.data / "index").glob("*.pack")]
            commits = [one.stat().st_mtime_ns for one in (self.data / "index").glob("commit-*.json")]
            return bool(segments) and max(segments) > max(commits, default=0)
        return False


def killed(site: Site, process: subprocess.Popen[bytes], due: Callable[[], bool], name: str) -> None:
    """Wait until it is time, and kill the process and all that it began."""
    while not due():
        if process.poll() is not None:
            raise SystemExit(f"the import ended before it could be killed in the {name}")
        time.sleep(0.02)
    for pid in tree(process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    rows, done = (site.ask(f"SELECT count(*) FROM ingest_importrow {where}") for where in ("", "WHERE done"))
    waiting = site.ask("SELECT count(*) FROM search_waiting")
    print(f"killed in the {name}: {rows} rows, {done} of them made, {waiting} articles wait for the index", flush=True)


def run(folder: Path, count: int) -> None:
    site = Site(folder)
    path = folder / "texts.jsonl"
    jsonl(path, count)
    begun = time.monotonic()
    every, made = "SELECT count(*) FROM ingest_importrow", "SELECT count(*) FROM ingest_importrow WHERE done"
    process = site.begin(str(path), "--batch-name", "killed")
    killed(site, process, lambda: _count(site, every) >= IN_CHECK * count, "check")
    token = site.ask("SELECT token FROM ingest_importbatch")
    process = site.begin("--resume", token)
    killed(site, process, lambda: _count(site, made) >= IN_CONFIRMATION * count, "confirmation")
    process = site.begin("--resume", token)
    killed(site, process, lambda: _count(site, made) >= IN_INDEX * count and site.writes_index(), "index")
    process = site.begin("--resume", token)
    if process.wait():
        raise SystemExit("the last run failed")
    print(f"imported in {time.monotonic() - begun:.0f} s with three kills", flush=True)
    _nothing_lost(site, path, count)
    print(site.manage("check_index").strip(), flush=True)
    print(site.manage("sanity_check").strip(), flush=True)
    begun = time.monotonic()
    print(site.manage("undo_import", token).strip(), f"({time.monotonic() - begun:.0f} s)", flush=True)
    _nothing_left(site)


def _count(site: Site, question: str) -> int:
    try:
        return int(site.ask(question))
    except sqlite3.OperationalError:
        return 0  # busy


def _nothing_lost(site: Site, path: Path, count: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)  # all escapes but the line ends are JSON's: no other breaks
    sent = {hashlib.sha256(line).hexdigest() for line in lines}
    texts = {(piece["title"], piece["text"]) for piece in map(json.loads, lines)}
    rows, numbers = (
        site.ask("SELECT count(*) FROM ingest_importrow"),
        site.ask("SELECT count(DISTINCT number) FROM ingest_importrow"),
    )
    articles = site.ask("SELECT count(*) FROM catalog_article")
    outcomes = "SELECT group_concat(told, '; ') FROM (SELECT outcome || ' ' || count(*) AS told FROM ingest_importrow GROUP BY outcome)"
    print(f"{rows} rows ({site.ask(outcomes)}); {articles} articles of {len(texts)} different texts in {count} lines")
    with closing(sqlite3.connect(site.database)) as database:
        held = [
            row[0] for row in database.execute(
                "SELECT c.sha256 FROM catalog_article a JOIN catalog_version v ON v.id = a.current_version_id"
                " JOIN catalog_capture c ON c.id = v.capture_id"
            )
        ]  # fmt: skip
    assert rows == numbers >= count, (rows, numbers)
    assert len(held) == len(set(held)) == articles, "an article stands twice"
    assert articles == len(texts), "not one article for each different text"
    assert set(held) <= sent, "an article is of no line of the file"
    lost = (
        rows
        - articles
        - site.ask("SELECT count(*) FROM ingest_importrow WHERE NOT done AND outcome IN ('held', 'skipped', 'bad')")
    )
    assert lost == 0, f"{lost} rows made nothing, and nothing tells why"
    assert site.ask("SELECT count(*) FROM search_waiting") == 0


def _nothing_left(site: Site) -> None:
    left = {
        table: site.ask(f"SELECT count(*) FROM {table}")  # our own words
        for table in ("catalog_article", "catalog_version", "catalog_evidence", "catalog_capture", "search_waiting")
    }
    print("left after the undo:", left, site.manage("check_index").strip())
    assert not any(left.values()), left


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2_000)
    count = parser.parse_args().count
    if not CORPUS.exists():
        print("../shared/corpus is absent")
        return 1
    with tempfile.TemporaryDirectory(prefix="killed-import-") as folder:
        run(Path(folder), count)
    return 0


if __name__ == "__main__":
    sys.exit(main())
