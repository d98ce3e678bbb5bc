"""Who asks: the address behind trusted proxies, and the keyed hash that stands for it wherever it must be remembered."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

Address = IPv4Address | IPv6Address
#: Headers that a proxy sets; from anybody else they are hearsay.
FORWARDED = (
    "HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT", "HTTP_X_FORWARDED_SSL", "HTTP_X_REAL_IP",
)  # fmt: skip
#: Of an IPv6 address the network counts: a household or a host has a whole /64 (RFC 6177, RFC 8981).
IPV6_NETWORK = 64


class ForwardedHeaders:
    """Take away what a peer outside TRUSTED_PROXIES says of other clients, hosts and schemes. Stands above all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = _read(request.META.get("REMOTE_ADDR", ""))
        if peer is None or not _trusted(peer):
            for name in FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)


def client_address(request: HttpRequest) -> Address | None:
    """The client: the peer, or where the peer is a trusted proxy the last address of X-Forwarded-For that is none.

    Read from the right: a client may have written whatever it likes at the left. What cannot be read ends
    the way there, and the nearest proxy stands for everything behind. None where the peer has no address.
    """
    found = _read(request.META.get("REMOTE_ADDR", ""))
    if found is None or not _trusted(found):
        return found
    for word in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        named = _read(word)
        if named is None:
            return found
        found = named
        if not _trusted(named):
            return found
    return found


def client_key(request: HttpRequest) -> bytes:
    """32 bytes that stand for the client; without the secret key nobody can tell for which."""
    address = client_address(request)
    if isinstance(address, IPv6Address):
        address = ip_network((address, IPV6_NETWORK), strict=False).network_address
    return keyed("client", str(address or ""))


def keyed(kind: str, value: str) -> bytes:
    """HMAC-SHA256 of a value under a key made from SECRET_KEY and the kind of the value."""
    return salted_hmac(f"archive.browse.guard.{kind}", value, algorithm="sha256").digest()


def _read(word: str) -> Address | None:
    """An address, also with a port or in brackets; IPv4 within IPv6 is IPv4."""
    text = word.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _trusted(address: Address) -> bool:
    return any(address in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


@lru_cache(maxsize=8)
def _networks(named: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(one) for one in named)
