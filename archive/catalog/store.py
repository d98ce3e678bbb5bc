"""The file store of captures: bytes as received, named by their sha256, beside the database.

A file is written under a temporary name, synced, and renamed, so that a name always stands for
whole bytes. Reading checks the hash: damage on disk is a typed error, never a wrong text.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

CHUNK = 1 << 20


class StoreError(Exception):
    """The bytes of a capture cannot be had; the sentence says why."""


class MissingBytes(StoreError):
    """No file stands under the hash."""


class DamagedBytes(StoreError):
    """The file under the hash does not have that hash."""


@dataclass(frozen=True, slots=True)
class Stored:
    sha256: str
    size: int
    new: bool


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash live. ValueError when it is no sha256 in hex."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("not a sha256 in lower-case hex")
    return Path(settings.CAPTURE_DIR) / sha256[:2] / sha256[2:4] / sha256


def store(data: bytes | Iterable[bytes]) -> Stored:
    """Keep `data` (bytes, or an iterable of chunks). Storing the same bytes again changes nothing."""
    chunks = [data] if isinstance(data, bytes) else data
    root = Path(settings.CAPTURE_DIR)
    root.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    descriptor, temporary = tempfile.mkstemp(prefix="incoming-", dir=root)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        sha256 = digest.hexdigest()
        target = path_of(sha256)
        if target.exists() and target.stat().st_size == size:
            return Stored(sha256, size, new=False)
        target.parent.mkdir(parents=True, exist_ok=True)
        Path(temporary).chmod(0o440)
        Path(temporary).replace(target)
        _sync_folder(target.parent)
        return Stored(sha256, size, new=True)
    finally:
        Path(temporary).unlink(missing_ok=True)


def read(sha256: str) -> bytes:
    """The bytes under `sha256`, checked. Raises MissingBytes or DamagedBytes."""
    try:
        data = path_of(sha256).read_bytes()
    except FileNotFoundError as error:
        raise MissingBytes(_("原件 %(hash)s 不在文件库中。") % {"hash": sha256[:12]}) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedBytes(_("原件 %(hash)s 已损坏:内容与校验和不符。") % {"hash": sha256[:12]})
    return data


def verify(sha256: str) -> None:
    """Read the bytes under `sha256`, however many, a piece at a time. Raises MissingBytes or DamagedBytes."""
    try:
        with path_of(sha256).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise MissingBytes(_("原件 %(hash)s 不在文件库中。") % {"hash": sha256[:12]}) from error
    if found != sha256:
        raise DamagedBytes(_("原件 %(hash)s 已损坏:内容与校验和不符。") % {"hash": sha256[:12]})


def destroy(sha256: str) -> None:
    """Erase the bytes for good (erasure by law, undone imports). The hash stays in the records."""
    path_of(sha256).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
