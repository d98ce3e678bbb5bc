"""An import that is killed in its check, in its confirmation and while it writes the index, and is resumed each time; then undone.

`python -m benchmarks.killed_import N` imports N texts of the developers' corpus by the command, into an empty site of
its own. `kill -9` ends the importing process and all that it began: at 40 of 100 pieces of the check, at 30 of 100
articles of the confirmation, and, past 60 of 100, in the moment in which a segment of the index is being written.
What must hold is asserted: each row once; of each line an article with its bytes, or a row that tells why there is none; one
article for each text that the import does not take for the same; index and database the same; nothing left after the undo.
`--through` imports without a kill, to time it; memory of all processes is written down beside (see benchmarks.memory).
"""

import argparse
import contextlib
import hashlib
import json
import os
import resource
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

from archive.catalog.fingerprints import text_sha256
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


def killed(site: Site, process: subprocess.Popen[bytes], due: Callable[[], bool], name: str, pause: float = 1) -> None:
    """Wait until it is time (asked every `pause` seconds), and kill the process and all that it began."""
    while not due():
        if process.poll() is not None:
            raise SystemExit(f"the import ended before it could be killed in the {name}")
        time.sleep(pause)
    for pid in tree(process.pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()
    rows, done = (site.ask(f"SELECT count(*) FROM ingest_importrow {where}") for where in ("", "WHERE done"))
    waiting = site.ask("SELECT count(*) FROM search_waiting")
    print(f"killed in the {name}: {rows} rows, {done} of them made, {waiting} articles wait for the index", flush=True)


ROWS, MADE = "SELECT count(*) FROM ingest_importrow", "SELECT count(*) FROM ingest_importrow WHERE done"


def run(folder: Path, count: int, way: Callable[[Site, Path, int], None]) -> None:
    site = Site(folder)
    path = folder / "texts.jsonl"
    jsonl(path, count)
    way(site, path, count)
    _nothing_lost(site, path, count)
    print(site.manage("check_index").strip(), flush=True)
    print(site.manage("sanity_check").strip(), flush=True)
    begun = time.monotonic()
    undone = site.manage("undo_import", site.ask("SELECT token FROM ingest_importbatch")).strip()
    print(f"{undone} ({time.monotonic() - begun:.0f} s)", flush=True)
    _nothing_left(site)


def with_kills(site: Site, path: Path, count: int) -> None:
    """Import the file, killed three times and resumed as often."""
    begun = time.monotonic()
    process = site.begin(str(path), "--batch-name", "killed")
    killed(site, process, lambda: _count(site, ROWS) >= IN_CHECK * count, "check")
    token = site.ask("SELECT token FROM ingest_importbatch")
    process = site.begin("--resume", token)
    killed(site, process, lambda: _count(site, MADE) >= IN_CONFIRMATION * count, "confirmation")
    process = site.begin("--resume", token)
    killed(site, process, lambda: site.writes_index() and _count(site, MADE) >= IN_INDEX * count, "index", 0.02)
    process = site.begin("--resume", token)
    if process.wait():
        raise SystemExit("the last run failed")
    print(f"imported in {time.monotonic() - begun:.0f} s with three kills", flush=True)


def through(site: Site, path: Path, count: int) -> None:
    """Import the file without a kill: the clock, the processors and the memory of all its processes."""
    begun, memory = time.monotonic(), site.data.parent / "memory.tsv"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = site.begin(str(path), "--batch-name", "through")
    watch = subprocess.Popen([sys.executable, "-m", "benchmarks.memory", str(process.pid), str(memory)])
    checked = 0.0
    while process.poll() is None:
        if not checked and _count(site, MADE):
            checked = time.monotonic() - begun
        time.sleep(1)
    took = time.monotonic() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)  # all that was waited for; the watch is not yet
    busy = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    watch.wait()
    print(
        f"imported in {took:.0f} s, of which {checked:.0f} were the check: {count / took:.0f} lines a second,"
        f" {1000 * busy / count:.2f} ms of processor each",
        flush=True,
    )
    readings = [list(map(float, line.split("\t")[:3])) for line in memory.read_text().splitlines()]
    for name, some in (
        ("check", [one for one in readings if one[0] < checked]),
        ("confirmation and index", [one for one in readings if one[0] >= checked]),
    ):
        own = [everything - mapped for _second, everything, mapped in some]
        tenth = max(1, len(own) // 10)
        curve = [f"{max(own[start : start + tenth]):.0f}" for start in range(0, len(own), tenth)]
        print(
            f"memory of all processes in the {name}, MB without mapped files: {' '.join(curve)}"
            f" (with mapped files {max(one[1] for one in some):.0f} at most)",
            flush=True,
        )
    if process.returncode:
        raise SystemExit("the import failed")


def _count(site: Site, question: str) -> int:
    try:
        return int(site.ask(question))
    except sqlite3.OperationalError:
        return 0  # busy


def _nothing_lost(site: Site, path: Path, count: int) -> None:
    """Each line by its number: the articles made of it, or the row that tells why there are none."""
    lines = path.read_bytes().splitlines(keepends=True)  # all escapes but the line ends are JSON's: no other breaks
    received = [hashlib.sha256(line).hexdigest() for line in lines]
    rows, numbers, articles = (
        site.ask(f"SELECT {what}")  # our own words
        for what in (
            "count(*) FROM ingest_importrow",
            "count(DISTINCT number) FROM ingest_importrow",
            "count(*) FROM catalog_article",
        )
    )
    outcomes = "SELECT group_concat(told, '; ') FROM (SELECT outcome || ' ' || count(*) AS told FROM ingest_importrow GROUP BY outcome)"
    print(f"{rows} rows ({site.ask(outcomes)}); {articles} articles of {count} lines", flush=True)
    assert rows == numbers >= count, (rows, numbers)
    with closing(sqlite3.connect(site.database)) as database:
        made = database.execute(
            "SELECT r.item, c.sha256, v.span_start, a.id FROM catalog_article a"
            " JOIN catalog_version v ON v.id = a.current_version_id JOIN catalog_capture c ON c.id = v.capture_id"
            " JOIN ingest_importrow r ON r.version_id = v.id AND r.article_id = a.id AND r.done"
        ).fetchall()
        told = database.execute("SELECT item, outcome, problem FROM ingest_importrow WHERE NOT done").fetchall()
    assert len(made) == len({one[1:3] for one in made}) == len({one[3] for one in made}) == articles, "one stands twice"
    assert all(received[line - 1] == sha256 for line, sha256, _start, _article in made), "not the bytes of its line"
    made_of = {line for line, *_rest in made}
    by_rule: dict[int, str] = {number: _same_text(line) for number, line in enumerate(lines, 1)}
    held_texts = {by_rule[line] for line in made_of}
    reasons: dict[int, set[str]] = {}
    for line, outcome, problem in told:
        assert problem, f"nothing tells why line {line} made nothing"
        reasons.setdefault(line, set()).add(outcome)
    without = set(range(1, count + 1)) - made_of
    lost = [line for line in without if line not in reasons]
    assert not lost, f"lines {lost[:10]} made nothing, and nothing tells why"
    held = {line for line in without if "held" in reasons[line]}
    foreign = [line for line in held if by_rule[line] not in held_texts]
    assert not foreign, f"lines {foreign[:10]} were taken for what is held, and no such text is held"
    twice = len(made_of) - len(held_texts)
    assert twice == 0, f"{twice} texts that the import takes for the same are held twice"
    print(
        f"each line accounted for: {len(made_of)} made articles, {len(held)} are the text of another line"
        f" (script, width and blanks apart; {len(lines) - len(set(lines))} by the byte), {len(without - held)} are no article",
        flush=True,
    )
    assert site.ask("SELECT count(*) FROM search_waiting") == 0


def _same_text(line: bytes) -> str:
    """What docs/import.md calls the same text: script, width and blanks apart."""
    piece = json.loads(line)
    return text_sha256(piece["title"], piece["text"])


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
    parser.add_argument("--through", action="store_true", help="without kills, timed")
    options = parser.parse_args()
    if not CORPUS.exists():
        print("../shared/corpus is absent")
        return 1
    with tempfile.TemporaryDirectory(prefix="killed-import-") as folder:
        run(Path(folder), options.count, through if options.through else with_kills)
    return 0


if __name__ == "__main__":
    sys.exit(main())
