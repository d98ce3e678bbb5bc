"""Pages fetched from an address: only the public web, also after redirects and for names that change their mind."""

import contextlib
import http.server
import socket
import threading
import time

import pytest

from archive.ingest import fetching
from archive.ingest.readers import Source

from .samples import pieces

PAGE = "<html><body><h1>示例村设卡</h1><p>村口设卡登记，志愿者轮流值守。</p></body></html>".encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", path.removeprefix("/to/"))
            self.end_headers()
            return
        if path.startswith("/slow"):
            for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" if path == "/slow-body" else b"":
                self.wfile.write(bytes([byte]))
            with contextlib.suppress(OSError):
                for _turn in range(100):
                    self.wfile.write(b"X")
                    time.sleep(0.05)
            return
        self.send_response(404 if path == "/none" else 200)
        self.send_header("Content-Type", "image/png" if path == "/picture" else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE * 40_000_000 if path == "/endless" else PAGE if path != "/large" else b"x" * (9 * 2**20))

    def log_message(self, *_all):
        pass


@pytest.fixture
def web(monkeypatch):
    """A server on loopback that passes for the public web under the name news.example."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setitem(fetching._PORTS, "http", server.server_address[1])
    real = fetching.is_public
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1" or real(address))
    resolved = {"news.example": "127.0.0.1"}
    asked = socket.getaddrinfo

    def resolve(host, port, *rest, **options):
        if host not in resolved:
            return asked(host, port, *rest, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (resolved[host], port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    yield resolved
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_comes_as_a_web_archive_with_address_and_moment(web):
    (piece,) = pieces("a.warc", fetching.fetch("http://news.example/新闻/1?版=a"))
    assert isinstance(piece, Source)
    assert piece.data == PAGE
    assert piece.source_url == "http://news.example/新闻/1?版=a"
    assert piece.captured_at.startswith("20")


def test_redirects_are_followed_and_the_last_address_is_kept(web):
    (piece,) = pieces("a.warc", fetching.fetch("http://news.example/to//there"))
    assert piece.source_url == "http://news.example/there"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://news.example/", "http"),
        ("file:///etc/passwd", "http"),
        ("http://user:secret@news.example/", "用户名"),
        ("http://news.example:22/", "端口"),
        ("http://news.example/none", "404"),
        ("http://news.example/picture", "不是网页"),
        ("http://news.example/large", "8 MB"),
        ("http://news.example/to/http://10.0.0.1/", "内部网络"),
        ("http://news.example/to/http://[::1]/", "内部网络"),
        ("http://news.example/to/file:///etc/passwd", "http"),
        ("http://news.example/to//to//to//to//to//to//to//x", "转址"),
        ("http://inner.example/", "内部网络"),
    ],
)
def test_what_is_not_a_public_page_is_refused_with_a_sentence(web, url, sentence):
    web["inner.example"] = "192.168.1.1"
    with pytest.raises(fetching.FetchRefused, match=sentence):
        fetching.fetch(url)


@pytest.mark.parametrize("path", ["slow-head", "slow-body"])
def test_a_server_that_drips_is_left_when_the_time_is_over(web, monkeypatch, path):
    monkeypatch.setattr(fetching, "TIME_LIMIT", 0.6)
    with pytest.raises(fetching.FetchRefused, match="秒"):
        fetching.fetch(f"http://news.example/{path}")


def test_the_connection_goes_to_the_address_that_was_checked(web, monkeypatch):
    connected = []
    real = socket.create_connection

    def connect(address, **options):
        connected.append(address[0])
        web["news.example"] = "10.0.0.1"  # the name answers otherwise from now on
        return real(address, **options)

    monkeypatch.setattr(socket, "create_connection", connect)
    fetching.fetch("http://news.example/1")
    assert connected == ["127.0.0.1"]
    with pytest.raises(fetching.FetchRefused, match="内部网络"):
        fetching.fetch("http://news.example/2")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not fetching.is_public(address)


def test_public_addresses():
    assert fetching.is_public("93.184.216.34")
    assert fetching.is_public("2606:2800:220:1:248:1893:25c8:1946")
