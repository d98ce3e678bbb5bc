"""Faults of a cluster of three real nodes (deploy/with-opensearch -n 3); without one there is nothing to test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

if "OPENSEARCH_NODES" not in os.environ:
    pytest.skip("needs make test-opensearch", allow_module_level=True)

from opensearchpy.exceptions import OpenSearchException

from archive.catalog.models import Article
from archive.search import engines
from archive.search.models import Waiting
from archive.search.opensearch import upkeep
from archive.search.opensearch.connection import client
from archive.search.records import Request, Response
from archive.search.service import search
from archive.search.tree import Everything

from .making import save_article

pytestmark = pytest.mark.django_db(transaction=True)
CLUSTER = json.loads(os.environ["OPENSEARCH_NODES"])
STARTED: list[subprocess.Popen[bytes]] = []


@pytest.fixture(scope="module", autouse=True)
def _stopped() -> Iterator[None]:
    """The nodes that tests brought back are stopped with them."""
    yield
    for running in STARTED:
        running.kill()
        running.wait()


def pids() -> list[int]:
    return json.loads(Path(CLUSTER["pids"]).read_text())


def kill(number: int) -> None:
    os.kill(pids()[number], signal.SIGKILL)


def bring_back(number: int) -> None:
    node = CLUSTER["nodes"][number]
    with Path(node["log"]).open("ab") as log:
        running = subprocess.Popen(node["command"], stdout=log, stderr=log, start_new_session=True)
    STARTED.append(running)
    known = pids()
    known[number] = running.pid
    Path(CLUSTER["pids"]).write_text(json.dumps(known))


def await_green() -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            health = client().cluster.health()
            if (health["status"], health["number_of_nodes"]) == ("green", 3):
                return
        except OpenSearchException:  # a node that is coming up refuses in many ways
            pass
        time.sleep(0.5)
    pytest.fail("the cluster did not become green")


class Reader(threading.Thread):
    """Asks without pause and keeps what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.over = threading.Event()
        self.answers: list[Response] = []

    def run(self) -> None:
        while not self.over.is_set():
            self.answers.append(engines.evaluate(Request(Everything(), limit=5, facets=("script",), sort="newest")))


def write(first: int, count: int) -> None:
    for number in range(first, first + count):
        save_article(f"示例村第{number}号志愿者登记体温。", f"示例消息{number}", public_id=f"k{number}")


def whole() -> None:
    """Nothing waits, nothing is lost, nothing stands twice."""
    call_command("sweep_index", verbosity=0)
    client().indices.refresh(index="_all")
    assert not upkeep.compare().all()
    hits = engines.evaluate(Request(Everything(), limit=None)).hits
    assert sorted(hit.article_id for hit in hits) == sorted(Article.objects.values_list("pk", flat=True))


def test_a_node_that_dies_while_people_search_write_and_rebuild_is_not_felt() -> None:
    write(0, 40)
    upkeep.rebuild()
    await_green()
    reader = Reader()
    reader.start()
    try:
        kill(1)
        write(40, 40)
        upkeep.rebuild()
    finally:
        reader.over.set()
        reader.join()
    assert len(reader.answers) > 10
    assert {answer.state for answer in reader.answers} == {"ready"}
    assert all(answer.total >= 40 for answer in reader.answers)
    whole()
    bring_back(1)
    await_green()
    whole()


def test_without_any_node_readers_are_told_and_changes_wait() -> None:
    upkeep.rebuild()
    for number in range(3):
        kill(number)
    write(100, 5)
    page = search("登记")
    assert page.total == 0 and any("连接不上" in notice or "cannot be reached" in notice for notice in page.notices)
    assert Article.objects.published().count() == Waiting.objects.count() == 5
    for number in range(3):
        bring_back(number)
    await_green()
    whole()
    assert not Waiting.objects.exists() and search("登记").total == 5
