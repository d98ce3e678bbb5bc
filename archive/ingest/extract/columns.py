"""Columns of a newspaper page: paragraphs cut at the column's end, and sections that slipped between.

The text of a page runs down its columns. A paragraph that breaks off goes on in the next line; when a
heading follows a broken paragraph, what comes behind it is another story's section, and the rest of the
paragraph stands further down. Whose it is, is told by the words that two passages share, rare ones first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.ingest.extract.lines import is_open
from archive.ingest.extract.page import Line
from archive.text.words import words

#: How many passages back the words of a story still tell what it is about.
MEMORY = 5


@dataclass(slots=True)
class Paragraph:
    """A paragraph or heading of one story, with the lines that it was joined from."""

    heading: bool
    text: str
    reading: str
    lines: list[Line] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return not self.heading and is_open(self.reading)

    def add(self, line: Line) -> None:
        self.text += line.text
        self.reading += line.simplified
        self.lines.append(line)


class Rareness:
    """How much a shared word tells: one over the number of lines of the page that hold it."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.counts: Counter[str] = Counter()
        for line in lines:
            self.counts.update(_vocabulary(line.simplified))

    def shared(self, text: str, others: Sequence[str]) -> float:
        """Sum over the words that `text` shares with any of `others`, each by its rareness."""
        theirs = set().union(*(_vocabulary(other) for other in others)) if others else set()
        return sum(1 / self.counts[word] for word in _vocabulary(text) & theirs)


def _vocabulary(text: str) -> set[str]:
    return {word.text for word in words(text) if len(word.text) >= 2}


@dataclass(slots=True)
class Column:
    """One story as it grows: its paragraphs, and a section that is held back for the story it may begin."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    title: str = ""
    held: list[Paragraph] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return bool(self.paragraphs) and self.paragraphs[-1].open

    def add(self, line: Line) -> None:
        """Add a line of text: to the broken paragraph, or as a new one."""
        if self.open:
            self.paragraphs[-1].add(line)
            self._flag("column-join")
        else:
            self.paragraphs.append(Paragraph(False, line.text, line.simplified, [line]))

    def add_heading(self, line: Line) -> None:
        self.paragraphs.append(Paragraph(True, line.text, line.simplified, [line]))

    def context(self) -> list[str]:
        return [paragraph.reading for paragraph in self.paragraphs[-MEMORY:]] + [self.title]

    def _flag(self, name: str) -> None:
        if name not in self.flags:
            self.flags.append(name)


def slipped_section(
    column: Column, heading: Line, following: Sequence[Line], rareness: Rareness
) -> list[Paragraph] | None:
    """The section under `heading` when it is another story's, slipped into a broken paragraph of `column`.

    `following` are the lines of text up to the next heading. The section runs to its own broken
    paragraph; the line behind that must share more with `column` than with the section.
    """
    section = [Paragraph(True, heading.text, heading.simplified, [heading])]
    for position, line in enumerate(following):
        section.append(Paragraph(False, line.text, line.simplified, [line]))
        if is_open(line.simplified):
            rest = following[position + 1 :]
            if not rest:
                return None
            ours = rareness.shared(rest[0].simplified, column.context())
            theirs = rareness.shared(rest[0].simplified, [paragraph.reading for paragraph in section])
            column._flag("interleaved")
            if ours - theirs < 0.5:  # near to even, or a section that is said to belong where it stands
                column._flag("interleaved-unsure")
            return section if ours >= theirs else None
    return None
