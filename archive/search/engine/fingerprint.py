"""What an index was written with: another one means that it must be rebuilt."""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import version

from archive.text.fold import FOLD_TABLE
from archive.text.words import USER_WORDS

#: Raised by hand when the layout of segments or what stands in them changes.
LAYOUT = "4"


@functools.cache
def fingerprint() -> dict[str, str]:
    """Layout, fold, dictionary, converter: everything that decides what stands in the index."""
    return {
        "layout": LAYOUT,
        "fold": hashlib.sha256(FOLD_TABLE.read_bytes()).hexdigest()[:16],
        "words": hashlib.sha256(USER_WORDS.read_bytes()).hexdigest()[:16],
        "rjieba": version("rjieba"),
        "opencc": version("opencc"),
    }
