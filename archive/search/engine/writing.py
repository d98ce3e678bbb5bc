"""The writer of an index: documents added and removed, segments merged, all in one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .codec import EXTENSION, INDEX_NAME, ArchiveSegment
from .commits import Commit, last_number, write_commit
from .documents import IndexDocument
from .fingerprint import fingerprint
from .merging import merge, to_merge
from .segments import LARGEST, SegmentData, build, load_segment

#: A single save merges no more than so many documents: no editor waits for the merging of large segments.
PROMPT_MERGE = 512
#: A writer of so many documents takes the time for any merge.
MANY = 200
#: Characters of one segment at most: sorting them takes some 60 bytes each, beside whatever the process does else.
CHARACTERS = 1_000_000


class Writer:
    """Adds and removes documents; to be had from `IndexFolder.writing`, which holds the lock and commits."""

    def __init__(self, path: Path, before: Commit | None, data: Callable[[str], SegmentData]) -> None:
        self.path = path
        self.number = max(last_number(path), 0) + 1
        self.segments: list[ArchiveSegment] = list(before.segments) if before else []
        self._was_complete = self.complete = before is not None and before.complete
        self.thorough = False  # set for a writer that has time: merge whatever is due, large or small
        self.spotless = False  # set for one that leaves nothing in the files of what was deleted
        self._written_with = before.written_with if before and before.segments else fingerprint()
        self._committed = before is not None
        self._data_of = data
        self._documents: list[IndexDocument] = []
        self._characters = 0
        self._new: list[ArchiveSegment] = []
        self._changed = False
        self._touched = 0
        self._expunged = np.zeros(0, np.int64)

    @property
    def count(self) -> int:
        """How many documents the index will hold."""
        held = sum(one.size - len(one.deleted) for one in [*self.segments, *self._new])
        return held + len(self._documents)

    def clear(self) -> None:
        """Take every document out, and with them what older segments were written with."""
        self.abandon()
        self._changed = True
        self.segments = []
        self._written_with = fingerprint()

    def remove(self, keys: Iterable[int]) -> None:
        """Take the documents with these primary keys out; those that are not there are no error."""
        gone = set(keys)
        wanted = np.array(sorted(gone), np.int64)
        self._documents = [one for one in self._documents if one.pk not in gone]
        self.segments = [self._without(one, wanted) for one in self.segments]
        self._new = [self._without(one, wanted) for one in self._new]
        self._touched += len(gone)

    def expunge(self, keys: Iterable[int]) -> None:
        """Take the documents with these primary keys out, and every trace of them, also of what they were before: the
        segments that hold any are written anew without it."""
        wanted = sorted(set(keys))
        self.remove(wanted)
        self._expunged = np.union1d(self._expunged, np.array(wanted, np.int64))

    def _without(self, segment: ArchiveSegment, keys: NDArray[np.int64]) -> ArchiveSegment:
        held = np.flatnonzero(np.isin(self._data(segment).pk, keys)).tolist()
        gone = set(held) - segment.deleted
        self._changed |= bool(gone)
        return segment.without(gone) if gone else segment

    def _data(self, segment: ArchiveSegment) -> SegmentData:
        return self._data_of(segment.filename())

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents; each replaces the one with its primary key, when `remove` was told of it."""
        for document in documents:
            self._documents.append(document)
            self._touched += 1
            self._characters += document.characters
            if self._characters >= CHARACTERS or len(self._documents) >= LARGEST:
                self._flush()

    def adopt(self, folder: Path) -> None:
        """Take the segments that were built in another folder (see IndexFolder.rebuilding) into this index."""
        for path in sorted(folder.glob(f"*{EXTENSION}")):
            segment = ArchiveSegment(INDEX_NAME, load_segment(path).size)
            path.replace(self.path / segment.filename())
            self._new.append(segment)
            self._touched += segment.size
            self._changed = True

    def digests(self) -> dict[int, str]:
        """Primary key → digest of every document that the index will hold and that stands in a segment."""
        found: dict[int, str] = {}
        for segment in [*self.segments, *self._new]:
            data = self._data(segment)
            table, column = data.strings["digest"]
            for number, (pk, digest) in enumerate(zip(data.pk.tolist(), column.tolist(), strict=True)):
                if number not in segment.deleted:
                    found[pk] = table[digest]
        return found

    def _flush(self) -> None:
        if self._documents:
            self._new.append(self._written(build(self._documents)))
            self._documents, self._characters = [], 0

    def _written(self, data: SegmentData) -> ArchiveSegment:
        segment = ArchiveSegment(INDEX_NAME, data.size)
        data.write(self.path / segment.filename())
        self._changed = True
        return segment

    def commit(self) -> None:
        """Write what was changed as the present state; nothing when nothing was."""
        self._flush()
        kept = [one for one in [*self.segments, *self._new] if len(one.deleted) < one.size]
        segments = tuple(self._merged(kept))
        if not self._changed and self._committed and self.complete == self._was_complete:
            return
        write_commit(self.path, Commit(self.number, segments, self._written_with, self.complete))

    def _merged(self, segments: list[ArchiveSegment]) -> list[ArchiveSegment]:
        for chosen in self._merges(segments):
            parts = [segments[number] for number in chosen]
            data = merge([self._data(one) for one in parts], [one.deleted for one in parts], self.path)
            kept = [one for number, one in enumerate(segments) if number not in chosen]
            segments[:] = [*kept, self._written(data)]
        return segments

    def _merges(self, segments: list[ArchiveSegment]) -> Iterator[frozenset[int]]:
        limit = None if self._touched >= MANY or self.thorough else PROMPT_MERGE
        while chosen := to_merge([one.size - len(one.deleted) for one in segments], limit):
            yield frozenset(chosen)
        while (traced := self._traced(segments)) is not None:
            yield frozenset([traced])
        wasted = frozenset(number for number, one in enumerate(segments) if 2 * len(one.deleted) > one.size)
        if wasted and limit is None:
            yield wasted

    def _traced(self, segments: list[ArchiveSegment]) -> int | None:
        """A segment in which something lies, deleted, of what is to be expunged."""
        for number, one in enumerate(segments) if self.spotless or len(self._expunged) else ():
            if one.deleted and (
                self.spotless or np.isin(self._data(one).pk[sorted(one.deleted)], self._expunged).any()
            ):
                return number
        return None

    def abandon(self) -> None:
        """Remove what was written and not committed."""
        for segment in self._new:
            (self.path / segment.filename()).unlink(missing_ok=True)
        self._new, self._documents = [], []
