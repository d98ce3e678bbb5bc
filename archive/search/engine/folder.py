"""The index on disk: one writer at a time, commits whole or not at all, readers never in the way.

A commit writes its segment under a name of its own, syncs it, and then Whoosh's table of contents,
whose renaming is the commit. Readers hold the generation that they opened; files that are gone stay
readable to them. Killed at any moment, the last table of contents stands.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError, clean_files
from whoosh.util.filelock import try_for

from .codec import INDEX_NAME, ArchiveSegment, schema
from .container import DamagedIndex
from .documents import IndexDocument
from .fingerprint import fingerprint
from .generation import Generation
from .merging import merge, to_merge
from .segments import SegmentData, build, load_segment

#: Seconds that a writer waits for another to finish.
LOCK_TIMEOUT = 60.0
#: Documents of one segment while many are written.
SEGMENT_DOCUMENTS = 20_000
FINGERPRINT = "fingerprint.json"


class IndexBusy(Exception):
    """Another process is writing, and did not finish within the time allowed."""


class IndexFolder:
    """The index in one folder. One object a process and path: it keeps the generation that is being read."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._loaded: dict[str, SegmentData] = {}
        self._generation: Generation | None = None
        self._seen: tuple[int, int] | None = None
        self._opening = threading.Lock()

    # Reading

    def exists(self) -> bool:
        return self.path.is_dir() and TOC._latest_generation(self._storage(), INDEX_NAME) >= 0

    def generation(self) -> Generation:
        """The present state; opened anew when a commit came in between. An index that is not there is an empty one."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return Generation(-1, [], [])
        seen = (status.st_mtime_ns, status.st_ino)
        if self._generation is not None and seen == self._seen:
            return self._generation
        with self._opening:
            for _attempt in range(20):
                try:
                    toc = TOC.read(self._storage(), INDEX_NAME)
                except EmptyIndexError:
                    return Generation(-1, [], [])
                except FileNotFoundError:
                    continue  # a commit removed the table that we were about to read
                if self._generation is not None and self._generation.number == toc.generation:
                    break
                try:
                    self._generation = self._open(toc.generation, toc.segments)
                    break
                except FileNotFoundError:
                    if TOC._latest_generation(self._storage(), INDEX_NAME) == toc.generation:
                        raise DamagedIndex("a segment of the index is missing") from None
            self._seen = seen
            assert self._generation is not None
            return self._generation

    def _open(self, number: int, segments: Sequence[ArchiveSegment]) -> Generation:
        loaded = {
            one.filename(): self._loaded.get(one.filename()) or load_segment(self.path / one.filename())
            for one in segments
        }
        self._loaded = loaded
        return Generation(number, [loaded[one.filename()] for one in segments], [one.deleted for one in segments])

    def _storage(self) -> FileStorage:
        return FileStorage(str(self.path))

    def written_with(self) -> dict[str, str]:
        """The fingerprint that the index was written with; {} when there is none."""
        try:
            found: dict[str, str] = json.loads((self.path / FINGERPRINT).read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return found

    # Writing

    @contextmanager
    def writing(self, *, timeout: float = LOCK_TIMEOUT) -> Iterator[Writer]:
        """Hold the lock; what the writer was given is committed at the end, nothing when an exception comes out."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = self._storage().lock(f"{INDEX_NAME}_WRITELOCK")
        if not try_for(lock.acquire, timeout=timeout, delay=0.02):
            raise IndexBusy("索引正由另一个进程写入,请稍后再试。")
        try:
            writer = Writer(self)
            try:
                yield writer
            except BaseException:
                writer.abandon()
                raise
            writer.commit()
        finally:
            lock.release()

    def state(self) -> tuple[int, list[ArchiveSegment]]:
        """Number and segments of the last commit; (0, []) before the first."""
        try:
            toc = TOC.read(self._storage(), INDEX_NAME)
        except EmptyIndexError:
            return 0, []
        return toc.generation, list(toc.segments)

    def commit(self, number: int, segments: Sequence[ArchiveSegment]) -> None:
        """Write the table of contents: this is the commit. Then remove what no table names."""
        storage = self._storage()
        (self.path / f".{FINGERPRINT}").write_text(json.dumps(fingerprint()))
        (self.path / f".{FINGERPRINT}").replace(self.path / FINGERPRINT)
        TOC(schema(), list(segments), number).write(storage, INDEX_NAME)
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        clean_files(storage, INDEX_NAME, number, segments)


