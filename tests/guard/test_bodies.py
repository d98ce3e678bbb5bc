"""Too much is refused before it is read: by Django, under gunicorn, and by nginx in front."""

import http.client
import os
import shutil
import socket
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import settings as current
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from archive.browse.guard import bodies

ROOT = Path(__file__).resolve().parents[2]
UPLOAD = "/staff/ingest/importbatch/upload/"


class Unreadable:
    """A body that must not be touched."""

    def read(self, *args):
        raise AssertionError("the body was read")

    readline = __iter__ = read


def answer(path, length, **more):
    def view(request):
        from django.http import HttpResponse

        return HttpResponse("through")

    request = RequestFactory().post(path, CONTENT_LENGTH=str(length), **more)
    request.META["wsgi.input"] = request._stream = Unreadable()
    if more.get("HTTP_COOKIE"):
        request.COOKIES[current.SESSION_COOKIE_NAME] = "x"
    return bodies.BodyLimit(view)(request)


SIGNED_IN = {"HTTP_COOKIE": "sessionid=x"}


@pytest.mark.parametrize(
    ("path", "megabytes", "more", "status"),
    [
        ("/verify/", 1, {}, 200),
        ("/verify/", 1.01, {}, 413),
        ("/verify/", 1.01, SIGNED_IN, 413),
        (UPLOAD, 1.01, {}, 413),
        (UPLOAD, 51, SIGNED_IN, 200),
        (UPLOAD, 51.01, SIGNED_IN, 413),
        (UPLOAD, 9_000_000, SIGNED_IN, 413),
        ("/verify/", 0, {"HTTP_TRANSFER_ENCODING": "chunked"}, 411),
    ],
)
def test_what_is_refused_without_a_look(settings, path, megabytes, more, status):
    settings.UPLOAD_LIMIT = 50 * 2**20
    assert answer(path, int(megabytes * 2**20), **more).status_code == status


@pytest.mark.parametrize(
    ("path", "words", "tag"),
    [
        ("/verify/", "提交的内容过大", "zh-Hans"),
        ("/zh-hant/verify/", "提交的內容過大", "zh-Hant"),
        ("/en/verify/", "1 MB", "en"),
    ],
)
def test_the_refusal_speaks_the_language_of_the_reader(path, words, tag):
    page = answer(path, 10**9)
    html = page.content.decode()
    assert page["Content-Language"] == tag and f'<html lang="{tag}">' in html
    assert words in html
    assert ("内容" in html) == (tag == "zh-Hans")
    assert page["Connection"] == "close"


def test_the_refusal_of_an_upload_tells_the_limit(settings):
    settings.UPLOAD_LIMIT = 7 * 2**20
    html = answer(UPLOAD, 10**9, **SIGNED_IN).content.decode()
    assert "最多上传 7 MB" in html and 'href="/staff/"' in html


def from_wsgi(method, path, **headers):
    """Status, headers and body as gunicorn gets them; Django's test client would take a body away itself."""
    told = {}
    request = RequestFactory().generic(method, path, headers=headers)
    answered = WSGIHandler()(request.environ, lambda status, fields: told.update(fields, status=status))
    try:
        return told, b"".join(answered)
    finally:
        answered.close()


@pytest.mark.parametrize(
    "path", ["/", "/en/search/?q=口罩", "/search/export.csv?q=口罩", "/search/feed.atom?q=口罩", "/robots.txt", "/nowhere/", "/readyz"]
)  # fmt: skip
def test_head_has_the_headers_of_get_and_no_body(archive, path):
    got, body = from_wsgi("GET", path)
    head, none = from_wsgi("HEAD", path)
    assert body and none == b""
    for name in ("status", "Content-Type", "Content-Length", "ETag"):
        assert head.get(name) == got.get(name), name
    assert from_wsgi("HEAD", path, accept_encoding="gzip")[1] == b""


def ask(port: int, head: str, body: bytes = b"") -> tuple[int, str]:
    """Send a head and perhaps some of a body; the answer comes although the rest never does."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        got = http.client.HTTPResponse(connection)
        got.begin()
        return got.status, got.read().decode()


def test_gunicorn_answers_before_the_body_has_come(deployed):
    status, html = ask(deployed, "POST /en/verify/ HTTP/1.1\nHost: 127.0.0.1\nContent-Length: 90000000")
    assert status == 413 and "1 MB" in html
    chunked = "POST /staff/login/ HTTP/1.1\nHost: 127.0.0.1\nTransfer-Encoding: chunked"
    assert ask(deployed, chunked, b"5\r\nab=12\r\n")[0] == 411
    assert ask(deployed, "GET /healthz HTTP/1.1\nHost: 127.0.0.1")[0] == 200


@pytest.fixture
def nginx(tmp_path):
    """nginx with the settings of deploy/ on a free port, before a stub; the port, and the lengths that reached the stub."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin")
    if not program:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    seen: list[int] = []

    class Stub(BaseHTTPRequestHandler):
        def do_POST(self):
            seen.append(int(self.headers["Content-Length"]))
            self.rfile.read(seen[-1])
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    stub = HTTPServer(("127.0.0.1", 0), Stub)
    threading.Thread(target=stub.serve_forever, daemon=True).start()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    conf = (ROOT / "deploy" / "nginx" / "archive.conf").read_text()
    plain = conf[: conf.index("server {")] + conf[conf.rindex("server {") :]
    lines = [
        line
        for line in plain.replace("listen 443 ssl default_server", f"listen 127.0.0.1:{port}").splitlines()
        if "ssl_" not in line and "[::]" not in line
    ]
    text = "\n".join(lines).replace("/var/log/nginx", str(tmp_path))
    folders = "".join(f"{kind}_temp_path {tmp_path}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))  # fmt: skip
    upstream = f"upstream archive {{ server 127.0.0.1:{stub.server_address[1]}; }}"
    (tmp_path / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''}\ndaemon off;\npid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{folders}{upstream}\n{text}\n}}\n"
    )
    running = subprocess.Popen([program, "-p", tmp_path, "-c", tmp_path / "nginx.conf"], stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield port, seen
    running.terminate()
    running.wait(20)
    stub.shutdown()
    stub.server_close()


def test_nginx_refuses_what_is_too_long_before_it_has_come(nginx):
    port, seen = nginx
    for path, length, status in [("/verify/", 2_000_000, 413), ("/staff/ingest/", 60_000_000, 413)]:
        got, text = ask(port, f"POST {path} HTTP/1.1\nHost: a\nContent-Length: {length}")
        assert got == status and "提交的内容过大" in text and "larger than this site takes" in text
    assert not seen


def test_nginx_counts_a_body_that_declares_no_length(nginx):
    port, seen = nginx
    head = "POST /verify/ HTTP/1.1\nHost: a\nTransfer-Encoding: chunked"
    piece = b"80000\r\n" + b"x" * 0x80000 + b"\r\n"
    assert ask(port, head, piece * 3)[0] == 413
    assert not seen
    assert ask(port, head, piece + b"0\r\n\r\n")[0] == 200
    assert seen == [0x80000]
