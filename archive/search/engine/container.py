"""One file of named arrays: what a segment is on disk. Read by memory map, without a copy.

Layout: magic, length of the header (8 bytes, little endian), header as JSON (name → dtype, count,
place, crc32), then the arrays, each on a multiple of 64 bytes. The header carries its own crc32.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .seals import is_sealed, state_of

MAGIC = b"ARCHPACK2\n"
_ALIGN = 64

Array = NDArray[Any]


class DamagedIndex(Exception):
    """A file of the index is not what was written. The index must be rebuilt; nothing is served from it."""


def write_arrays(path: Path, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
    """Write `arrays` and `facts` (plain JSON) to `path`, whole or not at all."""
    entries: dict[str, Any] = {}
    place = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array)
        place += -place % _ALIGN
        entries[name] = [data.dtype.str, len(data), place, crc32(data.data)]
        place += data.nbytes
    header = json.dumps({"arrays": entries, "facts": dict(facts)}, ensure_ascii=False).encode()
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + crc32(header).to_bytes(4, "little") + header)
        start = _body_start(len(header))
        for name, array in arrays.items():
            file.seek(start + entries[name][2])
            file.write(np.ascontiguousarray(array).data)
        file.truncate(max(file.tell(), start))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _body_start(header: int) -> int:
    end = len(MAGIC) + 12 + header
    return end + -end % _ALIGN


@dataclass(frozen=True, slots=True)
class Read:
    """Arrays and facts of a file. `state` names the file as it was read (see `seals`); `checked`: in full, now."""

    arrays: dict[str, Array]
    facts: dict[str, Any]
    state: str
    checked: bool


def read_arrays(path: Path, *, verify: bool = False) -> Read:
    """Map the arrays of a file; DamagedIndex when it is not whole.

    Every byte is checked (1–3 GB a second) where the file has no seal, and always with `verify`.
    """
    try:
        with path.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            head = len(MAGIC) + 12
            if len(view) < head or bytes(view[: len(MAGIC)]) != MAGIC:
                raise DamagedIndex(f"{path.name}: not a segment of this index")
            length = int.from_bytes(view[len(MAGIC) : len(MAGIC) + 8], "little")
            header = bytes(view[head : head + length])
            state = state_of(file.fileno(), crc32(header))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise DamagedIndex(f"{path.name}: cannot be read ({error})") from error
    if len(header) != length or crc32(header) != int.from_bytes(view[len(MAGIC) + 8 : head], "little"):
        raise DamagedIndex(f"{path.name}: its header is damaged")
    checked = verify or not is_sealed(path, state)
    described = json.loads(header)
    start = _body_start(length)
    arrays: dict[str, Array] = {}
    for name, (dtype, count, place, checksum) in described["arrays"].items():
        size = np.dtype(dtype).itemsize * count
        part = view[start + place : start + place + size]
        if len(part) != size or (checked and crc32(part) != checksum):
            raise DamagedIndex(f"{path.name}: {name} is damaged")
        arrays[name] = np.frombuffer(part, dtype=dtype)
    return Read(arrays, described["facts"], state, checked)
