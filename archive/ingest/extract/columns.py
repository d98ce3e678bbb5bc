"""The paragraphs of one story of a newspaper page, joined over the breaks of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.ingest.extract.page import Line
from archive.ingest.extract.threads import Step
from archive.ingest.records import Block


@dataclass(slots=True)
class Column:
    """One story as it grows: its headline, and the lines of each of its blocks."""

    title: Line | None = None
    blocks: list[list[Line]] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """Add a line as the reading placed it."""
        if step.act in ("headline", "claim"):
            self.title = step.line
            if step.act == "claim":
                self.flag("headline-after-section")
        elif step.act == "join" and self.blocks:
            self.blocks[-1].append(step.line)
            self.flag("column-join")
        else:
            self.blocks.append([step.line])

    def flag(self, name: str) -> None:
        if name not in self.flags:
            self.flags.append(name)

    def starts(self) -> list[int]:
        """Starts of the lines that the headline and the blocks took."""
        return [line.start for lines in self.blocks for line in lines] + ([self.title.start] if self.title else [])


def block_of(lines: Sequence[Line]) -> Block:
    """The lines of one paragraph, joined with nothing between; a heading is a block of its own."""
    first = lines[0]
    kind = first.kind if first.kind in ("heading", "list", "table") else "paragraph"
    return Block(kind, "".join(line.text for line in lines), first.start, lines[-1].end)
