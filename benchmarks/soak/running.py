"""A site of its own for a trial: its data in a folder, gunicorn and the background worker as deployed, on loopback."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Site:
    """A running site: where it listens, where its data are, and its two processes."""

    data: Path
    port: int
    environment: dict[str, str]
    gunicorn: subprocess.Popen[bytes] | None = None
    keeper: threading.Thread | None = None
    over: threading.Event = field(default_factory=threading.Event)
    worker: subprocess.Popen[bytes] | None = None

    def manage(self, *words: str, seconds: float = 3600) -> subprocess.CompletedProcess[str]:
        """Run a command of the site to its end."""
        run = [sys.executable, "manage.py", *words]
        return subprocess.run(
            run, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=seconds, check=False
        )

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        """Begin a command of the site."""
        run = [sys.executable, "manage.py", *words]
        return subprocess.Popen(
            run, cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def web_workers(self) -> list[int]:
        """The process ids of the workers that answer readers."""
        assert self.gunicorn is not None
        pid = self.gunicorn.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def prepared(data: Path, **settings: str) -> Site:
    """A site with its sample, of which nothing runs yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ, "DATA_DIR": str(data), "PORT": str(port), "HOST": "127.0.0.1", "DEBUG": "0",
        "SITE_URL": f"http://127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "archive.settings",
        **settings,
    }  # fmt: skip
    # tmpfs may be mounted there: what is in the folder comes, not the folder.
    shutil.copytree(_made(), data, dirs_exist_ok=True)
    return Site(data, port, environment)


@functools.cache
def _made() -> Path:
    """The data of a site with its sample, made once for all trials of a run."""
    folder = Path(tempfile.mkdtemp(prefix="soak-made-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    done = Site(folder, 0, {**os.environ, "DATA_DIR": str(folder), "DEBUG": "0"}).manage("prepare")
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return folder


@contextmanager
def running(data: Path, **settings: str) -> Iterator[Site]:
    """A prepared site that runs until the end of the block; its background worker is begun again when it dies."""
    site = prepared(data, **settings)
    run = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "archive.wsgi:application"]
    site.gunicorn = subprocess.Popen(run, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL)
    site.keeper = threading.Thread(target=_keep_worker, args=(site,))
    site.keeper.start()
    try:
        _await(site.port)
        yield site
    finally:
        site.over.set()
        site.gunicorn.send_signal(signal.SIGTERM)
        site.gunicorn.wait(60)
        site.keeper.join()


def _keep_worker(site: Site) -> None:
    while not site.over.is_set():
        site.worker = site.begin("work")
        while site.worker.poll() is None and not site.over.wait(0.2):
            pass
    if site.worker is not None:
        site.worker.terminate()
        site.worker.wait(60)


def _await(port: int) -> None:
    for _ in range(3_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the site did not begin to listen within five minutes")
