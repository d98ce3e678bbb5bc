"""Counters of several worker processes: each has files of its own, and what the dead counted goes on counting.

prometheus_client's mode for several processes keeps the files of every process that ever was. Workers are replaced every
10,000 requests, so that these would grow without end: `bury` adds a dead worker's figures to those of all dead ones.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from prometheus_client import mmap_dict

#: The library's own file of figures; it comes without types.
MmapedDict: Any = mmap_dict.MmapedDict
#: In place of a process id, in the names of files: all that have died.
DEAD = "dead"


def bury(folder: Path, pid: int) -> None:
    """Add what the dead process counted to the figures of the dead, and remove its files. Gauges end with it."""
    with _locked(folder, fcntl.LOCK_EX):
        for path in sorted(folder.glob(f"*_{pid}.db")):
            kind = path.name.partition("_")[0]
            if kind in ("counter", "histogram"):
                total = MmapedDict(str(folder / f"{kind}_{DEAD}.db"))
                try:
                    for key, value, _time, _place in MmapedDict.read_all_values_from_file(str(path)):
                        total.write_value(key, total.read_value(key)[0] + value, 0.0)
                finally:
                    total.close()
            path.unlink()


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """While this lasts nobody is buried, so that none is counted twice or not at all."""
    with _locked(folder, fcntl.LOCK_SH):
        yield


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, how)
        yield
    finally:
        os.close(file)
