"""What a commit leaves on disk: Whoosh's table of contents, and beside it a voucher.

The voucher holds the checksum of the table, what the segments were written with, and whether they
are the whole archive. It is written before the table; the renaming of the table is the commit.
"""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, IndexError, clean_files

from .codec import INDEX_NAME, ArchiveSegment, schema
from .container import DamagedIndex


@dataclass(frozen=True, slots=True)
class Commit:
    """One state of the index. `complete`: it was built from the whole database and kept up since.

    `written_with` is the fingerprint of the oldest of its segments.
    """

    number: int
    segments: tuple[ArchiveSegment, ...]
    written_with: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False


def last_number(path: Path) -> int:
    """The number of the last commit, -1 when there is none. Raises FileNotFoundError when there is no folder."""
    number: int = TOC._latest_generation(FileStorage(str(path)), INDEX_NAME)
    return number


def read_commit(path: Path) -> Commit | None:
    """The last commit of the index in `path`; None where nothing was ever committed.

    Raises DamagedIndex when the table or its voucher is missing or not as written, FileNotFoundError
    when another commit removed them while they were read (ask again).
    """
    if not path.is_dir():
        return None
    number = last_number(path)
    if number < 0:
        if any(path.glob(_voucher_name("*"))):
            raise DamagedIndex("the table of contents is missing")
        return None
    try:
        table = (path / TOC._filename(INDEX_NAME, number)).read_bytes()
        voucher = json.loads((path / _voucher_name(number)).read_bytes())
        checksum, written_with, complete = voucher["checksum"], dict(voucher["written_with"]), bool(voucher["complete"])
    except FileNotFoundError:
        if last_number(path) == number:
            raise DamagedIndex("the voucher of the table of contents is missing") from None
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(f"the table of contents cannot be read ({error})") from error
    if crc32(table) != checksum:
        raise DamagedIndex("the table of contents is damaged")
    try:
        toc = TOC.read(FileStorage(str(path)), INDEX_NAME, gen=number)
    except (AttributeError, ImportError, TypeError, pickle.UnpicklingError, IndexError) as error:
        # It is as it was written, by a program whose classes had other names.
        raise DamagedIndex(f"the table of contents was written by another version ({error})") from error
    return Commit(number, tuple(toc.segments), written_with, complete)


#: How many commits this process has written, to any index.
written = 0


def write_commit(path: Path, commit: Commit) -> None:
    """Make `commit` the present state of the index, whole or not at all; then remove what it does not name."""
    global written
    storage = _SyncedStorage(path, commit)
    TOC(schema(), list(commit.segments), commit.number).write(storage, INDEX_NAME)
    _sync_folder(path)
    written += 1
    clean_files(storage, INDEX_NAME, commit.number, commit.segments)
    for voucher in path.glob(_voucher_name("*")):
        if voucher.name != _voucher_name(commit.number):
            voucher.unlink(missing_ok=True)


def _voucher_name(number: int | str) -> str:
    return f"commit-{number}.json"


class _SyncedStorage(FileStorage):
    """Whoosh writes the table under another name and renames it: here it is synced and vouched for in between."""

    def __init__(self, path: Path, commit: Commit) -> None:
        super().__init__(str(path))
        self._path, self._commit = path, commit

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        written = self._path / oldname
        _sync(written)
        voucher = self._path / _voucher_name(self._commit.number)
        temporary = voucher.with_name(f".{voucher.name}")
        told = {
            "checksum": crc32(written.read_bytes()),
            "written_with": dict(self._commit.written_with),
            "complete": self._commit.complete,
        }
        temporary.write_text(json.dumps(told))
        _sync(temporary)
        temporary.replace(voucher)
        super().rename_file(oldname, newname, safe=safe)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_sync_folder = _sync
