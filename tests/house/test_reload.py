"""New code is put in place by USR2 (deploy/reload): the old master ends, and no request is lost meanwhile."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from tests.sites import environment as site_environment

ROOT = Path(__file__).resolve().parents[2]


def test_a_reload_changes_the_master_and_loses_no_request(tmp_path, sites):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = {"PORT": str(port), "HOST": "127.0.0.1", "WEB_CONCURRENCY": "1"}
    environment = site_environment(sites.copy("migrated", tmp_path / "data")) | served
    pidfile = tmp_path / "site.pid"
    # The program itself, as deployed: started with `python -m gunicorn` it cannot start itself again.
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    run = [gunicorn, "--config", "deploy/gunicorn.conf.py", "--pid", str(pidfile)]
    first = subprocess.Popen([*run, "archive.wsgi:application"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    answers: list[int | str] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            try:
                answers.append(status(port))
            except OSError as error:
                answers.append(repr(error))
            time.sleep(0.02)

    try:
        for _ in range(3_000):
            if answering(port):
                break
            time.sleep(0.1)
        askers = [threading.Thread(target=ask) for _ in range(3)]
        for one in askers:
            one.start()
        told = subprocess.run(
            ["deploy/reload", str(pidfile), "600"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        after = len(answers)
        time.sleep(1)
        over.set()
        for one in askers:
            one.join()
        assert told.returncode == 0, told.stderr
        assert first.wait(10) == 0
        second = int(pidfile.read_text())
        code, page = asked(port, "/search/?q=" + "a" * 9_000)
        assert code == 414 and "地址太长" in page and "too long" in page and "Request Line" not in page
        assert second != first.pid
        assert set(answers) == {200}
        assert len(answers) > after > 20
    finally:
        over.set()
        if first.poll() is None:
            first.terminate()
        if pidfile.exists():
            os.kill(int(pidfile.read_text()), 15)


def asked(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(repr(error)) from error
    finally:
        connection.close()


def answering(port: int) -> bool:
    try:
        return status(port) == 200
    except OSError:
        return False
