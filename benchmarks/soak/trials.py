"""The trials. Each returns its figures; `wrong` holds a sentence for everything that should not have been."""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections import Counter
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

from .crawlers import crawled, prepare
from .databases import locked, restarted
from .judging import PATIENT, Told, crowd, ended, folder, whole
from .people import Reader, article
from .running import ROOT, Site, prepared, running

#: Milliseconds within which 95 of 100 articles shall come while crawlers work.
MOST_MS = 200
#: Mutations of one process.
SLICE = 2_500


def load(seconds: int) -> Told:
    """32 readers and 4 writers."""
    with folder() as data, running(Path(data)) as site:
        readers, writers = crowd(site, 32, 4, seconds)
        return ended(site, readers, writers, cut_allowed=False)


def killing(seconds: int) -> Told:
    """The same with kill -9 of a web worker, the background worker, and the process that writes the index, in turn."""
    chance = random.Random(20200123)
    with folder() as data, running(Path(data), **PATIENT) as site:
        readers, writers = crowd(site, 8, 3, seconds, wait=False)
        killed = {"web": 0, "background": 0, "importing": 0}
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(chance.uniform(0.5, 2.0))
            victim = chance.choice(list(killed))
            pid = {
                "web": lambda: chance.choice(site.web_workers() or [0]),
                "background": lambda: site.worker.pid if site.worker else 0,
                "importing": lambda: next(
                    (w.running.pid for w in writers if w.running and w.running.poll() is None), 0
                ),
            }[victim]()
            if pid:
                try:
                    os.kill(pid, signal.SIGKILL)
                    killed[victim] += 1
                except ProcessLookupError:
                    continue
        for one in (*readers, *writers):
            one.join()
        return {"killed": killed, **ended(site, readers, writers, cut_allowed=True)}


def disk_full(_seconds: int) -> Told:
    """A small file system that fills up during an import, then is made larger. Needs root, to mount it."""
    if os.geteuid():
        return {"not_run": "needs root to mount a file system"}
    with folder() as data:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", data], check=True)
        try:
            with running(Path(data)) as site:
                return _disk_full(site, data)
        finally:
            subprocess.run(["umount", "-l", data], check=True)


def _disk_full(site: Site, data: str) -> Told:
    wrong: list[str] = []
    free = os.statvfs(data)
    ballast = Path(data) / "ballast"
    ballast.write_bytes(b"\0" * max(0, free.f_bavail * free.f_frsize - 2 * 2**20))
    path = Path(data).with_suffix(".jsonl")
    path.write_text("".join(json.dumps(article(f"甲{n}丁"), ensure_ascii=False) + "\n" for n in range(3_000)))
    first = site.manage("import_articles", str(path))
    if first.returncode == 0:
        wrong.append("the import of more than the disk holds said that it was done")
    if "Traceback" in first.stderr:
        wrong.append("a bare traceback: " + first.stderr.strip().splitlines()[-1])
    status = Reader(site, 0, 0).ask("/search/?q=" + quote("口罩"))
    if status != "200":
        wrong.append(f"a search on a full disk: {status}")
    ballast.unlink()
    again = site.manage("import_articles", str(path))
    if again.returncode:
        wrong.append("the import after room was made: " + again.stderr.strip()[-300:])
    path.unlink()
    wrong += whole(site, [f"甲{n}丁" for n in range(0, 3_000, 100)])
    return {"said": first.stderr.strip().splitlines()[-1:] or first.stdout.splitlines()[-1:], "wrong": wrong}


def index_read_only(_seconds: int) -> Told:
    """The folder of the index mounted read-only: people search on, changes wait, and are caught up. Needs root."""
    if os.geteuid():
        return {"not_run": "needs root to mount a folder read-only"}
    with folder() as data, running(Path(data)) as site:
        index = str(next(one for one in Path(data).iterdir() if one.is_dir() and "index" in one.name))
        wrong: list[str] = []
        path = Path(data) / "one.jsonl"
        path.write_text(json.dumps(article("甲乙丙丁"), ensure_ascii=False) + "\n")
        subprocess.run(["mount", "--bind", index, index], check=True)
        try:
            subprocess.run(["mount", "-o", "remount,ro,bind", index], check=True)
            done = site.manage("import_articles", str(path))
            if "Traceback" in done.stderr:
                wrong.append("a bare traceback: " + done.stderr.strip().splitlines()[-1])
            status = Reader(site, 0, 0).ask("/search/?q=" + quote("口罩"))
            if status != "200":
                wrong.append(f"a search of a read-only index: {status}")
        finally:
            subprocess.run(["umount", "-l", index], check=True)
        swept = site.manage("sweep_index")
        if swept.returncode:
            wrong.append("sweep_index afterwards: " + swept.stderr.strip()[-300:])
        return {
            "said": (done.stderr or done.stdout).strip().splitlines()[-1:],
            "wrong": wrong + whole(site, ["甲乙丙丁"]),
        }


