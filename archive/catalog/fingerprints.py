"""Hashes that tell whether two pieces are the same text."""

import hashlib

from archive.text.fold import fold
from archive.text.script import to_simplified


def text_sha256(title: str, body: str) -> str:
    """Hash of title and body, simplified, folded, white space removed; title and body kept apart."""
    parts = ("".join(fold(to_simplified(part)).split()) for part in (title, body))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def capture_identity(
    sha256: str, source_url: str, captured_at: str, container: str, member: str, offset: int | None
) -> str:
    """Hash of what makes two receipts of bytes one and the same capture."""
    key = "\0".join([sha256, source_url, captured_at, container, member, "" if offset is None else str(offset)])
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
