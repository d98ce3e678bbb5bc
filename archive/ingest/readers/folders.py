"""Files and folders on disk."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from .sources import Received


def received_from(path: Path, name: str = "") -> Received:
    """A file on disk, under `name` (default: its own)."""

    def anew() -> BinaryIO:
        return path.open("rb")

    return Received(name or printed_path(Path(path.name)), anew)


def printed_path(path: Path) -> str:
    """A path as text: names that an older system wrote in GB 18030 are read as such, other bytes are replaced."""
    text = path.as_posix()
    try:
        text.encode()
    except UnicodeEncodeError:
        raw = os.fsencode(text)
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError:
            text = raw.decode("utf-8", "replace")
    return text


def walk(paths: Iterable[Path]) -> Iterator[Received]:
    """The files at `paths`, folders read through in order of name. Raises FileNotFoundError.

    Files of a folder are named by their way from it; links are not followed out of it.
    """
    for path in paths:
        if path.is_dir():
            root = path.resolve()
            for file in sorted(root.rglob("*")):
                if file.is_file() and file.resolve().is_relative_to(root):
                    yield received_from(file, printed_path(file.relative_to(root)))
        elif path.is_file():
            yield received_from(path)
        else:
            raise FileNotFoundError(path)