def clock(seconds: int) -> Told:
    """The clock of every process of the site set three days on, a day back, and right again, while people read and write.

    clock.c moves the time of day alone, as setting the clock of a host does. Needs a C compiler.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        return {"not_run": "needs a C compiler"}
    with folder() as aside, folder() as data:
        library, hands = Path(aside) / "clock.so", Path(aside) / "offset"
        source = Path(__file__).with_name("clock.c")
        subprocess.run([compiler, "-O2", "-Wall", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        hands.write_bytes(struct.pack("q", 0))
        moved = {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(hands), **PATIENT}
        with running(Path(data), **moved) as site:
            readers, writers = crowd(site, 4, 1, seconds, wait=False)
            days: list[int] = []
            before: set[int] = set()
            for offset in (3, -1, 0):
                time.sleep(seconds / 4)
                before = before or set(site.web_workers())
                with hands.open("r+b") as file:
                    file.write(struct.pack("q", offset * 86_400))
                days.append(_days_ahead(site))
            for one in (*readers, *writers):
                one.join()
            told = ended(site, readers, writers, cut_allowed=False)
            if days != [3, -1, 0]:
                told["wrong"].append(f"the clock of the site did not move as set: {days}")
            if not before <= set(site.web_workers()):
                told["wrong"].append("a worker was taken for dead")
            return {"days": days, **told}


def _days_ahead(site: Site) -> int:
    """By how many days the site's clock is ahead of ours."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
    connection.request("GET", "/healthz")
    told = parsedate_to_datetime(connection.getresponse().headers["Date"])
    connection.close()
    return round((told.timestamp() - time.time()) / 86400)


def crawlers(seconds: int) -> Told:
    """20 crawlers on the links of filters, with the guards and without; what readers of articles feel of them."""
    told: Told = {"wrong": []}
    for name, settings in (
        ("guarded", {}),
        (
            "unguarded",
            {"EXPENSIVE_PER_MINUTE": "0", "EXPENSIVE_AT_ONCE": "0", "SEARCH_SECONDS": "0", "WEB_THREADS": "4"},
        ),
    ):
        with folder() as data, running(Path(data), **settings) as site:
            paths = prepare(site, Path(data))
            told[name] = {
                "alone": crawled(site, paths, 0, max(seconds // 4, 5)),
                "crawled": crawled(site, paths, 20, seconds),
            }
    felt = told["guarded"]["crawled"]
    if felt["not_200"]:
        told["wrong"].append(f"{felt['not_200']} articles were not answered")
    if felt["p95_ms"] > MOST_MS:
        told["wrong"].append(f"95 of 100 articles within {felt['p95_ms']:.0f} ms, not {MOST_MS}")
    return told


def mutations(_seconds: int) -> Told:
    """Mutated query strings and mutated uploads, as many of each as SOAK_MUTATIONS says, 100,000 otherwise: hours.

    In slices, each with a seed of its own beginning with SOAK_SEED, so that a run can be gone on with.
    """
    count, first = int(os.environ.get("SOAK_MUTATIONS", "100000")), int(os.environ.get("SOAK_SEED", "1"))
    free = {"EXPENSIVE_PER_MINUTE": "0", "EXPENSIVE_AT_ONCE": "0", "SEARCH_SECONDS": "0"}
    told: Told = {"wrong": []}
    with folder() as data:
        site = prepared(Path(data), **free)
        for seed, begun in enumerate(range(0, count, SLICE), start=first):
            for what in os.environ.get("SOAK_WHAT", "queries,uploads").split(","):
                run = [sys.executable, "-m", "benchmarks.soak.mutated", what, str(min(SLICE, count - begun)), str(seed)]
                done = subprocess.run(run, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
                if done.returncode:
                    told["wrong"].append(f"{what}, seed {seed}: {done.stderr.strip()[-500:]}")
                    continue
                slice_ = json.loads(done.stdout.splitlines()[-1])
                print(what, json.dumps(slice_, ensure_ascii=False), flush=True)
                told["wrong"] += [f"{what}, seed {seed}: {one}" for one in slice_["wrong"]]
                told.setdefault(what, Counter()).update(slice_["ended"])
    return told


TRIALS = {
    "load": load, "killing": killing, "disk full": disk_full, "database locked": locked, "database restarted": restarted,
    "index read-only": index_read_only, "clock": clock, "crawlers": crawlers, "mutations": mutations,
}  # fmt: skip
