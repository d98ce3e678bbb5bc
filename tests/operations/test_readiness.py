"""Alive says only that the process answers; ready names what is missing, one thing at a time."""

import http.server
import importlib.util
import shutil
import threading
from datetime import timedelta
from pathlib import Path

from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from archive.journal import heartbeat
from archive.journal.models import Worker

ALIVE = Path(__file__).resolve().parents[2] / "deploy" / "alive.py"


def told(client) -> tuple[int, list[str], dict[str, bool]]:
    response = client.get("/readyz", headers={"accept": "application/json", "accept-language": "en"})
    said = response.json()
    assert said["ready"] == (response.status_code == 200) == (not said["missing"])
    assert "no-store" in response["Cache-Control"]
    return response.status_code, said["missing"], said["checks"]


def test_alive_asks_no_database():
    # Without the mark `django_db` any query is an error.
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]
    assert Client().post("/healthz").status_code == 405


def test_a_site_that_is_ready_says_so_as_text_and_as_json(ready, client):
    assert told(client) == (200, [], {"database": True, "migrations": True, "index": True, "worker": True})
    response = client.get("/readyz")
    assert (response.content, response["Content-Type"]) == (b"ready\n", "text/plain; charset=utf-8")
    assert client.get("/readyz?format=json").json()["ready"] is True


def test_the_index_is_named_when_absent_outdated_or_damaged(ready, client, monkeypatch):
    monkeypatch.setattr("archive.search.state.fingerprint", lambda: {"layout": "another"})
    status, missing, checks = told(client)
    assert status == 503 and "another layout" in missing[0] and not checks["index"]
    monkeypatch.undo()
    table = next((ready / "index").glob("*.toc"))
    table.write_bytes(table.read_bytes()[:-7])
    assert "damaged" in told(client)[1][0]
    shutil.rmtree(ready / "index")
    status, missing, _checks = told(client)
    assert status == 503 and len(missing) == 1 and "prepare_index" in missing[0]


def test_migrations_that_wait_are_named(ready, client):
    MigrationRecorder(connection).record_unapplied("journal", "0001_journal")
    status, missing, checks = told(client)
    assert status == 503 and "journal.0001_journal" in missing[0] and "prepare" in missing[0]
    assert checks == {"database": True, "migrations": False, "index": True}
    response = client.get("/readyz", headers={"accept-language": "zh-CN"})
    assert "还没有执行" in response.content.decode() and response["Retry-After"]


def test_a_database_that_is_away_is_one_sentence_without_its_address(ready, client, monkeypatch):
    def away(*_args):
        raise OperationalError("connection to server at 10.1.2.3, user archive, failed")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        status, missing, checks = told(client)
    assert status == 503 and len(missing) == 1 and "database" in missing[0] and "10.1.2.3" not in missing[0]
    assert checks == {"database": False, "index": True}


def test_a_silent_worker_is_missing_and_one_that_ended_in_order_is_not(ready, client):
    with heartbeat.Heartbeat("host 1 1"):
        assert heartbeat.living().get().name == "host 1 1"
        assert told(client)[0] == 200
    assert not Worker.objects.exists()
    assert told(client)[0] == 200
    heartbeat.beat("host 2 2")
    Worker.objects.update(beat_at=timezone.now() - timedelta(minutes=7))
    status, missing, checks = told(client)
    assert status == 503 and "7 minutes" in missing[0] and not checks["worker"]
    heartbeat.beat("host 3 3")
    assert told(client)[0] == 200  # another took over
    Worker.objects.update(beat_at=timezone.now() - 2 * heartbeat.FORGOTTEN)
    assert told(client)[0] == 200


def test_the_health_check_of_containers_tells_what_the_site_says(monkeypatch):
    spec = importlib.util.spec_from_file_location("alive", ALIVE)
    alive = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(alive)

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/healthz" else 503)
            self.end_headers()
            self.wfile.write("检索索引已损坏。\n".encode())

        def log_message(self, *_args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(alive, "SITE", f"http://127.0.0.1:{server.server_port}")
    try:
        assert alive.problem("/healthz") == ""
        assert alive.problem("/readyz") == "检索索引已损坏。"
    finally:
        server.shutdown()
        server.server_close()
    assert "does not answer" in alive.problem("/healthz")
