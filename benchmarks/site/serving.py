"""The site under gunicorn as it is deployed, asked by readers that wait for each answer."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..search_speed.worker import percentile

ROOT = Path(__file__).resolve().parents[2]
#: Readers at a time; two workers with four threads answer them.
READERS = 8
#: Seconds that gunicorn may take to listen, on a machine that is busy.
MOST_TO_START = 600


def served(address: Callable[[str], str], words: list[str], seconds: float, readers: int = READERS) -> dict[str, Any]:
    """Requests a second, milliseconds to the answer, and processor time of the workers for each request.

    `cold`: of the first answers of workers that have just begun, one for each word.
    """
    with _gunicorn() as (port, parent):
        cold = _read(port, address, words, seconds, readers, most=len(words))
        _read(port, address, words, 1.5, readers)  # warm
        before = _processor_time(parent)
        began = time.perf_counter()
        times = _read(port, address, words, seconds, readers)
        spent, passed = _processor_time(parent) - before, time.perf_counter() - began
    return {
        "requests_per_second": len(times) / passed,
        "p50": percentile(times, 0.5) * 1e3,
        "p95": percentile(times, 0.95) * 1e3,
        "cold_p50": percentile(cold, 0.5) * 1e3,
        "cold_p95": percentile(cold, 0.95) * 1e3,
        "queries": len(times),
        "cpu_ms": spent / len(times) * 1e3,
    }


@contextmanager
def _gunicorn() -> Iterator[tuple[int, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "archive.wsgi:application"]
    env = {**os.environ, "PORT": str(port), "HOST": "127.0.0.1"}
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + MOST_TO_START
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"gunicorn does not listen (it ended with {process.poll()})")
            time.sleep(0.1)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _processor_time(parent: int) -> float:
    """Seconds that the children of a process have spent."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    ticks = 0
    for child in children:
        fields = Path(f"/proc/{child}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _read(
    port: int, address: Callable[[str], str], words: list[str], seconds: float, readers: int, most: int | None = None
) -> list[float]:
    """The seconds of every answer that readers got, each reader one after the other; another status than 200 is an error.

    `most`: so many words are asked for altogether, at most.
    """
    end = time.perf_counter() + seconds
    times: list[float] = []
    failed: list[int] = []

    def reader(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        turn = number
        while time.perf_counter() < end and (most is None or turn < most):
            began = time.perf_counter()
            connection.request("GET", address(words[turn % len(words)]), headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            times.append(time.perf_counter() - began)
            if response.status != 200:
                failed.append(response.status)
            turn += readers
        connection.close()

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise ValueError(f"{len(failed)} answers were not 200: {sorted(set(failed))}")
    return times
