"""One page from an address on the public web, as a small web archive. Off unless FETCH is 1.

Only http and https to public addresses: each name is resolved once, all its addresses must be
public, and the connection goes to the very address that was checked, so that a name cannot answer
otherwise the second time. Each redirect is checked in the same way.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

from .readers.bounds import PAGE_LIMIT

#: Seconds for everything, redirects included, and for one wait.
TIME_LIMIT = 20.0
WAIT = 8.0
REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_AGENT = "Mozilla/5.0 (compatible; archive of local news)"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class FetchRefused(Exception):
    """The page cannot be had, or must not be asked for; the sentence says why."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


def fetch(url: str) -> bytes:
    """The page at `url` as a web archive with one record. Raises FetchRefused."""
    until = time.monotonic() + TIME_LIMIT
    for _turn in range(REDIRECTS + 1):
        parts = _checked(url)
        answer = _ask(parts, until)
        if answer.status in (301, 302, 303, 307, 308) and answer.header("location"):
            url = urljoin(url, answer.header("location"))
            continue
        if answer.status != 200:
            raise FetchRefused(_("服务器答复 %(status)d，没有取到网页。") % {"status": answer.status})
        media = answer.header("content-type").split(";")[0].strip().lower()
        if media not in _PAGES:
            raise FetchRefused(_("这个网址不是网页（%(media)s）。") % {"media": media[:60] or "?"})
        return _record(url, answer)
    raise FetchRefused(_("转址超过 %(limit)d 次。") % {"limit": REDIRECTS})


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(_("网址写得不对。")) from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FetchRefused(_("只能读取 http:// 或 https:// 开头的网址。"))
    if port not in (None, _PORTS[parts.scheme]) or parts.username or parts.password:
        raise FetchRefused(_("网址不能带端口、用户名或密码。"))
    return parts


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public web: not private, loopback, link-local, reserved, or hiding such a one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour is not None or ip.teredo is not None or ip in _NAT64:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchRefused(_("找不到这个网站：%(host)s。") % {"host": host[:80]}) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise FetchRefused(_("不读取内部网络的地址：%(host)s。") % {"host": host[:80]})
    return addresses


def _ask(parts: SplitResult, until: float) -> _Answer:
    assert parts.hostname is not None
    port = _PORTS[parts.scheme]
    address = _addresses(parts.hostname, port)[0]
    try:
        host = parts.hostname.encode("idna").decode()
        connection = http.client.HTTPConnection(host, port, timeout=WAIT)
        left = max(until - time.monotonic(), 0.1)
        connection.sock = socket.create_connection((address, port), timeout=min(WAIT, left))
        # A server that sends a byte now and then keeps within each wait: its line is cut when the time is over.
        ending = threading.Timer(left, _cut, [connection])
        ending.daemon = True
        ending.start()
        try:
            if parts.scheme == "https":
                secure = ssl.create_default_context()
                connection.sock = secure.wrap_socket(
                    connection.sock, server_hostname=host, do_handshake_on_connect=False
                )
                connection.sock.do_handshake()
            return _talk(connection, parts, host, until)
        finally:
            ending.cancel()
            connection.close()
    except (OSError, http.client.HTTPException, UnicodeError, ValueError, AttributeError) as error:
        if time.monotonic() >= until:
            raise _too_long() from error
        raise FetchRefused(_("没有连上这个网站，或它的答复不完整。")) from error


def _cut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):  # closed by then
        connection.sock.shutdown(socket.SHUT_RDWR)


def _too_long() -> FetchRefused:
    return FetchRefused(_("读取超过 %(limit)d 秒。") % {"limit": int(TIME_LIMIT)})


def _talk(connection: http.client.HTTPConnection, parts: SplitResult, host: str, until: float) -> _Answer:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    safe = "".join(char if " " < char < "\x7f" else _quoted(char) for char in target)
    headers = {"Host": host, "User-Agent": _AGENT, "Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "identity"}
    connection.request("GET", safe, headers=headers)
    response = connection.getresponse()
    body = b""
    while chunk := response.read(2**16):
        body += chunk
        if len(body) > PAGE_LIMIT:
            raise FetchRefused(_("网页超过 %(limit)d MB。") % {"limit": PAGE_LIMIT // 2**20})
    if time.monotonic() >= until:
        raise _too_long()
    return _Answer(response.status, response.getheaders(), body)


def _quoted(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _record(url: str, answer: _Answer) -> bytes:
    """The answer as a web archive. What http.client has undone (chunks) is left out of the headers."""
    kept = [
        (name, value) for name, value in answer.headers if name.lower() not in ("transfer-encoding", "content-length")
    ]
    lines = "".join(f"{name}: {value}\r\n" for name, value in kept)
    block = f"HTTP/1.1 {answer.status} OK\r\n{lines}\r\n".encode("latin-1", "replace") + answer.body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
        f"WARC-Date: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
