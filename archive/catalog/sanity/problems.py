"""What a check finds wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: missing, changed: bytes of a capture; orphan: a file that no record names; leftover: of an interrupted receipt;
#: returned: bytes that were erased by law and stand there again; layer: a text that does not follow from the
#: bytes and the repairs; record: records that do not hang together.
Kind = Literal["missing", "changed", "orphan", "leftover", "returned", "layer", "record"]


@dataclass(frozen=True, slots=True)
class Problem:
    """`name` is what it is about (a hash, a public id); `mendable`: a mend loses nothing."""

    kind: Kind
    name: str
    sentence: str
    mendable: bool = False
