"""`make audit` passes where every package was compared with the advisories, and in no other case."""

import importlib.util
import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("deploy_audit", ROOT / "deploy" / "audit.py")
audit = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(audit)

LOCK = f"one-package==1.0 \\\n    --hash=sha256:{'0' * 64}\n    # via -r requirements.in\ntwo==2.5 --hash=sha256:{'1' * 64}\n"
FLAW = {
    "id": "EXAMPLE-2026-1", "modified": "2026-01-01T00:00:00Z", "published": "2026-01-01T00:00:00Z", "summary": "example",
    "affected": [
        {"package": {"name": "two", "ecosystem": "PyPI"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.6"}]}]}
    ],
}  # fmt: skip


@pytest.fixture
def service():
    """An advisory service on loopback: `answers` by package, or a status of failure for all."""
    state = {"answers": {}, "status": 200, "asked": []}

    class Stub(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state["asked"].append(asked["package"]["name"])
            body = json.dumps(state["answers"].get(asked["package"]["name"], {})).encode()
            self.send_response(state["status"])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Stub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state["address"] = f"http://127.0.0.1:{server.server_address[1]}/v1/query"
    yield state
    server.shutdown()
    server.server_close()


def run(tmp_path, address, lock=LOCK):
    path = tmp_path / "requirements.txt"
    path.write_text(lock)
    words = [sys.executable, "deploy/audit.py", str(path), "--service", address, "--timeout", "5"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_service_that_answers_for_every_package_is_a_pass(tmp_path, service):
    told = run(tmp_path, service["address"])
    assert (told.returncode, told.stdout) == (0, "2 packages audited, nothing is known against them.\n"), told.stderr
    assert sorted(service["asked"]) == ["one-package", "two"]


def test_what_is_known_against_a_package_is_told(tmp_path, service):
    service["answers"] = {"two": {"vulns": [FLAW]}}
    told = run(tmp_path, service["address"])
    assert told.returncode == 1
    assert "two 2.5: EXAMPLE-2026-1, mended in 2.6" in told.stderr
    assert "1 advisories, 0 of 2 packages not audited." in told.stderr


@pytest.mark.parametrize("status", [500, 404])
def test_a_service_that_fails_audits_nothing(tmp_path, service, status):
    service["status"] = status
    told = run(tmp_path, service["address"])
    assert told.returncode == 1
    assert "NOTHING WAS AUDITED" in told.stderr and not told.stdout
    assert service["asked"]


def test_a_service_that_does_not_answer_audits_nothing(tmp_path, service):
    told = run(tmp_path, "http://127.0.0.1:9/v1/query")
    assert told.returncode == 1
    assert "NOTHING WAS AUDITED" in told.stderr


def test_a_package_that_was_skipped_is_no_pass():
    wanted = {"one-package": "1.0", "two": "2.5"}
    skipping = {
        "dependencies": [
            {"name": "one_package", "version": "1.0", "vulns": []},
            {"name": "two", "skip_reason": "not found"},
        ]
    }
    assert audit.judged(skipping, wanted) == ([], ["two was skipped: not found"])
    silent = {"dependencies": [{"name": "one_package", "version": "1.0", "vulns": []}]}
    assert audit.judged(silent, wanted) == ([], ["two 2.5 is not in the report"])
    another = {"dependencies": [*silent["dependencies"], {"name": "two", "version": "2.4", "vulns": []}]}
    assert audit.judged(another, wanted) == ([], ["two 2.5 is not in the report"])


def test_the_locks_pin_everything_with_hashes():
    for name in audit.LOCKS:
        assert len(audit.pinned(ROOT / name)) > 30


def test_a_line_without_a_hash_is_refused(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("two==2.5\n")
    with pytest.raises(ValueError, match="no exact version with a hash"):
        audit.pinned(path)
