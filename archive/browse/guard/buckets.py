"""How much each client has asked for lately, in a table that all processes of a host share.

A leaky bucket for each client (the generic cell rate algorithm, ITU-T I.371): one number, the moment at which
what it has asked for is worked off. Clients stand in the table under eight bytes of their keyed hash. The table
has a fixed size and lies in a file of DATA_DIR that is mapped into memory: nothing is written at a request but 16 bytes.
"""

from __future__ import annotations

import mmap
import os
import struct
import time
from pathlib import Path

#: Clients that can be told apart at a time, four to a group: 65,536 × 16 bytes are 1 MB.
SLOTS = 65_536
GROUP = 4
_SLOT = struct.Struct("<Qd")


class Buckets:
    """Rates by client. Two workers that count the same client in the same microsecond may lose one of the two counts."""

    def __init__(self, path: Path, slots: int = SLOTS) -> None:
        self.groups = slots // GROUP
        size = self.groups * GROUP * _SLOT.size
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                # All its blocks now: a page that finds no room later would end the process.
                os.posix_fallocate(descriptor, 0, size)
                self.table = mmap.mmap(descriptor, size)
            finally:
                os.close(descriptor)
        except OSError:  # no room, or a folder that is read-only: each process counts for itself
            self.table = mmap.mmap(-1, size)

    def take(self, client: bytes, *, seconds: float, most: float, now: float | None = None) -> float:
        """Count one request that is worth `seconds` of the client's time; `most` seconds may be open at once.

        0 where it may go on, else the seconds to wait until it may.
        """
        now = time.monotonic() if now is None else now  # one clock for all processes of a host, never set back
        key = int.from_bytes(client[:8], "little") or 1
        first = key % self.groups * GROUP * _SLOT.size
        places = [first + number * _SLOT.size for number in range(GROUP)]
        held = [(*_SLOT.unpack_from(self.table, place), place) for place in places]
        own = next((one for one in held if one[0] == key), None)
        _key, until, place = own or min(held, key=lambda one: one[1])
        if own is None or not now < until <= now + most + seconds:  # another's, worked off, or of before a restart
            until = now
        wait = until + seconds - now - most
        if wait > 0:
            return wait
        _SLOT.pack_into(self.table, place, key, until + seconds)
        return 0.0

    def close(self) -> None:
        self.table.close()
