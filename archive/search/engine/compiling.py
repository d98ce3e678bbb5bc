"""What the compiled loops share: the types they are compiled for, and how.

Every function is compiled for exactly the types it is given with, when its module is first imported; the
machine code is kept beside the source and read from there the next time. So nothing is compiled while a
reader waits. What is kept holds for these very sources: the code of a function has in it what it takes from other
modules, of which numba by itself looks at none. The interpreter's lock is released while they run.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numba
import numpy.ma  # noqa: F401 - numba asks for it at the first call of a function: no reader shall wait for it
from numba import types
from numba.core import cgutils
from numba.core.types import Type
from numba.extending import intrinsic


def _of(kind: Type) -> Any:
    return types.Array(kind, 1, "C", readonly=True)


#: Arrays that are only read: of documents or ranks, of scores, of occurrences (document << 32 | place), of masks.
IDS, SCORES, PLACES, MASK = _of(types.int32), _of(types.float32), _of(types.int64), _of(types.boolean)
U8, U16, U32, U64 = _of(types.uint8), _of(types.uint16), _of(types.uint32), _of(types.uint64)
INT, KEY, REAL, FLOAT = types.int64, types.uint64, types.float32, types.float64


def OUT(kind: Any) -> Any:
    """The same array to be written to."""
    return types.Array(kind.dtype, 1, "C")


@intrinsic
def _as_pointer(_context: Any, address: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(address), generate


_pointer: Any = _as_pointer
_carray: Any = numba.carray  # type: ignore[attr-defined]

inner = numba.njit(nogil=True)
"""For functions that only compiled ones call."""


@inner
def lying_at(address: Any, size: Any, kind: Any) -> Any:
    """The array of so many numbers of a kind that begins at an address in memory: for whoever keeps it alive."""
    return _carray(_pointer(address), size, kind)


#: Names of modules that have compiled functions, or numbers that these take.
_SOURCES = (
    "compiling",
    "conjunctions",
    "documents",
    "foremost",
    "gathering",
    "joining",
    "kernels",
    "sorting",
    "valuesets",
    "whole_words",
)


@functools.cache
def sources() -> str:
    """A digest of all that compiled functions are made of."""
    folder = Path(__file__).parent
    return hashlib.sha256(b"".join((folder / f"{name}.py").read_bytes() for name in _SOURCES)).hexdigest()


def compiled(*kinds: Any) -> Callable[[Any], Any]:
    """Compile for arguments of these types, and keep the code where there is a folder to keep it in."""

    def make(function: Any) -> Any:
        made = numba.njit(nogil=True)(function)
        try:
            made.enable_caching()
            kept = cast(Any, made)._cache._cache_file  # numba tells nobody, and would go by the time of this one file
            kept._source_stamp = (kept._source_stamp, sources())
        except RuntimeError:  # neither beside the source nor in the home folder can anything be written
            pass
        made.compile(kinds)
        made.disable_compile()
        return made

    return make
