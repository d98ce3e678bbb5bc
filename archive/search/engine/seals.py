"""Which files were read through and found whole on this machine: a seal on the file itself, as an extended attribute.

Reading every byte of a large index takes longer than any query, so it is done once for a file and not once for a
process. The seal names the file as it stood when it was checked; whoever writes to the file, or copies it, breaks it,
and the next process reads everything again. Where a file system keeps no attributes nothing is sealed.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_ATTRIBUTE = "user.archive.whole"
#: A file that was written so recently may be written again under the same time stamp (kernels tick every 1–10 ms).
_TICK = 100_000_000  # nanoseconds


def state_of(descriptor: int, checksum: int) -> str:
    """What tells a file from what another write or copy would have made of it; `checksum`: of its header."""
    status = os.fstat(descriptor)
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {checksum}"


def is_sealed(path: Path, state: str) -> bool:
    """Whether the file was found whole in this state."""
    try:
        return os.getxattr(path, _ATTRIBUTE) == state.encode()
    except (OSError, AttributeError):  # no seal, no attributes here, or a system without them
        return False


def seal(path: Path, state: str) -> None:
    """Note that the file was found whole in this state; not of one that was written just now."""
    if time.time_ns() - int(state.split()[2]) < _TICK:
        return
    try:
        os.setxattr(path, _ATTRIBUTE, state.encode())
    except (OSError, AttributeError):
        return
