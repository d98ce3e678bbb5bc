"""The stories of a page: one, several under headings or labels, or briefs divided by their bylines."""

from __future__ import annotations

from collections.abc import Sequence

from archive.ingest.extract.labelled import are_stories, labelled_parts
from archive.ingest.extract.newspaper import is_newspaper_page, merge_empty, newspaper_stories
from archive.ingest.extract.page import Line, Story
from archive.ingest.extract.placed import Placed, check_lines
from archive.ingest.extract.single import single_stories


def read_stories(lines: Sequence[Line], *, markup_title: str = "", markup: bool = False) -> list[Story]:
    """Return the stories of a page in the order of their headlines; those without text are left out.

    `markup`: the lines come from HTML, where paragraphs are not broken over columns and the title tag
    tells the headline. Raises LinesNotKept when a line would be lost or used twice.
    """
    placed = _labelled(lines) if not markup else []
    if not placed and not markup and is_newspaper_page(lines):
        placed = newspaper_stories(lines)
    elif not placed:
        placed = single_stories(lines, markup_title=markup_title, joins=not markup)
    if placed:
        check_lines(lines, placed)
    return [one.story for one in placed]


def _labelled(lines: Sequence[Line]) -> list[Placed]:
    """The pieces that labels head (标题：…), each read as a page of its own; [] where they head none."""
    parts = [single_stories(part) for part in labelled_parts(lines)]
    return merge_empty([one for part in parts for one in part]) if are_stories(parts) else []
