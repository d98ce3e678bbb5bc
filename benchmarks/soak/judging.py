"""How a trial begins and how it is judged: a crowd of readers and writers, and what must stand there afterwards."""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from typing import Any
from urllib.parse import quote

from .people import Reader, Writer, told
from .running import Site

Told = dict[str, Any]
#: For trials of faults: searches have time and a turn each, for those that a busy machine refuses would hide what the fault does.
PATIENT = {"SEARCH_SECONDS": "90", "EXPENSIVE_AT_ONCE": "4"}


def folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="soak-")


def crowd(
    site: Site, reading: int, writing: int, seconds: int, *, wait: bool = True
) -> tuple[list[Reader], list[Writer]]:
    until = time.monotonic() + seconds
    readers = [Reader(site, number, until) for number in range(reading)]
    writers = [Writer(site, number, until) for number in range(writing)]
    for one in (*readers, *writers):
        one.start()
    for one in (*readers, *writers) if wait else ():
        one.join()
    return readers, writers


def ended(
    site: Site, readers: list[Reader], writers: list[Writer], *, cut_allowed: bool, waits_allowed: bool = False
) -> Told:
    """What readers were told, and whether everything that was written stands there once.

    `waits_allowed`: they may be told to ask again (503 with Retry-After), as often as it takes.
    """
    unfinished = [sentence for writer in writers if (sentence := writer.finish())]
    statuses, times = told(readers)
    cut = statuses.pop("cut", 0)
    waits = sum(count for status, count in statuses.items() if status.startswith("503 with Retry-After"))
    allowed = ("200", "503 with Retry-After") if waits_allowed else ("200",)
    wrong = unfinished + [f"{count} × {status}" for status, count in statuses.items() if not status.startswith(allowed)]
    if cut and not cut_allowed:
        wrong.append(f"{cut} connections were cut")
    written = [mark for writer in writers for mark in writer.written]
    wrong += whole(site, written)
    return {
        "answers": statuses["200"],
        "told_to_wait": waits,
        "cut": cut,
        **times,
        "written": len(written),
        "wrong": wrong,
    }


def whole(site: Site, marks: list[str]) -> list[str]:
    """Every mark is found once, and index and store agree with the database."""
    wrong = []
    for mark in marks:
        found = _total(site, f"“{mark}小组守好村口”")
        if found != 1:
            wrong.append(f"{mark}: found {found} times")
    for command in ("check_index", "sanity_check"):
        done = site.manage(command)
        if done.returncode:
            wrong.append(f"{command}: {(done.stderr or done.stdout).strip()[-300:]}")
    return wrong[:20]


def _total(site: Site, query: str) -> int:
    """How many articles the interface finds; told that it asks too often, it waits."""
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=120)
        connection.request("GET", f"/api/v1/articles?q={quote(query)}&per_page=1")
        answer = connection.getresponse()
        found = json.loads(answer.read())
        connection.close()
        if answer.status not in (429, 503):
            return int(found["total"])
        time.sleep(float(answer.headers["Retry-After"]))