class Writer:
    """Adds and removes documents; to be had from `IndexFolder.writing`."""

    def __init__(self, folder: IndexFolder) -> None:
        self.folder = folder
        self.number, self.segments = folder.state()
        self._documents: list[IndexDocument] = []
        self._new: list[ArchiveSegment] = []
        self._changed = False

    def clear(self) -> None:
        self.abandon()
        self._changed = True
        self.segments = []

    def remove(self, keys: Iterable[int]) -> None:
        """Take the documents with these primary keys out; those that are not there are no error."""
        wanted = np.array(sorted(set(keys)), np.int64)
        self._documents = [one for one in self._documents if one.pk not in set(wanted.tolist())]
        self.segments = [self._without(one, wanted) for one in self.segments]
        self._new = [self._without(one, wanted) for one in self._new]

    def _without(self, segment: ArchiveSegment, keys: np.ndarray) -> ArchiveSegment:
        data = self._data(segment)
        gone = set(np.flatnonzero(np.isin(data.pk, keys)).tolist()) - segment.deleted
        self._changed |= bool(gone)
        return segment.without(gone) if gone else segment

    def _data(self, segment: ArchiveSegment) -> SegmentData:
        name = segment.filename()
        return self.folder._loaded.get(name) or load_segment(self.folder.path / name)

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents; each replaces the one with its primary key, when `remove` was told of it."""
        for document in documents:
            self._documents.append(document)
            if len(self._documents) >= SEGMENT_DOCUMENTS:
                self._flush()

    def adopt(self, folder: Path) -> None:
        """Take the segments that were built in another folder (see rebuilding) into this one."""
        for path in sorted(folder.glob("*.pack")):
            segment = ArchiveSegment(INDEX_NAME, load_segment(path).size)
            path.replace(self.folder.path / segment.filename())
            self._new.append(segment)
            self._changed = True

    def _flush(self) -> None:
        if self._documents:
            self._write(build(self._documents))
            self._documents = []

    def _write(self, data: SegmentData) -> None:
        segment = ArchiveSegment(INDEX_NAME, data.size)
        data.write(self.folder.path / segment.filename())
        self._new.append(segment)
        self._changed = True

    def commit(self) -> None:
        self._flush()
        if not self._changed and self.number:
            return
        kept = [one for one in [*self.segments, *self._new] if len(one.deleted) < one.size]
        kept = self._merged(kept)
        self.folder.commit(self.number + 1, kept)

    def _merged(self, segments: list[ArchiveSegment]) -> list[ArchiveSegment]:
        while chosen := to_merge([one.size - len(one.deleted) for one in segments]):
            parts = [segments[number] for number in chosen]
            data = merge([self._data(one) for one in parts], [one.deleted for one in parts])
            merged = ArchiveSegment(INDEX_NAME, data.size)
            data.write(self.folder.path / merged.filename())
            segments = [one for number, one in enumerate(segments) if number not in set(chosen)] + [merged]
        return segments

    def abandon(self) -> None:
        """Remove what was written and not committed."""
        for segment in self._new:
            (self.folder.path / segment.filename()).unlink(missing_ok=True)
        self._new, self._documents = [], []


_FOLDERS: dict[str, IndexFolder] = {}
_FOLDERS_LOCK = threading.Lock()


def folder_at(path: str | Path) -> IndexFolder:
    """The one IndexFolder of this process for a path."""
    key = str(Path(path))
    with _FOLDERS_LOCK:
        if key not in _FOLDERS:
            _FOLDERS[key] = IndexFolder(path)
        return _FOLDERS[key]


def forget_folder(path: str | Path) -> None:
    """Delete an index with all its files (tests, damaged indexes about to be rebuilt)."""
    with _FOLDERS_LOCK:
        _FOLDERS.pop(str(Path(path)), None)
    shutil.rmtree(path, ignore_errors=True)
