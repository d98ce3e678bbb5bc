"""The inbox: a folder on the server for files that are larger than an upload may be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from .readers import Received, walk
from .readers.detect import is_system_file

#: Files that the form offers at once.
OFFERED = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file in the inbox: its way from the folder, and its size in bytes."""

    name: str
    size: int


def waiting() -> list[Waiting]:
    """The files in the inbox, by name; links out of it are not followed."""
    folder = Path(settings.INBOX_DIR)
    if not folder.is_dir():
        return []
    files = [file for file in walk([folder]) if not is_system_file(file.name)]
    return [Waiting(file.name, file.size()) for file in files[:OFFERED]]


def taken(names: list[str]) -> list[Received]:
    """The files of these names; one that is not there (any more) is left out."""
    wanted = set(names)
    folder = Path(settings.INBOX_DIR)
    return [file for file in walk([folder]) if file.name in wanted] if wanted and folder.is_dir() else []
