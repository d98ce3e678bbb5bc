"""A page: one text or HTML file, handed on whole, as received."""

from __future__ import annotations

import io

from .bounds import PAGE_LIMIT
from .detect import MEDIA_TYPES, Format
from .encoding import encoding_of
from .refusals import BinaryFile, PageTooLarge
from .sources import Received, Source


def read_page_file(received: Received, format_: Format) -> Source:
    """The one piece of a .txt or .html file. Raises PageTooLarge, BinaryFile."""
    with received.open() as stream:
        data = stream.read(PAGE_LIMIT + 1)
    if len(data) > PAGE_LIMIT:
        raise PageTooLarge
    if b"\0" in data and not encoding_of(io.BytesIO(data)).startswith("utf-16"):
        raise BinaryFile
    return Source(received.name, data, MEDIA_TYPES[format_], container=received.inside, member=received.member)
