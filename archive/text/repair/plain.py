"""Line ends, invisible characters and odd spaces (text-damage 9): one character for another, or none."""

import re
from collections.abc import Iterator

from archive.text.layers import Change

VERSION = 1
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
#: Zero-width and direction marks, soft hyphen, byte order mark inside a text, controls without meaning in text.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x01-\x08\x0b\x0c\x0e-\x1f\x7f]+")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
#: One pass tells that a text has none of them.
_ODD = re.compile(
    "[\x01-\x09\x0b-\x1f\x7f\x85\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]"
)


def plain_changes(text: str) -> Iterator[Change]:
    """Yield line ends as \\n, invisible characters removed, and every kind of space as one plain space."""
    if not _ODD.search(text):
        return
    for found in _LINE_ENDS.finditer(text):
        yield Change(*found.span(), "\n", "line-end", VERSION)
    for found in _INVISIBLE.finditer(text):
        yield Change(*found.span(), "", "invisible", VERSION)
    for found in _SPACES.finditer(text):
        yield Change(*found.span(), " ", "space", VERSION)
