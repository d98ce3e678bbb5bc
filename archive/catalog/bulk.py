"""Writing many records at once: what an import of a hundred thousand pieces needs.

The same rules as in `services`, with one statement for many rows; within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from .fingerprints import capture_identity
from .models import Capture

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Receipt:
    """Bytes that were received, as `services.keep_capture` takes them, already hashed and kept."""

    sha256: str
    size: int
    media_type: str
    original_name: str = ""
    source_url: str = ""
    captured_at: datetime | None = None
    uploaded_by: User | None = None
    container: Capture | None = None
    member: str = ""
    offset: int | None = None

    @property
    def identity(self) -> str:
        return capture_identity(
            self.sha256,
            self.source_url,
            self.captured_at.isoformat() if self.captured_at else "",
            self.container.sha256 if self.container else "",
            self.member,
            self.offset,
        )


def keep_captures(receipts: Iterable[Receipt]) -> dict[str, Capture]:
    """The captures of these receipts by identity; those that are not held yet are made."""
    wanted = {receipt.identity: receipt for receipt in receipts}
    held = _by_identity(wanted)
    missing = [_capture(identity, receipt) for identity, receipt in wanted.items() if identity not in held]
    if missing:
        # Another process may make the same meanwhile; then that one is taken.
        Capture.objects.bulk_create(missing, ignore_conflicts=True)
        held |= _by_identity(capture.identity for capture in missing)
    return held


def _by_identity(identities: Iterable[str]) -> dict[str, Capture]:
    return {capture.identity: capture for capture in Capture.objects.filter(identity__in=list(identities))}


def _capture(identity: str, receipt: Receipt) -> Capture:
    return Capture(
        identity=identity,
        sha256=receipt.sha256,
        size=receipt.size,
        media_type=receipt.media_type,
        original_name=receipt.original_name[:255],
        source_url=receipt.source_url[:2000],
        captured_at=receipt.captured_at,
        uploaded_by=receipt.uploaded_by,
        container=receipt.container,
        member=receipt.member[:1000],
        offset=receipt.offset,
    )
