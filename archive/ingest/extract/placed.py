"""A story and the lines that it took: the check that each line of a page is used exactly once."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.ingest.extract.page import Line, Story


class LinesNotKept(RuntimeError):
    """A line of the page is in no story, or in two: the page must not be imported as if it were read."""


@dataclass(slots=True)
class Placed:
    """A story with the starts of the lines that its title and blocks took whole."""

    story: Story
    starts: list[int] = field(default_factory=list)


def check_lines(lines: Sequence[Line], placed: Sequence[Placed]) -> None:
    """Raise LinesNotKept unless every line with text stands in exactly one place of one story."""
    wanted = [line for line in lines if line.text]
    firsts = [line.start for line in wanted]
    counts: Counter[int] = Counter()
    for one in placed:
        story = one.story
        passages = [*story.captions, *story.furniture]
        for start in [*one.starts, *(line.start for line in story.meta), *(passage.start for passage in passages)]:
            counts[bisect_right(firsts, start) - 1] += 1
    lost = [line.start for number, line in enumerate(wanted) if counts[number] != 1]
    if lost:
        raise LinesNotKept(f"lines at {lost[:5]} are not used exactly once")
