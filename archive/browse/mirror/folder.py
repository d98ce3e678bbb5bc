"""The folder that a mirror is built in: whole files only, a manifest, and a swap at the end."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: What the mirror is of; with it a folder is known as one of ours.
NOTE = "mirror.json"
MANIFEST = "manifest-sha256.txt"
#: Rows of lists while the pages are written; not part of the mirror.
SPOOL = ".rows"


class MirrorError(Exception):
    """The mirror cannot be written there; the sentence says why."""


class Folder:
    """A mirror in the making, beside the one that it will replace.

    `state` names the content. What an interrupted build of the same state has written is kept and not made again; that
    of another state is thrown away.
    """

    def __init__(self, target: Path, state: str) -> None:
        self.target = target
        self.path = target.with_name(target.name + ".partial")
        self._old = target.with_name(target.name + ".old")
        if target.exists() and not (target / NOTE).is_file() and (not target.is_dir() or any(target.iterdir())):
            raise MirrorError(f"{target} exists and is no mirror: choose another folder.")
        self._mark = target.with_name(target.name + ".state")
        if not self._mark.is_file() or self._mark.read_text() != state:
            shutil.rmtree(self.path, ignore_errors=True)
            target.parent.mkdir(parents=True, exist_ok=True)
            self._mark.write_text(state)
        self.path.mkdir(exist_ok=True)
        shutil.rmtree(self.path / SPOOL, ignore_errors=True)
        (self.path / SPOOL).mkdir()

    def holds(self, name: str) -> bool:
        """Whether a file was written already: it is whole then, and of this state."""
        return (self.path / name).is_file()

    def write(self, name: str, content: str | bytes) -> None:
        """Write one file whole or not at all."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".writing")
        beside.write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        beside.replace(path)

    def spool(self, group: str, row: list[str]) -> None:
        """Keep a row of a list on disk until its pages are written."""
        with (self.path / SPOOL / group).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def spooled(self, group: str) -> Iterator[list[str]]:
        path = self.path / SPOOL / group
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                yield from map(json.loads, file)

    def finish(self, note: dict[str, Any]) -> None:
        """Note and manifest, then the swap: the old mirror is there until the new one is."""
        shutil.rmtree(self.path / SPOOL)
        for left in self.path.rglob("*.writing"):
            left.unlink()
        self.write(NOTE, json.dumps(note, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        self.write(MANIFEST, "".join(f"{sha}  {name}\n" for name, sha in sorted(_hashes(self.path))))
        for path in (self.path, *filter(Path.is_dir, self.path.rglob("*"))):
            _sync(path)
        shutil.rmtree(self._old, ignore_errors=True)
        if self.target.exists():
            self.target.rename(self._old)
        self.path.rename(self.target)
        self._mark.unlink(missing_ok=True)
        shutil.rmtree(self._old, ignore_errors=True)


def take_back(target: Path) -> None:
    """Where a swap was killed between its two renames, the old mirror stands again."""
    old = target.with_name(target.name + ".old")
    if old.exists() and not target.exists():
        old.rename(target)


def note_of(target: Path) -> dict[str, Any]:
    """What the mirror in a folder says of itself; {} where there is none, or one of which a file is not as its manifest says."""
    try:
        note: dict[str, Any] = json.loads((target / NOTE).read_text(encoding="utf-8"))
        told = dict(line.split("  ", 1)[::-1] for line in (target / MANIFEST).read_text().splitlines())
    except (OSError, ValueError):
        return {}
    return note if told == dict(_hashes(target)) else {}


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.name != MANIFEST:
            yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
