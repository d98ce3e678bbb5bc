"""Text with marks on the characters that were searched for."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from archive.search.records import Span


def marked(text: str, spans: Iterable[Span]) -> SafeString:
    """`text` escaped, each span within <mark>; spans are in order and do not overlap."""
    pieces = []
    place = 0
    for span in spans:
        if span.start < place or span.end > len(text):
            continue
        pieces.append((conditional_escape(text[place : span.start]), text[span.start : span.end]))
        place = span.end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[place:])
