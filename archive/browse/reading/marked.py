"""Text with marks on the characters that were searched for."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

from archive.search.records import Span


def marked(text: str, spans: Iterable[Span]) -> SafeString:
    """`text` escaped, each span within <mark>; spans are in order and do not overlap."""
    pieces = []
    place = 0
    for span in spans:
        if span.start < place or span.end > len(text):
            continue
        pieces.append(f"{escape(text[place : span.start])}<mark>{escape(text[span.start : span.end])}</mark>")
        place = span.end
    return SafeString("".join(pieces) + escape(text[place:]))
