"""Captures: kept as received, let go when nothing needs them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from .. import store
from ..fingerprints import capture_identity
from ..models import Capture

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def keep_capture(
    *,
    data: bytes | Iterable[bytes],
    media_type: str,
    original_name: str = "",
    source_url: str = "",
    captured_at: datetime | None = None,
    uploaded_by: User | None = None,
    container: Capture | None = None,
    member: str = "",
    offset: int | None = None,
) -> tuple[Capture, bool]:
    """Keep bytes as received; (capture, True) when new, (the one already held, False) otherwise."""
    stored = store.store(data)
    identity = capture_identity(
        stored.sha256,
        source_url,
        captured_at.isoformat() if captured_at else "",
        container.sha256 if container else "",
        member,
        offset,
    )
    return Capture.objects.get_or_create(
        identity=identity,
        defaults={
            "sha256": stored.sha256,
            "size": stored.size,
            "media_type": media_type,
            "original_name": original_name[:255],
            "source_url": source_url[:2000],
            "captured_at": captured_at,
            "uploaded_by": uploaded_by,
            "container": container,
            "member": member[:1000],
            "offset": offset,
        },
    )


@transaction.atomic
def discard_capture(*, capture: Capture) -> bool:
    """Delete a capture that no version, row or member needs any more; True when it went.

    The bytes go from the store after the commit, unless another capture has the same hash.
    """
    if capture.versions.exists() or capture.members.exists():
        return False
    sha256, container = capture.sha256, capture.container
    capture.delete()
    if not Capture.objects.filter(sha256=sha256).exists():
        transaction.on_commit(lambda: store.destroy(sha256))
    if container is not None:
        discard_capture(capture=container)
    return True
