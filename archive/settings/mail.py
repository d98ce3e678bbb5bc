"""Django's settings of mail out of one address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit


def mail(url: str) -> dict[str, Any]:
    """The EMAIL_ settings of smtp://user:password@host:587 (STARTTLS) or smtps:// (TLS from the beginning).

    STARTTLS is left out only towards this machine itself. ValueError for anything else; {} for "".
    """
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("MAIL_URL must be smtp://user:password@host:587 or smtps://user:password@host:465")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in ("127.0.0.1", "::1", "localhost"),
        "EMAIL_TIMEOUT": 30,
    }
