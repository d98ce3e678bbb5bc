"""The index on disk: one writer at a time, commits whole or not at all, readers never in the way.

A commit writes its segment under a name of its own, syncs it, and then the table of contents
(`commits`), whose renaming is the commit. Readers hold the generation that they opened; files that
are gone stay readable to them. Killed at any moment, the last table of contents stands.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for

from . import commits
from .codec import INDEX_NAME
from .commits import Commit, last_number, read_commit
from .container import DamagedIndex
from .segments import SegmentData, load_segment
from .writing import Writer

if TYPE_CHECKING:
    from .generation import Generation  # with all its compiled loops: a process that only writes needs none

#: Seconds that a writer waits for another to finish.
LOCK_TIMEOUT = 60.0
#: A folder that was changed so recently may change again under the same time stamp (kernels tick every 1–10 ms).
_TICK = 100_000_000  # nanoseconds
#: Seconds for which a reader takes it that no other process has committed: asking costs as much as a query.
#: Commits of its own process are seen at once.
GLANCE = 0.005


class IndexBusy(Exception):
    """Another process is writing, and did not finish within the time allowed."""


class IndexFolder:
    """The index in one folder. One object a process and path: it keeps the generation that is being read."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._loaded: dict[str, SegmentData] = {}
        self._generation: Generation | None = None
        self._seen: tuple[int, int] | None = None
        self._state: tuple[object, ...] = ()
        self._opening = threading.Lock()
        self._trusted_until, self._own = 0.0, 0

    # Reading

    def exists(self) -> bool:
        """Whether an index was ever written here (it may be damaged)."""
        return self.path.is_dir() and last_number(self.path) >= 0

    def commit(self) -> Commit | None:
        """What the last commit says; None before the first. DamagedIndex when that cannot be known."""
        for _attempt in range(50):
            try:
                return read_commit(self.path)
            except FileNotFoundError:
                continue  # another commit came in between
            except DamagedIndex:
                if _attempt == 49 or self.exists():
                    raise
                time.sleep(0.01)  # the very first commit may be half way
        raise DamagedIndex("the table of contents cannot be read: it changes without end")

    def generation(self) -> Generation:
        """The present state; opened anew when a commit came in between. An index that is not there is an empty one.

        Raises DamagedIndex when a file is missing or not as written.
        """
        now, own = time.monotonic(), commits.written
        if now < self._trusted_until and own == self._own and self._generation is not None:
            return self._generation
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return _generation(-1, [], [])
        seen = (status.st_mtime_ns, status.st_ino)
        if self._generation is not None and seen == self._seen:
            self._own, self._trusted_until = own, now + GLANCE
            return self._generation
        with self._opening:
            opened = self._present()
            if opened is None:
                return _generation(-1, [], [])
            self._generation = opened
            self._seen = seen if time.time_ns() - status.st_mtime_ns > _TICK else None
            return opened

    def _present(self) -> Generation | None:
        """The generation of the last commit. Its files may go while they are opened: then there is a later one."""
        missing = -1
        while True:
            commit = self.commit()
            if commit is None:
                return None
            # Names are drawn at random: an index that was deleted and begun anew has others under the same number.
            state = (commit.number, commit.complete, *(one.filename() for one in commit.segments))
            if self._generation is not None and self._state == state:
                return self._generation
            try:
                opened = self._open(commit)
                self._state = state
                return opened
            except FileNotFoundError:
                if missing == commit.number:
                    raise DamagedIndex("a segment of the index is missing") from None
                missing = commit.number

    def _open(self, commit: Commit) -> Generation:
        names = [one.filename() for one in commit.segments]
        loaded = {name: self._loaded.get(name) or load_segment(self.path / name) for name in names}
        for name, segment in zip(names, commit.segments, strict=True):
            if loaded[name].size != segment.size:
                raise DamagedIndex(f"{name}: not the segment that the table of contents names")
        self._loaded = loaded
        deleted = [one.deleted for one in commit.segments]
        return _generation(commit.number, [loaded[name] for name in names], deleted, complete=commit.complete)

    def read_through(self) -> None:
        """Check every byte of the present segments, sealed or not. DamagedIndex when one is not as written."""
        commit = self.commit()
        for segment in commit.segments if commit else ():
            try:
                load_segment(self.path / segment.filename(), verify=True)
            except FileNotFoundError:
                continue  # merged away meanwhile, or missing: opening the generation says so

    def data(self, name: str) -> SegmentData:
        """The arrays of a segment, mapped once a process."""
        if name not in self._loaded:
            try:
                self._loaded[name] = load_segment(self.path / name)
            except FileNotFoundError as error:
                raise DamagedIndex("a segment of the index is missing") from error
        return self._loaded[name]

    # Writing

    @contextmanager
    def writing(self, *, timeout: float = LOCK_TIMEOUT, anew: bool = False) -> Iterator[Writer]:
        """Hold the lock; what the writer was given is committed at the end, nothing when an exception comes out.

        `anew` begins with no segments, whatever stands there (also where that is damaged).
        Raises IndexBusy when another writer does not finish in `timeout` seconds.
        """
        with self._locked("WRITELOCK", timeout):
            writer = Writer(self.path, None if anew else self.commit(), self.data)
            try:
                yield writer
            except BaseException:
                writer.abandon()
                raise
            writer.commit()

    @contextmanager
    def rebuilding(self, *, timeout: float = LOCK_TIMEOUT) -> Iterator[Path]:
        """A folder beside, for building the segments of a new index; one process at a time. It is removed at the end."""
        with self._locked("REBUILDLOCK", timeout):
            self._remove_leavings()
            beside = self.path / f".building-{time.time_ns()}"
            beside.mkdir()
            try:
                yield beside
            finally:
                shutil.rmtree(beside, ignore_errors=True)

    def clear_leavings(self) -> None:
        """Remove what rebuilds left that were killed; a rebuild that runs now removes its own."""
        with suppress(IndexBusy), self._locked("REBUILDLOCK", 0):
            self._remove_leavings()

    def _remove_leavings(self) -> None:
        for left in self.path.glob(".building-*"):
            shutil.rmtree(left)  # of a process that was killed: the lock is ours

    @contextmanager
    def _locked(self, name: str, timeout: float) -> Iterator[None]:
        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self.path)).lock(f"{INDEX_NAME}_{name}")
        if not try_for(lock.acquire, timeout=timeout, delay=0.02):
            raise IndexBusy("索引正由另一个进程写入,请稍后再试。")
        try:
            yield
        finally:
            lock.release()


def _generation(*state: Any, **more: Any) -> Generation:
    from .generation import Generation

    return Generation(*state, **more)


_FOLDERS: dict[str, IndexFolder] = {}
_FOLDERS_LOCK = threading.Lock()


def folder_at(path: str | Path) -> IndexFolder:
    """The one IndexFolder of this process for a path."""
    key = str(Path(path))
    held = _FOLDERS.get(key)
    if held is not None:
        return held
    with _FOLDERS_LOCK:
        if key not in _FOLDERS:
            _FOLDERS[key] = IndexFolder(path)
        return _FOLDERS[key]
