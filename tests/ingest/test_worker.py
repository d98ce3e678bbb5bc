"""The worker as a process of its own: killed in the middle of a check and of an import, it makes each article once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.sites import environment

ROOT = Path(__file__).resolve().parents[2]
COUNT = 400
RECEIVE = """
import io
from functools import partial
from archive.ingest import background, services
from archive.ingest.readers import Received
data = open({path!r}, "rb").read()
batch = services.receive(files=[Received("来稿.jsonl", partial(io.BytesIO, data))], source="upload", publish=True)
background.enqueue(batch)
"""
CONFIRM = """
from archive.ingest import background, services
from archive.ingest.models import ImportBatch
batch = ImportBatch.objects.get()
services.request_confirm(batch)
background.enqueue(batch)
"""


class Site:
    """A site in a folder of its own, driven by processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = environment(folder)
        self.workers: list[subprocess.Popen[bytes]] = []

    def command(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, check=True, capture_output=True
        )

    def run(self, code: str) -> None:
        self.command("shell", "-v", "0", "-c", code)

    def start_worker(self) -> subprocess.Popen[bytes]:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "work"], cwd=ROOT, env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def value(self, query: str) -> object:
        with closing(sqlite3.connect(self.folder / "archive.sqlite3", timeout=20)) as database:
            return database.execute(query).fetchone()[0]

    def wait(self, met: Callable[[], bool], seconds: float = 120) -> None:
        until = time.monotonic() + seconds
        while not met():
            assert time.monotonic() < until, (self.value("select state from ingest_importbatch"),)
            time.sleep(0.02)

    def state(self) -> object:
        return self.value("select state from ingest_importbatch")

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)


@pytest.fixture
def site(tmp_path, sites):
    made = Site(sites.copy("divided", tmp_path / "data"))
    yield made
    made.close()


def test_a_worker_killed_in_check_and_import_makes_each_article_once(site, tmp_path):
    pieces = [
        {
            "title": f"示例村第{n}次设卡",
            "body": f"村口设卡登记，志愿者第{n}次值守，劝返车辆{n}台。",
            "outlet": "示例县报",
        }
        for n in range(COUNT)
    ]
    path = tmp_path / "来稿.jsonl"
    path.write_text("\n".join(json.dumps(piece, ensure_ascii=False) for piece in pieces), encoding="utf-8")
    site.run(RECEIVE.format(path=str(path)))

    first = site.start_worker()
    site.wait(lambda: site.value("select taken from ingest_importfile") > 0)
    site.kill(first)
    assert site.state() == "received"
    assert 0 < site.value("select count(*) from ingest_importrow") < COUNT

    second = site.start_worker()
    site.wait(lambda: site.state() == "checked")
    assert site.value("select count(*) from ingest_importrow where outcome = 'new'") == COUNT
    assert site.value("select count(distinct number) from ingest_importrow") == COUNT
    site.run(CONFIRM)
    site.wait(lambda: site.value("select count(*) from catalog_article") > 0)
    site.kill(second)
    assert site.state() == "importing"
    assert 0 < site.value("select count(*) from catalog_article") < COUNT

    third = site.start_worker()
    site.wait(lambda: site.state() == "done")
    for table in ("catalog_article", "catalog_version"):
        assert site.value(f"select count(*) from {table}") == COUNT
    assert site.value("select count(distinct title) from catalog_version") == COUNT
    assert site.value("select count(*) from ingest_importrow where done") == COUNT
    # One capture is the file, the others its rows.
    assert site.value("select count(*) from catalog_capture") == COUNT + 1
    site.wait(lambda: site.value("select count(*) from search_waiting") == 0)
    site.wait(
        lambda: site.value("select count(*) from django_tasks_database_dbtaskresult where status = 'RUNNING'") == 0
    )
    third.send_signal(signal.SIGTERM)
    assert third.wait(timeout=20) == 0
