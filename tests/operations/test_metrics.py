"""Metrics tell of pages and of what waits, never of readers; who may read them is a setting."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from prometheus_client.parser import text_string_to_metric_families

from archive.catalog.models import Capture
from archive.ingest import services as ingest
from archive.ingest.models import ImportBatch
from archive.journal import heartbeat, runs
from archive.journal.models import Kind
from archive.operations import counters
from archive.search.models import Waiting
from archive.settings import table


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (one.name, tuple(sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def read(client, **headers) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 200 and response["Content-Type"].startswith("text/plain; version=0.0.4")
    return samples(response.content.decode())


def test_pages_searches_and_what_waits_are_counted(ready, client):
    before = read(client)

    def grown(name, **labels):
        key = (name, tuple(sorted(labels.items())))
        return read(client).get(key, 0) - before.get(key, 0)

    assert client.get("/").status_code == 200
    assert client.get("/en/search/?q=口罩").status_code == 200
    assert client.get("/search/?q=口罩").status_code == 200
    assert client.get("/articles/nothing/").status_code == 404
    assert client.get("/no/such/page").status_code == 404
    assert client.get("/robots.txt").status_code == 200
    assert grown("archive_requests_total", view="search", status="200") == 2
    assert grown("archive_requests_total", view="article", status="404") == 1
    assert grown("archive_requests_total", view="unmatched", status="404") == 1
    assert grown("archive_requests_total", view="robots", status="200") == 1
    assert grown("archive_request_seconds_count", view="home") == 1
    assert grown("archive_request_queries_bucket", view="article", le="0.0") == 0
    assert grown("archive_request_queries_sum", view="search") > 0
    assert grown("archive_search_seconds_count", engine="disk") >= 2

    Waiting.objects.create(article=4, stamp="x")
    Capture.objects.create(sha256="0" * 64, size=1, media_type="text/plain")
    ingest.receive(files=[ingest.pasted("标题\n\n正文")], source=ImportBatch.Source.UPLOAD)
    heartbeat.beat("host 1 1")
    with runs.noted(Kind.BACKUP) as report:
        report.figures = {"captures": 3}
    now = read(client)
    for name, labels, value in [
        ("archive_index_waiting", {}, 1), ("archive_articles", {"status": "published"}, 0), ("archive_captures", {}, 1),
        ("archive_index_articles", {}, 0), ("archive_import_batches", {"state": "received"}, 1),
        ("archive_tasks", {"status": "ready"}, 0), ("archive_task_oldest_seconds", {}, 0),
        ("archive_workers", {"state": "living"}, 1), ("archive_last_run_ok", {"kind": "backup"}, 1),
        ("archive_last_run_figure", {"kind": "backup", "figure": "captures"}, 3), ("archive_ready", {"check": "index"}, 1),
    ]:  # fmt: skip
        assert now[name, tuple(sorted(labels.items()))] == value, name
    assert 0 <= now["archive_last_run_age_seconds", (("kind", "backup"),)] < 3600


def test_no_words_addresses_or_names_are_in_the_metrics(ready, client):
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(User.objects.create_user("geheim-name", is_staff=True), backend)
    asked = {"q": "蓝尾雀"}
    for path in ("/search/", "/concordance/", "/suggest/", "/api/v1/articles", "/staff/", "/蓝尾雀/"):
        client.get(path, asked, REMOTE_ADDR="203.0.113.77", headers={"user-agent": "geheim-browser"})
    text = client.get("/metrics").content.decode()
    assert 'view="search"' in text
    for word in ("蓝尾雀", "geheim", "203.0.113", "%E8%93%9D"):
        assert word not in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.9", {}, 404),
        ("", {}, 404),
        # A proxy on this host brings somebody else.
        ("127.0.0.1", {"x-forwarded-for": "203.0.113.9"}, 404),
        ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}, 404),
    ],
)
@pytest.mark.parametrize("trusted", [["127.0.0.1", "::1"], []])
def test_on_loopback_only_the_host_itself_reads(ready, client, settings, trusted, address, headers, status):
    settings.TRUSTED_PROXIES = trusted
    assert client.get("/metrics", REMOTE_ADDR=address, headers=headers).status_code == status


def test_off_and_token(ready, client, settings):
    settings.METRICS = "off"
    assert client.get("/metrics").status_code == 404
    settings.METRICS, settings.METRICS_TOKEN = "token", "t" * 24
    for given in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic " + "t" * 24}):
        response = client.get("/metrics", headers=given)
        assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
        assert b"archive_" not in response.content
    good = {"authorization": "Bearer " + "t" * 24}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers=good).status_code == 200


def test_a_token_that_is_missing_or_short_or_an_unknown_mode_stops_the_start(monkeypatch):
    monkeypatch.setenv("METRICS", "token")
    with pytest.raises(ImproperlyConfigured, match="20 characters"):
        table.read(site.BASE_DIR)
    monkeypatch.setenv("METRICS", "everybody")
    with pytest.raises(ImproperlyConfigured, match="off or loopback or token"):
        table.read(site.BASE_DIR)


def test_without_a_database_metrics_still_come(client, ready, monkeypatch):
    from django.db import OperationalError, connection

    def away(*_args):
        raise OperationalError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        now = read(client)
    assert now["archive_ready", (("check", "database"),)] == 0
    assert not [name for name, _labels in now if name == "archive_articles"]


COUNT = """
import sys
from prometheus_client import Counter, Histogram
pages = Counter("pages", "…", ["view"]); took = Histogram("took", "…", buckets=(1, 2))
for number in range(int(sys.argv[1])):
    pages.labels("home").inc(); took.observe(1.5)
import os; print(os.getpid())
"""
SUM = """
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
registry = CollectorRegistry(); MultiProcessCollector(registry); print(generate_latest(registry).decode())
"""


def test_what_dead_workers_counted_stays_and_their_files_go(tmp_path):
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}

    def run(code, *arguments):
        return subprocess.run(
            [sys.executable, "-c", code, *arguments], env=environment, check=True, capture_output=True, text=True
        ).stdout

    def total():
        return {name: value for (name, _labels), value in samples(run(SUM)).items() if name in ("pages_total", "took_count", "took_sum")}  # fmt: skip

    pids = [int(run(COUNT, number)) for number in ("3", "4")]
    expected = {"pages_total": 7, "took_count": 7, "took_sum": 10.5}
    assert total() == expected
    for pid in pids:
        counters.bury(tmp_path, pid)
        assert total() == expected
    counters.bury(tmp_path, pids[0])  # once more does nothing
    assert total() == expected
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["counter_dead.db", "histogram_dead.db"]
    assert re.fullmatch(r"\d+\n", run(COUNT, "1"))
    assert total()["pages_total"] == 8
