"""The stories of a page: one, several under headings, or briefs divided by their bylines."""

from __future__ import annotations

from collections.abc import Sequence

from archive.ingest.extract.newspaper import is_newspaper_page, newspaper_stories
from archive.ingest.extract.page import Line, Story
from archive.ingest.extract.placed import check_lines
from archive.ingest.extract.single import single_stories


def read_stories(lines: Sequence[Line], *, markup_title: str = "", markup: bool = False) -> list[Story]:
    """Return the stories of a page in the order of their headlines; those without text are left out.

    `markup`: the lines come from HTML, where paragraphs are not broken over columns and the title tag
    tells the headline. Raises LinesNotKept when a line would be lost or used twice.
    """
    if not markup and is_newspaper_page(lines):
        placed = newspaper_stories(lines)
    else:
        placed = single_stories(lines, markup_title=markup_title, joins=not markup)
    if placed:
        check_lines(lines, placed)
    return [one.story for one in placed]
